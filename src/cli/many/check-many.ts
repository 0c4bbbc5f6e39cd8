import type { Language, Verdict } from '../../domain/verdict.ts';
import type { ManyReport } from '../../evidence/report/many.ts';
import type { Report } from '../../evidence/report/report.ts';
import { toNdjson } from '../../report/formats/ndjson.ts';
import { worstOf } from '../../report/formats/worst.ts';
import { printedMany, toManyJson } from '../../report/many/print.ts';
import { manyLine, manySummary } from '../../report/many/text.ts';
import { groupByCause } from '../../session/many/groups.ts';
import { pool } from '../../session/many/pool.ts';
import { systemClock } from '../../system/clock.ts';
import { prepareRun } from '../check/prepare.ts';
import { faceOf, printResult } from '../check/print-report.ts';
import { saveText } from '../check/save-report.ts';
import { vantagesOf } from '../check/vantages-of.ts';
import { wordReport } from '../check/word.ts';
import { EXIT, exitCodeOf } from '../common/exit-code.ts';
import { interruptSignal } from '../common/interrupt.ts';
import { note, print } from '../common/output.ts';
import { UserError } from '../common/user-error.ts';
import { VERSION } from '../common/version.ts';
import type { ListOptions } from '../options/check-options.ts';
import { formatOf } from '../options/format-of.ts';
import { gather } from './gather.ts';
import { openForMany } from './open-vantage.ts';

/** Several targets, or a list of them: a line each as they end, then what they have in common (contract, section 6). */
export async function checkMany(named: readonly string[], options: ListOptions): Promise<void> {
  const format = formatOf(options);
  if (options.on !== undefined || options.sockets !== undefined) {
    throw new UserError('--on and --sockets look at the machine of one target.', 'Name that target alone.');
  }
  const { flow, ...common } = await prepareRun(options, null);
  const { targets, bad, twice } = await gather(named, options, flow);
  for (const { file, line, message } of bad) await note(`netwhy: ${file}:${line}: not asked: ${message}\n`);
  if (twice > 0) await note(`netwhy: ${twice} named more than once: asked once.\n`);
  const interrupt = interruptSignal();
  const startedAt = systemClock.isoNow();
  const startedMs = systemClock.nowMs();
  const needsNames = targets.some(({ target }) => target.literal === null);
  const vantages = await Promise.all(
    vantagesOf(options).map((from) => openForMany(from, options, needsNames, interrupt)),
  );
  const unattended = async (id: string) => {
    const node = flow.nodes[id];
    return node?.kind === 'ask' ? { choice: node.unattended, sockets: null } : null;
  };
  const found = new Map<number, Report>();
  // A stand-in is the same in all reports only once all are known.
  const isLive = options.output === undefined && !options.quiet && !options.redact;
  const face = faceOf(options, common.lang);
  const tell = async (report: Report): Promise<void> => {
    if (isLive && format === 'text') await print(manyLine(report, face));
    if (isLive && format === 'ndjson') await print(toNdjson([report]));
  };
  await Promise.all(
    vantages.map((vantage, place) =>
      pool(targets, vantage.width, interrupt, async ({ target, name }, index) => {
        const result = await vantage.run({ ...common, flow, target, elapsedMs: 0 }, unattended);
        const worded = await wordReport(flow, result, common.lang, vantage.from);
        const report = name === null ? worded : { ...worded, target: { ...worded.target, name } };
        found.set(index * vantages.length + place, report);
        await tell(report);
      }),
    ),
  );
  for (const vantage of vantages) vantage.close();
  const inOrder = [...found].toSorted(([a], [b]) => a - b).map(([, report]) => report);
  const reports = options.redact ? (await import('../../report/redact/redact.ts')).redactAll(inOrder) : inOrder;
  const begun = new Set([...found.keys()].map((key) => Math.floor(key / vantages.length)));
  const notBegun = targets.flatMap(({ target }, index) => (begun.has(index) ? [] : [target.input]));
  const many: ManyReport = {
    schema: 'netwhy.reports/v1',
    version: VERSION,
    startedAt,
    durationMs: Math.round(systemClock.nowMs() - startedMs),
    verdict: verdictOf(reports, bad.length + notBegun.length > 0),
    reports,
    groups: groupByCause(reports),
    badLines: options.redact ? bad.map((each) => ({ ...each, message: 'not a target' })) : bad,
    notBegun: options.redact ? notBegun.map(() => 'hidden') : notBegun,
  };
  const saved = options.save === undefined || (await saveText(toManyJson(many), options.save));
  const printed = await printMany(many, options, common.lang, isLive);
  const code = interrupt.aborted ? EXIT.interrupted : exitCodeOf(many, options.failOn ?? null);
  process.exit(saved && printed ? code : EXIT.internal);
}

/** What was told line by line is not told again. */
async function printMany(many: ManyReport, options: ListOptions, lang: Language, isLive: boolean): Promise<boolean> {
  const format = formatOf(options);
  if (isLive && format === 'ndjson') return true;
  return printResult(
    (face) => (isLive && format === 'text' ? manySummary(many, face) : printedMany(many, format, face)),
    options,
    lang,
  );
}

/** The worst; where something was not asked, all being well with the rest is no reason to call it healthy. */
function verdictOf(reports: readonly Report[], isPartial: boolean): Verdict {
  const worst = worstOf(reports);
  return isPartial && worst === 'healthy' ? 'inconclusive' : worst;
}
