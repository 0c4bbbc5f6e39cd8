import { familyOf, type IpAddress } from '../domain/address.ts';
import type { Clock } from '../domain/ports.ts';
import type { SegmentTrial } from '../domain/service-evidence.ts';

/** Silence of a service from which on it is worth looking whether small segments fare better. */
const STALLED_MS = 1500;
/** Of each further connection: longer than a lost segment or two take to come again. */
const TRIAL_MS = 2500;
/** Payload of a segment that fits into what every host takes (RFC 9293 3.7.1) or every link carries (RFC 8200 5). */
const SMALL_BYTES = { 4: 536, 6: 1220 } as const;
/** Two, so that servers behind one address that take turns are not taken for it. */
const SMALL_TRIALS = 2;

/** What one connection brought; `untried`: this machine could not make it, or not with such segments. */
export type TrialResult = 'answered' | 'silent' | 'untried';

/** Opens a connection and asks the same again; `segmentBytes` null: as any program does. */
export type Trial = (segmentBytes: number | null, timeoutMs: number, signal: AbortSignal) => Promise<TrialResult>;

/**
 * Where a service is still silent a while after it was asked, asks it again over connections of which no segment is large
 * (TCP_MAXSEG holds for both directions, RFC 9293 3.7.1), and over one more as before. null where the first was answered
 * after all, or nothing was tried. Ends soon after the signal aborts.
 */
export async function trySegments(
  address: IpAddress,
  first: Promise<TrialResult>,
  trial: Trial,
  clock: Clock,
  signal: AbortSignal,
): Promise<SegmentTrial | null> {
  const over = new AbortController();
  const within = AbortSignal.any([signal, over.signal]);
  const early = await Promise.race([first, clock.sleep(STALLED_MS, within).then(() => null)]);
  if (early !== null || signal.aborted) {
    over.abort();
    return null;
  }
  const segmentBytes = SMALL_BYTES[familyOf(address)];
  const trials = Promise.all([
    ...Array.from({ length: SMALL_TRIALS }, () => trial(segmentBytes, TRIAL_MS, within)),
    trial(null, TRIAL_MS, within),
  ]);
  const result = await first;
  if (result !== 'silent') over.abort();
  const results = await trials;
  if (result !== 'silent' || signal.aborted) return null;
  const small = results.slice(0, SMALL_TRIALS).filter((each) => each !== 'untried');
  const usual = [result, ...results.slice(SMALL_TRIALS)].filter((each) => each !== 'untried');
  return small.length === 0 ? null : { segmentBytes, small: countOf(small), usual: countOf(usual) };
}

function countOf(results: readonly TrialResult[]): SegmentTrial['small'] {
  return { tried: results.length, answered: results.filter((result) => result === 'answered').length };
}
