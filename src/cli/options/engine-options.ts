import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Family } from '../../domain/address.ts';
import type { Target } from '../../domain/target.ts';
import type { Language } from '../../domain/verdict.ts';
import type { TextOptions } from '../../report/check/text.ts';
import { parseTarget } from '../../session/parse-target.ts';
import { servicePort } from '../../system/host/services.ts';
import { isUtf8 } from '../common/is-utf8.ts';
import { UserError } from '../common/user-error.ts';
import { languageOf } from './check-options.ts';

/** What the commands that run one engine have in common. */
export type EngineOptions = {
  readonly ipv4?: true;
  readonly ipv6?: true;
  readonly deadline?: number;
  readonly json?: true;
  readonly quiet?: true;
  readonly lang?: Language;
  readonly color: boolean;
};

const DEFAULT_COLUMNS = 80;
const MOST_SECONDS = 3600;

export function addEngineOptions(command: Command): Command {
  return command
    .option('-4, --ipv4', 'IPv4 only')
    .option('-6, --ipv6', 'IPv6 only')
    .option('--deadline <seconds>', 'ends by then, with what it knows', seconds)
    .option('--json', 'one JSON document on stdout')
    .option('--quiet', 'no output, only the exit code')
    .addOption(new Option('--lang <language>', 'default from the locale').choices(['en', 'ko']))
    .option('--no-color', 'no colours (NO_COLOR does the same)');
}

export const ENGINE_EXITS = 'Exit codes: 0 answered, 2 not answered, 3 could not be tried, 64 usage, 130 interrupted';

/** A whole number within bounds, for an option. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/u.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`It must be between ${least} and ${most}.`);
    }
    return value;
  };
}

/** Reads the target and the families of a command line; every mistake is told before anything is sent. */
export function readTarget(
  input: string,
  options: EngineOptions,
): { readonly target: Target; readonly families: readonly Family[] } {
  const parsed = parseTarget(input, servicePort);
  if (parsed.kind === 'invalid') throw new UserError(`${parsed.message}.`, `A target looks like ${parsed.example}`);
  if (options.ipv4 && options.ipv6) {
    throw new UserError('-4 and -6 exclude each other.', 'Leave both out to use both families.');
  }
  const families: readonly Family[] = options.ipv4 ? [4] : options.ipv6 ? [6] : [4, 6];
  const { literal } = parsed.target;
  if (literal !== null && !families.includes(literal.includes(':') ? 6 : 4)) {
    throw new UserError(
      `${literal} is not an IPv${families[0]} address.`,
      `Leave out -${families[0]}, or name a host.`,
    );
  }
  return { target: parsed.target, families };
}

/** How text looks on this stdout. */
export function textOptions(options: EngineOptions): TextOptions {
  const { env, stdout } = process;
  return {
    color: options.color && stdout.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
    // A terminal that does not know its size says 0.
    columns: stdout.columns || DEFAULT_COLUMNS,
    lang: languageOf(options, env),
    ascii: !isUtf8(env),
  };
}

function seconds(text: string): number {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/u.test(text) || value < 0.5 || value > MOST_SECONDS) {
    throw new InvalidArgumentError(`It must be between 0.5 and ${MOST_SECONDS} seconds.`);
  }
  return value;
}
