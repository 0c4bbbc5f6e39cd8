import { expect, test } from 'vitest';
import type { Answer, Prober } from '../../../src/domain/prober.ts';
import { late } from '../../../src/probe/ping/late.ts';
import { createFakeClock } from '../../fake/clock.ts';

const TARGET = '10.0.9.9';
const ERROR: Answer = {
  kind: 'icmp-error',
  error: { kind: 'host-unreachable', from: '10.0.3.1', type: 3, code: 1 },
  rttMs: 20,
  replyTtl: 62,
  mtu: null,
};

/** Sends a late echo; the n-th packet is answered after so many milliseconds, or never. */
async function run(answers: readonly (number | null)[], earlierMs: number | null = null) {
  const clock = createFakeClock();
  const startMs = clock.nowMs();
  const sentMs: number[] = [];
  const after = (ms: number): Promise<void> => clock.sleep(ms, new AbortController().signal);
  const prober: Prober = {
    method: 'raw',
    lacks: {},
    send: async ({ timeoutMs }) => {
      const answerMs = answers[sentMs.length] ?? null;
      sentMs.push(clock.nowMs() - startMs);
      await after(Math.min(answerMs ?? timeoutMs, timeoutMs));
      return answerMs === null || answerMs > timeoutMs ? { kind: 'silent', waitedMs: timeoutMs } : ERROR;
    },
    watch: () => () => undefined,
    close: () => undefined,
  };
  const earlier = earlierMs === null ? new Promise<Answer>(() => undefined) : after(earlierMs).then(() => ERROR);
  const { signal } = new AbortController();
  const found = await clock.run(late({ address: TARGET, patienceMs: 3000, earlier }, { prober, clock }, signal));
  return { found, sentMs };
}

test('silence is waited out, and asked once more at its end', async () => {
  const { found, sentMs } = await run([null, null]);
  expect(found).toEqual({ waitedMs: 3000, rttMs: null, error: null });
  expect(sentMs).toEqual([0, 2880]);
});

test('an error to the echo ends the wait', async () => {
  const { found, sentMs } = await run([2500]);
  expect(found).toMatchObject({ waitedMs: 2500, error: { kind: 'host-unreachable' }, errorTtl: 62 });
  expect(sentMs).toEqual([0]);
});

test('an error to an echo that was sent before counts as well', async () => {
  const { found } = await run([null, null], 2700);
  expect(found).toMatchObject({ waitedMs: 2700, error: { from: '10.0.3.1' }, errorTtl: 62 });
});

test('a router that has an error left again at the end is heard', async () => {
  const { found } = await run([null, 20]);
  expect(found).toMatchObject({ waitedMs: 2900, error: { from: '10.0.3.1' } });
});
