import { Command, Option } from 'commander';
import type { Language } from '../../domain/verdict.ts';
import type { Report } from '../../evidence/report/report.ts';
import type { Flow } from '../../flow/flow.ts';
import { FORMATS, type Format } from '../../report/formats/format.ts';
import { redact } from '../../report/redact/redact.ts';
import { replay } from '../../session/replay/replay.ts';
import { systemClock } from '../../system/clock.ts';
import { readFlow } from '../catalogue/flow-files.ts';
import { printReport } from '../check/print-report.ts';
import { wordReport } from '../check/word.ts';
import { EXIT, exitCodeOf } from '../common/exit-code.ts';
import { UserError } from '../common/user-error.ts';
import { languageOf } from '../options/check-options.ts';
import { folderOption } from '../options/folder-option.ts';
import { addScreenOptions, type ScreenOptions } from '../wizard/options.ts';
import { requireTerminal, showWizard } from '../wizard/screen.ts';
import { readReport } from './read-report.ts';
import { recordedOf, withComparison } from './recorded.ts';
import { replaySession } from './replay-session.ts';

type ReplayOptions = {
  readonly flow?: string;
  readonly format?: Format;
  readonly output?: string;
  readonly verbose?: true;
  readonly json?: true;
  readonly markdown?: true;
  readonly quiet?: true;
  readonly redact?: true;
  readonly lang?: Language;
  readonly tui?: true;
} & ScreenOptions;

export function replayCommand(): Command {
  return addScreenOptions(new Command('replay'))
    .description('walk a flow again on the evidence of a saved report, without a packet: same evidence, same verdict')
    .argument('<report.json>', 'what check --save or check --json wrote')
    .option('--flow <name|file>', 'another flow than the recorded one')
    .addOption(folderOption())
    .option('--verbose', 'the whole report as text')
    .addOption(new Option('--format <format>', 'as for check').choices(FORMATS))
    .option('--json', 'the report as JSON')
    .option('--markdown', 'the report as Markdown')
    .option('--output <file>', 'write the result there instead of to stdout, whole or not at all')
    .option('--tui', 'in the wizard, with the recorded times')
    .option('--redact', 'stand-ins for addresses, names, users and the words of others; --json writes it clean')
    .option('--quiet', 'no output, only the exit code')
    .addOption(new Option('--lang <language>', 'default from the locale').choices(['en', 'ko']))
    .option('--no-color', 'no colours')
    .action(run);
}

async function run(file: string, options: ReplayOptions): Promise<void> {
  const recorded = await readReport(file);
  const read = await readFlow(options.flow ?? recorded.flow);
  if (read.kind !== 'ok')
    throw new UserError(
      `the flow ${JSON.stringify(options.flow ?? recorded.flow)} cannot be read.`,
      'netwhy flows list shows the known ones; --flow FILE or --flows DIR names one of your own.',
    );
  const lang = languageOf(options, process.env);
  if (options.tui) return watch(recorded, read.flow, options, lang);
  const result = await replay(read.flow, recordedOf(recorded, read.flow), lang, () => undefined);
  const report = withComparison(await wordReport(read.flow, result, lang, recorded.from), recorded);
  const printed = await printReport(options.redact ? redact(report) : report, options, lang);
  process.exitCode = printed ? exitCodeOf(report, null) : EXIT.internal;
}

/** Shows the run in the wizard, as it went. */
async function watch(recorded: Report, flow: Flow, options: ReplayOptions, lang: Language): Promise<void> {
  requireTerminal('netwhy replay without --tui');
  const ending = await showWizard(
    {
      target: recorded.target.input,
      flow: flow.name,
      flows: [{ name: flow.name, title: flow.title[lang] }],
      recents: [],
      note: recorded.startedAt,
      isReplay: true,
      guided: false,
      redact: options.redact === true,
      lang,
      start: replaySession(recorded, flow, lang, systemClock),
    },
    options,
  );
  if (ending.kind === 'crashed') throw ending.error;
  const worded = ending.report !== null && options.redact ? redact(ending.report) : ending.report;
  if (worded !== null) await printReport(worded, options, lang);
  process.exitCode =
    ending.kind === 'quit' && ending.report !== null ? exitCodeOf(ending.report, null) : EXIT.interrupted;
}
