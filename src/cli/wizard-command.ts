import type { Command } from 'commander';
import { parseTarget } from '../session/parse-target.ts';
import { servicePort } from '../system/services.ts';
import { addCheckOptions, type CheckOptions, languageOf } from './check-options.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { listFlows } from './flow-files.ts';
import { print } from './output.ts';
import { isUtf8, printReport } from './print-report.ts';
import { SESSION_ARGUMENT } from './session-argument.ts';
import { sessionProcess } from './session-process.ts';
import { UserError } from './user-error.ts';

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
    .option('--screen-reader', 'linear text without redrawing')
    .action((target: string | undefined, options: CheckOptions & { readonly screenReader?: true }) =>
      wizard(target, options, args),
    );
}

async function wizard(
  target: string | undefined,
  options: CheckOptions & { readonly screenReader?: true },
  args: readonly string[],
): Promise<void> {
  if (target !== undefined) validate(target);
  if (!process.stdin.isTTY || !process.stdout.isTTY || process.env['TERM'] === 'dumb') {
    throw new UserError(
      'the wizard needs a terminal on stdin and stdout.',
      `Without one: netwhy check ${target ?? '<target>'}`,
    );
  }
  const flows = await listFlows();
  const lang = languageOf(options, process.env);
  const { runTui } = await import('../tui/run-tui.tsx');
  const ending = await runTui({
    target: target ?? null,
    flow: isGiven(args, '--flow') ? options.flow : null,
    flows: flows.map(({ name, title }) => ({ name, title: title[lang] })),
    lang,
    color: options.color && !process.env['NO_COLOR'],
    ascii: !isUtf8(process.env),
    screenReader: options.screenReader === true || process.env['INK_SCREEN_READER'] === 'true',
    validate: (text) => {
      const parsed = parseTarget(text, servicePort);
      return parsed.kind === 'ok' ? null : `${parsed.message} (${parsed.example})`;
    },
    start: sessionProcess(process.argv[1] ?? '', optionsOnly(args, target)),
  });
  // What the wizard drew is gone with it: the transcript that stays is the report, or what is known so far.
  if (ending.report !== null) await printReport(ending.report, options, lang);
  else await print(ending.known.map(({ question, answer }) => `${question} ${answer}\n`).join(''));
  if (ending.kind === 'interrupted') process.exitCode = EXIT.interrupted;
  else process.exitCode = ending.report === null ? EXIT.healthy : exitCodeOf(ending.report, options.failOn ?? null);
}

function validate(target: string): void {
  const parsed = parseTarget(target, servicePort);
  if (parsed.kind === 'invalid') throw new UserError(`${parsed.message}.`, `A target looks like ${parsed.example}`);
}

function isGiven(args: readonly string[], option: string): boolean {
  return args.some((arg) => arg === option || arg.startsWith(`${option}=`));
}

/** The command line without its target, for the measuring process. */
function optionsOnly(args: readonly string[], target: string | undefined): readonly string[] {
  const index = target === undefined ? -1 : args.indexOf(target);
  return args.filter((arg, position) => position !== index && arg !== '--screen-reader');
}
