import { expect, test } from 'vitest';
import type { Resolver } from '../../../src/domain/ports.ts';
import { createPathBudget, networkOf } from '../../../src/session/many/path-budget.ts';
import { pool } from '../../../src/session/many/pool.ts';
import { shareResolver } from '../../../src/session/many/shared-resolver.ts';
import { createVirtualClock } from '../../probe/virtual-clock.ts';

const open = new AbortController().signal;

test('of the traces through one gateway five go at once, then one a second, and who waits too long gets none', async () => {
  const clock = createVirtualClock();
  const budget = createPathBudget(clock);
  const went: (number | null)[] = [];
  const asked = Array.from({ length: 14 }, (_, index) =>
    budget
      .grant('10.0.0.1', `10.1.${index}.1`, open)
      .then((granted) => void went.push(granted ? Math.floor(clock.nowMs() / 1000) : null)),
  );
  await clock.run(Promise.all(asked));
  const inSecond = (second: number | null) => went.filter((each) => each === second).length;
  expect(inSecond(0)).toBe(5);
  for (const second of [1, 2, 3, 4]) expect(inSecond(second)).toBe(1);
  expect(inSecond(null)).toBeGreaterThanOrEqual(4);
});

test('a network that has not been traced yet goes before the neighbours of one that has', async () => {
  const clock = createVirtualClock();
  const budget = createPathBudget(clock);
  const order: string[] = [];
  const ask = (to: string) => budget.grant('10.0.0.1', to, open).then((granted) => void (granted && order.push(to)));
  const targets = ['10.1.0.1', '10.1.0.2', '10.1.0.3', '10.1.0.4', '10.1.0.5', '10.1.0.6', '10.2.0.1'];
  await clock.run(Promise.all(targets.map(ask)));
  expect(order.indexOf('10.2.0.1')).toBeLessThan(order.indexOf('10.1.0.6'));
});

test.each([
  ['10.1.2.3', '10.1.2.0/24'],
  ['2001:db8::7', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s lies in %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test('a pool works on so many at once, on each once, and begins none after the signal', async () => {
  const abort = new AbortController();
  let inside = 0;
  let most = 0;
  const done: number[] = [];
  const items = Array.from({ length: 20 }, (_, index) => index);
  await pool(items, 3, abort.signal, async (item) => {
    inside += 1;
    most = Math.max(most, inside);
    await Promise.resolve();
    inside -= 1;
    done.push(item);
    if (item === 9) abort.abort();
  });
  expect(most).toBe(3);
  expect(new Set(done).size).toBe(done.length);
  expect(done.length).toBeLessThan(14);
});

test('a question is asked once, and a session that ends early leaves it to the others', async () => {
  let asked = 0;
  let answer: (value: { kind: 'addresses'; addresses: readonly string[] }) => void = () => undefined;
  const system = () => {
    asked += 1;
    return new Promise((settle) => {
      answer = settle;
    });
  };
  const shared = shareResolver({ isTimed: true, system } as unknown as Resolver, open);
  const first = new AbortController();
  const early = shared.system('db1.example', [4, 6], first.signal);
  const late = shared.system('DB1.example', [4, 6], open);
  first.abort();
  expect(await early).toEqual({ kind: 'cancelled' });
  answer({ kind: 'addresses', addresses: ['10.1.0.1'] });
  expect(await late).toEqual({ kind: 'addresses', addresses: ['10.1.0.1'] });
  expect(asked).toBe(1);
});
