import { expect, test } from 'vitest';
import { hopEchoesPlan } from '../../../src/session/tasks/hop-echoes-plan.ts';

test('nothing is sent to the hops where there is nothing to place', () => {
  expect(hopEchoesPlan(null, 15_000)).toBeNull();
});

test('loss needs more echoes than delay', () => {
  const loss = hopEchoesPlan('packet-loss', 15_000);
  const delay = hopEchoesPlan('high-latency', 15_000);
  expect(loss?.count).toBeGreaterThan(delay?.count ?? Infinity);
  expect(loss?.most).toBeGreaterThan(loss?.count ?? Infinity);
});

test('the sampling leaves time for the conclusion, and is left out where none would be left', () => {
  expect(hopEchoesPlan('packet-loss', 2500)?.longestMs).toBe(1000);
  expect(hopEchoesPlan('packet-loss', 1900)).toBeNull();
});
