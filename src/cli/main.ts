import { Command, CommanderError } from 'commander';
import { printableLines } from '../text/printable.ts';
import type { CommandName } from './common/command-names.ts';
import { errorDocument, isJsonAsked } from './common/error-document.ts';
import { EXIT } from './common/exit-code.ts';
import { hasPrinted, note, print } from './common/output.ts';
import { UserError } from './common/user-error.ts';
import { VERSION } from './common/version.ts';

type Loader = () => Promise<Command>;

/** Every command in a file of its own, read only when it is asked for: `check` never loads what the wizard draws with. */
const COMMANDS: Readonly<Record<CommandName, { readonly summary: string; readonly load: Loader }>> = {
  check: {
    summary: 'one run without questions, for scripts and runbooks',
    load: async () =>
      (await import('./check/check-command.ts')).checkCommand(async (named, options) =>
        (await import('./many/check-many.ts')).checkMany(named, options),
      ),
  },
  flows: {
    summary: 'list, show, validate, test and draw the decision trees',
    load: async () => (await import('./catalogue/flows-command.ts')).flowsCommand(),
  },
  explain: {
    summary: 'what a finding means, and what to do',
    load: async () => (await import('./catalogue/explain-command.ts')).explainCommand(),
  },
  ping: {
    summary: 'echoes to a host: loss, round trip times, errors and who sent them',
    load: async () => (await import('./ping/ping-command.ts')).pingCommand(),
  },
  trace: {
    summary: 'the routers on the way to a host, and where the path ends',
    load: async () => (await import('./trace/command.ts')).traceCommand(),
  },
  ports: {
    summary: 'listening sockets and connections: who holds them, from where they can be reached',
    load: async () => (await import('./ports/command.ts')).portsCommand(),
  },
  replay: {
    summary: 'walk a flow again on a saved report, without a packet',
    load: async () => (await import('./replay/replay-command.ts')).replayCommand(),
  },
  compare: {
    summary: 'what changed between two saved reports',
    load: async () => (await import('./compare/command.ts')).compareCommand(),
  },
  doctor: {
    summary: 'what this machine allows, what each missing thing costs, and how to grant it',
    load: async () => (await import('./doctor-command.ts')).doctorCommand(),
  },
  schema: {
    summary: 'the JSON Schema of a report or a flow',
    load: async () => (await import('./catalogue/schema-command.ts')).schemaCommand(),
  },
  completion: {
    summary: 'a completion script for bash, zsh or fish',
    load: async () => (await import('./completion/command.ts')).completionCommand(wholeProgram),
  },
  help: {
    summary: 'exit codes, vantages, engines, flows, formats: what more than one command shares',
    load: async () => (await import('./help/help-command.ts')).helpCommand(Object.keys(COMMANDS), helpOf),
  },
};

const AFTER_HELP = `
With a target and no command the wizard starts on it:
  netwhy                        asks what is wrong, and with what
  netwhy db1.example:5432       goes straight in

Targets: host, host:port, host:service, 192.0.2.7, 2001:db8::7, [2001:db8::7]:443, fe80::1%eth0,
         tcp://host:port, udp://host:port, https://host/path

Exit codes: 0 healthy, 1 degraded, 2 fault, 3 inconclusive, 64 usage, 70 internal error, 130 interrupted
netwhy reads and measures. It never changes anything on any machine.
`;

/** Runs one command line. Sets the exit code; never throws. */
export async function main(typed: readonly string[]): Promise<void> {
  const args = withoutQuestions(commandFirst(typed));
  try {
    await (await buildProgram(args)).parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = await report(error, args);
  }
}

async function buildProgram(args: readonly string[]): Promise<Command> {
  const program = new Command('netwhy')
    .description("Why can't I reach it? Measures, says where it breaks, and explains why.")
    .version(VERSION)
    .helpCommand(false)
    .showSuggestionAfterError()
    .addHelpText('after', AFTER_HELP);
  const wanted = wantedOf(args);
  for (const [name, { summary, load }] of Object.entries(COMMANDS)) {
    program.addCommand(name === wanted ? await load() : new Command(name).description(summary));
  }
  const isHelp = args.includes('--help') || args.includes('-h');
  if (wanted !== undefined) program.argument('[target]', 'what cannot be reached');
  else if (isHelp)
    (await import('./wizard/options.ts')).addWizardOptions(program.argument('[target]', 'what cannot be reached'));
  else (await import('./wizard/command.ts')).addWizard(program, args);
  if (isHelp || wanted === 'help') (await import('./help/teach.ts')).teach(program);
  for (const command of [program, ...program.commands]) strict(command);
  return program;
}

