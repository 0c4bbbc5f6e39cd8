import type { Command } from 'commander';
import type { Report } from '../domain/report.ts';
import type { Language } from '../domain/verdict.ts';
import { redact } from '../report/redact.ts';
import { asAscii } from '../report/symbols.ts';
import { parseTarget } from '../session/parse-target.ts';
import { systemClock } from '../system/clock.ts';
import { servicePort } from '../system/services.ts';
import type { Ending } from '../tui/run-tui.tsx';
import { addCheckOptions, type CheckOptions, languageOf } from './check-options.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { listFlows } from './flow-files.ts';
import { note, print } from './output.ts';
import { prepare } from './prepare.ts';
import { isUtf8, printReport } from './print-report.ts';
import { saveReport } from './save-report.ts';
import { SESSION_ARGUMENT } from './session-argument.ts';
import { sessionProcess } from './session-process.ts';
import { explainOn } from './target-sockets.ts';
import { UserError } from './user-error.ts';
import { facesOf } from './wizard-faces.ts';
import { describeEnding } from './wizard-transcript.ts';

type WizardOptions = CheckOptions & { readonly screenReader?: true };

/** Any target will do to find what is wrong with the options before the wizard begins. */
const SOME_TARGET = 'localhost';

/** Gives the program its own action: the wizard, or, as the wizard's child, the session that it measures with. */
export function addWizard(program: Command, args: readonly string[]): void {
  addCheckOptions(program.argument('[target]', 'what cannot be reached'));
  if (args[0] === SESSION_ARGUMENT) {
    program.action(async (_: string, options: CheckOptions) => {
      const { runSessionChild } = await import('./session-child.ts');
      runSessionChild(options);
    });
    return;
  }
  program
    .option('--screen-reader', 'linear text, read from top to bottom (INK_SCREEN_READER=true does the same)')
    .action((target: string | undefined, options: WizardOptions, command: Command) =>
      wizard(target, options, command.getOptionValueSource('flow') === 'cli', args),
    );
}

async function wizard(
  target: string | undefined,
  options: WizardOptions,
  isFlowGiven: boolean,
  args: readonly string[],
): Promise<void> {
  await prepare(target ?? SOME_TARGET, options);
  if (!process.stdin.isTTY || !process.stdout.isTTY || process.env['TERM'] === 'dumb') {
    throw new UserError(
      'the wizard needs a terminal on stdin and stdout.',
      `Without one: netwhy check ${target ?? '<target>'}`,
    );
  }
  await note(explainOn(options));
  const flows = await listFlows();
  const lang = languageOf(options, process.env);
  // Ink draws nothing live where a CI seems to be; that there is a terminal is known by now.
  Object.assign(process.env, { CI: 'false', CONTINUOUS_INTEGRATION: 'false' });
  const { runTui } = await import('../tui/run-tui.tsx');
  const ending = await runTui({
    target: target ?? null,
    flow: isFlowGiven ? options.flow : null,
    flows: flows.map(({ name, title }) => ({ name, title: title[lang] })),
    lang,
    color: options.color && !process.env['NO_COLOR'],
    inAscii: isUtf8(process.env) ? null : asAscii,
    screenReader: options.screenReader === true || process.env['INK_SCREEN_READER'] === 'true',
    clock: systemClock,
    validate: (text) => {
      const parsed = parseTarget(text, servicePort);
      return parsed.kind === 'ok' ? null : `${parsed.message} (${parsed.example})`;
    },
    faces: facesOf(lang, !isUtf8(process.env)),
    start: sessionProcess(process.argv[1] ?? '', optionsOnly(args, target)),
  });
  process.exitCode = await leave(ending, options, lang);
}

/** What the wizard drew is gone with it: what stays is the report, or what is known so far. Returns the exit code. */
async function leave(ending: Ending, options: WizardOptions, lang: Language): Promise<number> {
  const worded = (found: Report) => (options.redact ? redact(found) : found);
  // A view that broke may have done so on the report.
  const report = ending.report === null || ending.kind === 'crashed' ? null : worded(ending.report);
  if (!options.quiet) {
    const lines = describeEnding({ ...ending, report, earlier: ending.earlier.map(worded) }, lang);
    await print(isUtf8(process.env) ? lines : asAscii(lines));
  }
  let isSaved = true;
  if (report !== null) {
    isSaved = await saveReport(report, options.save);
    await printReport(report, options, lang);
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
  return args.filter((arg, position) => position !== index && arg !== '--screen-reader');
}
