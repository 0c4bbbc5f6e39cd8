import type { Argument, Command, Option } from 'commander';

/** What a word can be: one of a list, or something that the shell knows or finds out. */
export type Values =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'file' | 'host' | 'vantage' | 'none' };

export type OptionSpec = {
  readonly names: readonly string[];
  /** null where it takes no value. */
  readonly values: Values | null;
  readonly description: string;
};

export type CommandSpec = {
  /** `check`, or `flows show`; empty for the program itself. */
  readonly path: string;
  readonly description: string;
  readonly options: readonly OptionSpec[];
  readonly commands: readonly string[];
  readonly argument: Values;
};

export type Lists = {
  readonly flows: readonly string[];
  readonly codes: readonly string[];
  readonly topics: readonly string[];
};

const FILE_OPTIONS: ReadonlySet<string> = new Set(['--save', '--output', '--sockets', '--targets']);
const VANTAGE_OPTIONS: ReadonlySet<string> = new Set(['--on', '--from']);

/** What can be completed, of every command: its own options with their values, its commands, its argument. */
export function specOf(program: Command, lists: Lists): readonly CommandSpec[] {
  return walk(program, '', lists);
}

function walk(command: Command, path: string, lists: Lists): readonly CommandSpec[] {
  const own: CommandSpec = {
    path,
    description: command.summary() || command.description(),
    options: command.options
      .filter(({ hidden }) => !hidden)
      .map((option) => optionSpec(option, lists))
      .concat({ names: ['--help'], values: null, description: 'help' }),
    commands: command.commands.map((child) => child.name()),
    argument: argumentOf(path, command.registeredArguments[0], lists),
  };
  const below = command.commands.flatMap((child) => walk(child, `${path} ${child.name()}`.trim(), lists));
  return [own, ...below];
}

function optionSpec(option: Option, lists: Lists): OptionSpec {
  const names = [option.short, option.long].filter((name): name is string => name !== undefined && name !== null);
  const takesValue = option.required || option.optional;
  return { names, values: takesValue ? valuesOf(option, lists) : null, description: option.description };
}

function valuesOf({ long, argChoices }: Option, { flows }: Lists): Values {
  if (argChoices !== undefined) return { kind: 'words', words: argChoices };
  if (long === '--flow') return { kind: 'words', words: flows };
  if (long != null && FILE_OPTIONS.has(long)) return { kind: 'file' };
  return { kind: long != null && VANTAGE_OPTIONS.has(long) ? 'vantage' : 'none' };
}

function argumentOf(path: string, argument: Argument | undefined, { flows, codes, topics }: Lists): Values {
  if (argument === undefined) return { kind: 'none' };
  switch (path) {
    case 'explain':
      return { kind: 'words', words: codes };
    case 'flows show':
    case 'flows graph':
      return { kind: 'words', words: flows };
    case 'help':
      return { kind: 'words', words: topics };
    case 'completion':
      return { kind: 'words', words: argument.argChoices ?? [] };
    case 'replay':
    case 'compare':
    case 'flows validate':
    case 'flows test':
      return { kind: 'file' };
    case '':
    case 'check':
    case 'ping':
    case 'trace':
      return { kind: 'host' };
    default:
      return { kind: 'none' };
  }
}
