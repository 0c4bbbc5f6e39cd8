import type { Command } from 'commander';
import type { Language } from '../../domain/verdict.ts';
import type { Report } from '../../evidence/report/report.ts';
import { toFarewell } from '../../report/check/text.ts';
import { asAscii } from '../../report/symbols.ts';
import { pastedTarget } from '../../session/pasted-target.ts';
import type { Ending } from '../../tui/run-tui.tsx';
import { listFlows } from '../catalogue/flow-files.ts';
import { prepare } from '../check/prepare.ts';
import { printReport, printResult } from '../check/print-report.ts';
import { saveReport } from '../check/save-report.ts';
import { SESSION_ARGUMENT } from '../check/session-argument.ts';
import { sessionProcess } from '../check/session-process.ts';
import { explainOn } from '../check/target-sockets.ts';
import { EXIT, exitCodeOf } from '../common/exit-code.ts';
import { isUtf8 } from '../common/is-utf8.ts';
import { note, print } from '../common/output.ts';
import { UserError } from '../common/user-error.ts';
import { type CheckOptions, languageOf } from '../options/check-options.ts';
import { formatOf } from '../options/format-of.ts';
import { addWizardOptions, type WizardOptions } from './options.ts';
import { readRecentTargets, recentTargetsFile, rememberTarget } from './recent-targets.ts';
import { requireTerminal, showWizard } from './screen.ts';
import { describeEnding } from './transcript.ts';

/** Any target will do to find what is wrong with the options before the wizard begins. */
const SOME_TARGET = 'localhost';

const HISTORY_PROBLEM: Readonly<Record<Language, (file: string) => string>> = {
  en: (file) => `The earlier targets cannot be read (${file}); the list begins anew.`,
  ko: (file) => `이전 대상을 읽을 수 없어(${file}) 목록을 새로 시작합니다.`,
};

/** Gives the program its own action: the wizard, or, as the wizard's child, the session that it measures with. */
export function addWizard(program: Command, args: readonly string[]): void {
  addWizardOptions(program.argument('[target]', 'what cannot be reached'));
  if (args[0] === SESSION_ARGUMENT) {
    program.action(async (_: string, options: CheckOptions) => {
      const { runSessionChild } = await import('../check/session-child.ts');
      runSessionChild(options);
    });
    return;
  }
  program.action((target: string | undefined, options: WizardOptions, command: Command) =>
    wizard(target, options, command.getOptionValueSource('flow') === 'cli', args),
  );
}

async function wizard(
  typed: string | undefined,
  options: WizardOptions,
  isFlowGiven: boolean,
  args: readonly string[],
): Promise<void> {
  const target = typed === undefined ? undefined : pastedTarget(typed);
  await prepare(target ?? SOME_TARGET, options);
  requireTerminal(`netwhy check ${target ?? '<target>'}`);
  if (options.from.length > 1) {
    throw new UserError(
      'the wizard measures from one vantage.',
      'To compare several: netwhy check … --from A --from B',
    );
  }
  await note(explainOn(options));
  const lang = languageOf(options, process.env);
  const history = options.history ? recentTargetsFile(process.env) : null;
  const recents = history === null ? { targets: [], problem: null } : await readRecentTargets(history);
  const flows = await listFlows();
  const start = sessionProcess(process.argv[1] ?? '', optionsOnly(args, typed));
  const ending = await showWizard(
    {
      target: target ?? null,
      flow: isFlowGiven ? options.flow : null,
      flows: flows.map(({ name, title }) => ({ name, title: title[lang] })),
      recents: recents.targets,
      note: recents.problem === null ? null : HISTORY_PROBLEM[lang](recents.problem),
      isReplay: false,
      guided: options.guided === true,
      redact: options.redact === true,
      lang,
      start: (request, onMessage) => {
        if (history !== null) void rememberTarget(history, request.target);
        return start(request, onMessage);
      },
    },
    options,
  );
  process.exitCode = await leave(ending, options, lang);
}

/** What the wizard drew is gone with it: what stays is the report, or what is known so far. Returns the exit code. */
async function leave(ending: Ending, options: WizardOptions, lang: Language): Promise<number> {
  const worded = options.redact ? (await import('../../report/redact/redact.ts')).redact : (found: Report) => found;
  // A view that broke may have done so on the report.
  const report = ending.report === null || ending.kind === 'crashed' ? null : worded(ending.report);
  if (!options.quiet) {
    const lines = describeEnding({ ...ending, report, earlier: ending.earlier.map(worded) }, lang);
    await print(isUtf8(process.env) ? lines : asAscii(lines));
  }
  let isSaved = true;
  if (report !== null) {
    const isText = formatOf(options) === 'text' && options.output === undefined;
    const printing = isText
      ? printResult((face) => toFarewell(report, face), options, lang)
      : printReport(report, options, lang);
    isSaved = (await saveReport(report, options.save)) && (await printing);
  }
  switch (ending.kind) {
    case 'crashed':
      throw ending.error;
    case 'failed':
      return EXIT.internal;
    case 'interrupted':
    case 'unfinished':
      return EXIT.interrupted;
    case 'quit':
      if (!isSaved) return EXIT.internal;
      return report === null ? EXIT.healthy : exitCodeOf(report, options.failOn ?? null);
  }
}

/** The command line without its target, for the measuring process. */
function optionsOnly(args: readonly string[], target: string | undefined): readonly string[] {
  const index = target === undefined ? -1 : args.indexOf(target);
  return args.filter((_, position) => position !== index);
}
