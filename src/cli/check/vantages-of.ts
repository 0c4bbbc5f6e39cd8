import { parseVantage } from '../../domain/parse-vantage.ts';
import { type Vantage, vantageText } from '../../domain/vantage.ts';
import { UserError } from '../common/user-error.ts';
import type { CheckOptions } from '../options/check-options.ts';

/** More would measure one another. */
const MOST = 8;

/** Where `--from` says that the probes run, in order; this machine where it says nothing. */
export function vantagesOf({ from, engine }: Pick<CheckOptions, 'from' | 'engine'>): readonly [Vantage, ...Vantage[]] {
  const [first = { kind: 'local' as const }, ...others] = from.map(parsed);
  const names = [first, ...others].map(vantageText);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined)
    throw new UserError(`--from names ${twice} twice.`, 'A comparison needs different vantages.');
  if ((engine === 'raw' || engine === 'kernel') && names.some((name) => name !== 'local')) {
    throw new UserError(
      `the engine ${engine} sends from this machine only.`,
      'From a vantage: --engine auto, system or sockets',
    );
  }
  if (names.length > MOST) throw new UserError(`--from may be given at most ${MOST} times.`);
  return [first, ...others];
}

function parsed(text: string): Vantage {
  const result = parseVantage(text);
  if (result.kind === 'ok') return result.vantage;
  throw new UserError(`--from: ${result.message}.`, `A vantage looks like ${result.example}`);
}
