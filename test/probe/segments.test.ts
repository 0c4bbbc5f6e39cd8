import { expect, test } from 'vitest';
import { type Trial, type TrialResult, trySegments } from '../../src/probe/segments.ts';
import { createFakeClock } from '../fake/clock.ts';

const RUNNING = new AbortController().signal;

/** A service that answers the first connection after so long (never: Infinity), and each further one as `answers` says. */
async function attempt(
  firstMs: number,
  answers: (segmentBytes: number | null) => TrialResult,
  { address = '192.0.2.7', giveUpMs = 5000 } = {},
) {
  const clock = createFakeClock();
  const asked: (number | null)[] = [];
  const trial: Trial = async (segmentBytes, timeoutMs, signal) => {
    asked.push(segmentBytes);
    const result = answers(segmentBytes);
    await clock.sleep(result === 'silent' ? timeoutMs : 1, signal);
    return result;
  };
  const first = clock
    .sleep(Math.min(firstMs, giveUpMs), RUNNING)
    .then((): TrialResult => (firstMs < giveUpMs ? 'answered' : 'silent'));
  return { found: await clock.run(trySegments(address, first, trial, clock, RUNNING)), asked };
}

const LARGE_LOST = (segmentBytes: number | null): TrialResult => (segmentBytes === null ? 'silent' : 'answered');

test('a service that answers soon is asked once', async () => {
  expect(await attempt(1400, LARGE_LOST)).toEqual({ found: null, asked: [] });
});

test('one that answers late after all is no stall', async () => {
  const { found, asked } = await attempt(4000, LARGE_LOST);
  expect([found, asked]).toEqual([null, [536, 536, null]]);
});

test.each([
  ['192.0.2.7', 536],
  ['2001:db8::7', 1220],
])('%s: small segments are answered and ordinary ones are not', async (address, segmentBytes) => {
  const { found } = await attempt(Infinity, LARGE_LOST, { address });
  expect(found).toEqual({ segmentBytes, small: { tried: 2, answered: 2 }, usual: { tried: 2, answered: 0 } });
});

test('one that answers nobody', async () => {
  const { found } = await attempt(Infinity, () => 'silent');
  expect(found).toMatchObject({ small: { tried: 2, answered: 0 }, usual: { tried: 2, answered: 0 } });
});

test('a machine that cannot limit its segments has tried nothing', async () => {
  const { found } = await attempt(Infinity, (segmentBytes) => (segmentBytes === null ? 'silent' : 'untried'));
  expect(found).toBeNull();
});
