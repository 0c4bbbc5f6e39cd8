import type { Family } from '../../../../domain/address.ts';
import { canonicalAddress } from '../../../host/interfaces/machine-address.ts';
import { ttlOf, type WalkLine } from './parse-walk.ts';
import { windowsErrorOf } from './ping-windows.ts';
import type { ToolReading } from './reading.ts';

const LONGEST_LINE = 500;
/** A time (`<1 ms`, with the unit of the language), or an asterisk, in front of what follows. */
const SAMPLE = /^(?:<? ?(\d{1,6}) ?[^\s\d.:]{1,8}|\*)(?=\s|$)\s*/u;
const MOST_SAMPLES = 3;

/**
 * Reads a line of Windows' tracert by its places, which are the same in every language: number, three times or asterisks,
 * address. Behind fewer than three stands who reported an error, and the words for it. null for one that is no hop. Never
 * throws.
 */
export function readTracertLine(text: string, family: Family): WalkLine | null {
  const [, digits, behind = ''] = /^(\d{1,3})\s+(.*)$/u.exec(text.slice(0, LONGEST_LINE).trim()) ?? [];
  const ttl = ttlOf(digits);
  if (ttl === null) return null;
  const times: (number | null)[] = [];
  let rest = behind;
  for (let found = SAMPLE.exec(rest); found !== null && times.length < MOST_SAMPLES; found = SAMPLE.exec(rest)) {
    times.push(found[1] === undefined ? null : Number(found[1]));
    rest = rest.slice(found[0].length);
  }
  const from = addressIn(rest);
  if (times.length < MOST_SAMPLES) return from === null ? null : { ttl, readings: errorsOf(times, rest, family) };
  if (times.every((time) => time === null)) return { ttl, readings: times.map(() => ({ kind: 'silent' })) };
  return from === null ? null : { ttl, readings: times.map((rttMs) => readingOf(rttMs, from)) };
}

/** "Less than a millisecond" is told as the millisecond that bounds it. */
function readingOf(rttMs: number | null, from: string): ToolReading {
  return rttMs === null ? { kind: 'silent' } : { kind: 'from', from, rttMs };
}

function errorsOf(times: readonly (number | null)[], rest: string, family: Family): readonly ToolReading[] {
  return [...times.map((): ToolReading => ({ kind: 'silent' })), windowsErrorOf(rest, family) ?? { kind: 'unnamed' }];
}

/** The first word, or what stands in brackets behind a name. */
function addressIn(text: string): string | null {
  const [, bracketed] = /^\S{1,260} \[([^\]\s]{2,60})\]/u.exec(text) ?? [];
  return canonicalAddress(bracketed ?? text.split(/\s/u, 1)[0] ?? '');
}
