import { expect, test } from 'vitest';
import { createStore } from '../../../src/tui/state/store.ts';

/** A store whose sleeps end when the test says so. */
function open() {
  const sleepers: (() => void)[] = [];
  const store = createStore(0, () => new Promise((settle) => sleepers.push(settle)));
  const told: number[] = [];
  store.subscribe(() => told.push(store.get()));
  const pass = async () => {
    for (const wake of sleepers.splice(0)) wake();
    await Promise.resolve();
  };
  return { store, told, pass };
}

test('what a person does is told at once, and only where something changed', () => {
  const { store, told } = open();
  store.set(1);
  store.set(1);
  expect(told).toEqual([1]);
});

test('what comes in by itself is there at once, and told together', async () => {
  const { store, told, pass } = open();
  store.setSoon(1);
  store.setSoon(2);
  expect([store.get(), told]).toEqual([2, []]);
  await pass();
  expect(told).toEqual([2]);
});

test('a key tells what came in before it, and that is not told again', async () => {
  const { store, told, pass } = open();
  store.setSoon(1);
  store.set(2);
  await pass();
  expect(told).toEqual([2]);
});