/** The program with every command and all of its options: for what is made of them. */
export async function wholeProgram(): Promise<Command> {
  const program = await buildProgram(['--help']);
  const { teach } = await import('./help/teach.ts');
  const whole = new Command('netwhy').description(program.description()).helpCommand(false);
  for (const option of program.options) whole.addOption(option);
  for (const [name, { load }] of Object.entries(COMMANDS)) whole.addCommand((await load()).name(name));
  teach(whole);
  return whole;
}

/** The help of a command, or of the program. */
async function helpOf(name: string | null): Promise<string> {
  const program = await buildProgram(name === null ? ['--help'] : [name, '--help']);
  const command = name === null ? program : program.commands.find((each) => each.name() === name);
  return `${(command ?? program).helpInformation()}${name === null ? AFTER_HELP : ''}`;
}

/** The command that is meant: the first word that names one. */
function wantedOf(args: readonly string[]): string | undefined {
  return args.find((arg) => Object.hasOwn(COMMANDS, arg));
}

/** With --no-input nothing is asked: what would be the wizard is `check`, which never asks anything. */
function withoutQuestions(args: readonly string[]): readonly string[] {
  const isHelp = args.includes('--help') || args.includes('-h');
  if (isHelp || !args.includes('--no-input')) return args;
  const rest = args.filter((arg) => arg !== '--no-input');
  return wantedOf(rest) === undefined ? ['check', ...rest] : rest;
}

/** Options that most commands have may stand before its name as well. */
const EVERYWHERE: Readonly<Record<string, number>> = { '--lang': 2, '--no-color': 1 };

/** `netwhy --lang ko trace H` as `netwhy trace --lang ko H`. */
function commandFirst(args: readonly string[]): readonly string[] {
  let before = 0;
  for (let length = 1; length > 0; before += length) {
    const arg = args[before] ?? '';
    length = EVERYWHERE[arg] ?? (arg.startsWith('--lang=') ? 1 : 0);
  }
  const command = args[before];
  if (before === 0 || command === undefined || !Object.hasOwn(COMMANDS, command)) return args;
  return [command, ...args.slice(0, before), ...args.slice(before + 1)];
}

/** The wizard takes one target: with more the first was meant as a command. */
async function noCommand(typed: string): Promise<readonly [message: string, hint: string]> {
  const { nearest } = await import('../flow/nearest.ts');
  const meant = nearest(typed, Object.keys(COMMANDS));
  return [
    `there is no command "${typed}", and the wizard takes one target.`,
    meant === null ? 'netwhy --help lists the commands.' : `Did you mean ${meant}?`,
  ];
}

/** Mistakes end in exceptions, not in process.exit: output must not be cut. */
function strict(command: Command): void {
  command.exitOverride().configureOutput({ outputError: () => undefined });
  for (const child of command.commands) strict(child);
}

async function report(error: unknown, args: readonly string[]): Promise<number> {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.healthy;
    if (error.code === 'commander.excessArguments' && wantedOf(args) === undefined) {
      return report(new UserError(...(await noCommand(args.find((arg) => !arg.startsWith('-')) ?? ''))), args);
    }
    await complain(
      error.message.replace(/^error: /u, ''),
      `${['netwhy', wantedOf(args)].filter(Boolean).join(' ')} --help shows the options.`,
    );
    return EXIT.usage;
  }
  if (error instanceof UserError) {
    await complain(error.message, error.hint);
    return EXIT.usage;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (isJsonAsked(args) && !hasPrinted()) await print(errorDocument(error));
  await note(`netwhy: internal error, please report it with the command that you ran.\n${text}\n`);
  return EXIT.internal;
}

/** What was typed stands in it, and may hold anything. */
async function complain(message: string, hint: string | null): Promise<void> {
  const text = `netwhy: ${message}${hint === null ? '' : `\n  ${hint}`}`;
  await note(`${printableLines(text).join('\n')}\n`);
}
