import { expect, test } from 'vitest';
import { systemClock } from '../../src/system/clock.ts';

const LONG_MS = 1e8;

test('an abort wakes a sleeper long before its time', async () => {
  const controller = new AbortController();
  const asleep = systemClock.sleep(LONG_MS, controller.signal);
  controller.abort();
  await expect(asleep).resolves.toBeUndefined();
});

test('nobody falls asleep on a signal that has aborted already', async () => {
  await expect(systemClock.sleep(LONG_MS, AbortSignal.abort())).resolves.toBeUndefined();
});

test('a sleeper wakes by itself, and the monotonic clock has moved by then', async () => {
  const before = systemClock.nowMs();
  await systemClock.sleep(2, new AbortController().signal);
  expect(systemClock.nowMs()).toBeGreaterThan(before);
});

test('the wall clock speaks UTC', () => {
  expect(systemClock.isoNow()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u);
});
