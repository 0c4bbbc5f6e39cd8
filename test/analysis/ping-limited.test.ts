import { expect, test } from 'vitest';
import { looksRateLimited } from '../../src/analysis/ping-limited.ts';
import { ping } from '../../src/probe/ping/ping.ts';
import { createFakeClock } from '../fake/clock.ts';
import type { FakeHost } from '../fake/network.ts';
import { createFakeNetwork } from '../fake/network.ts';

async function limited(host: Omit<FakeHost, 'address'>): Promise<boolean> {
  const clock = createFakeClock();
  const prober = createFakeNetwork({ clock, hosts: [{ address: '10.0.9.9', ...host }] });
  const options = { address: '10.0.9.9', others: [] };
  const signal = new AbortController().signal;
  return looksRateLimited(
    await clock.run(ping(options, { prober, unavailable: null, clock }, signal, () => undefined)),
  );
}

test.each([
  [5, 1],
  [6, 10],
  [10, 20],
])('a host that answers a burst of %i and then %i a second looks limited', async (burst, perSecond) => {
  expect(await limited({ replyLimit: { burst, perSecond } })).toBe(true);
});

test('a healthy host does not look limited', async () => {
  expect(await limited({})).toBe(false);
});

test.each([2, 3, 4, 10])('every %ith echo lost does not look limited', async (every) => {
  expect(await limited({ loses: (packet) => packet % every === every - 1 })).toBe(false);
});

test('loss that hits the first echoes too does not look limited', async () => {
  expect(await limited({ loses: (packet) => (packet * 7919) % 10 < 6 })).toBe(false);
});

test('one answer and then none is too little to look limited', () => {
  expect(looksRateLimited({ sent: 10, lost: [1, 2, 3, 4, 5, 6, 7, 8, 9], errors: [] })).toBe(false);
});

test('errors in place of answers are no limit', () => {
  const errors = [{ kind: 'host-unreachable', from: '10.0.1.1', type: 3, code: 1, count: 4 }] as const;
  expect(looksRateLimited({ sent: 20, lost: [16, 17, 18, 19], errors })).toBe(false);
});
