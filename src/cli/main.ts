import { Command, CommanderError } from 'commander';
import { printableLines } from '../text/printable.ts';
import { errorDocument, isJsonAsked } from './common/error-document.ts';
import { EXIT } from './common/exit-code.ts';
import { hasPrinted, note, print } from './common/output.ts';
import { UserError } from './common/user-error.ts';
import { VERSION } from './common/version.ts';

type Loader = () => Promise<Command>;

/** Every command in a file of its own, read only when it is asked for: `check` never loads what the wizard draws with. */
const COMMANDS: Readonly<Record<string, { readonly summary: string; readonly load: Loader }>> = {
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
    load: async () => (await import('./completion-command.ts')).completionCommand(Object.keys(COMMANDS)),
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
export async function main(args: readonly string[]): Promise<void> {
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
  if (wanted === undefined && !args.includes('--help') && !args.includes('-h')) {
    const { addWizard } = await import('./wizard/command.ts');
    addWizard(program, args);
  } else {
    program.argument('[target]', 'what cannot be reached');
  }
  for (const command of [program, ...program.commands]) strict(command);
  return program;
}

function wantedOf(args: readonly string[]): string | undefined {
  return args.find((arg) => Object.hasOwn(COMMANDS, arg));
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
    await complain(error.message.replace(/^error: /u, ''), 'netwhy --help shows what would be right.');
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
