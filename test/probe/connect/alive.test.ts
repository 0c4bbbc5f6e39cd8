import { expect, test } from 'vitest';
import type { ConnectRequest } from '../../../src/domain/ports.ts';
import { alive } from '../../../src/probe/connect/alive.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import type { Behaviour } from './connect-fakes.ts';
import { fakeConnector } from './connect-fakes.ts';

const A = '10.0.0.5';
const B = '10.0.0.6';
const options = { addresses: [A], askedPort: null, highPort: 41234, timeoutMs: 1500 } as const;

function network(behave: (request: ConnectRequest) => Behaviour) {
  const clock = createVirtualClock();
  return { clock, ...fakeConnector(clock, behave) };
}

const never = () => new AbortController().signal;
const ignore = (): void => {};

test('knocks at the well-known ports and one high UDP port, and waits out the silence', async () => {
  const { connector, clock } = network(() => ({ state: 'filtered' }));
  const attempts = await clock.run(alive(options, { connector }, never(), ignore));
  expect(attempts.map(({ protocol, port, state }) => `${protocol} ${port} ${state}`)).toEqual([
    'tcp 22 filtered',
    'tcp 80 filtered',
    'tcp 443 filtered',
    'tcp 445 filtered',
    'tcp 3389 filtered',
    'udp 41234 filtered',
  ]);
  expect(clock.nowMs()).toBe(1500);
});

test('the asked port is not knocked at again', async () => {
  const { connector, clock, requests } = network(() => ({ state: 'filtered' }));
  await clock.run(alive({ ...options, askedPort: 443 }, { connector }, never(), ignore));
  expect(requests.map(({ port }) => port)).toEqual([22, 80, 445, 3389, 41234]);
});

test('the first proof ends the waiting, and what was cut off is not told as silence', async () => {
  const { connector, clock } = network(({ port }) =>
    port === 445 ? { state: 'closed', ms: 30 } : { state: 'filtered' },
  );
  const attempts = await clock.run(alive(options, { connector }, never(), ignore));
  expect(attempts).toMatchObject([{ port: 445, state: 'closed' }]);
  expect(clock.nowMs()).toBe(30);
});

test('with several addresses each needs its own proof', async () => {
  const { connector, clock } = network(({ address, port }) => {
    if (port !== 22) return { state: 'filtered' };
    return { state: 'open', ms: address === A ? 10 : 700 };
  });
  const attempts = await clock.run(alive({ ...options, addresses: [A, B] }, { connector }, never(), ignore));
  expect(attempts.map(({ address }) => address)).toEqual([A, B]);
  expect(clock.nowMs()).toBe(700);
});

test('a rejection in the name of a router is no proof and ends nothing', async () => {
  const icmp = { kind: 'prohibited', from: '10.0.0.1', type: 3, code: 13 } as const;
  const { connector, clock } = network(({ port }) =>
    port === 22 ? { state: 'rejected', ms: 5, icmp } : { state: 'filtered' },
  );
  const attempts = await clock.run(alive(options, { connector }, never(), ignore));
  expect([attempts.length, clock.nowMs()]).toEqual([6, 1500]);
});

test('an abort gives what is known by then', async () => {
  const icmp = { kind: 'prohibited', from: '10.0.0.1', type: 3, code: 13 } as const;
  const { connector, clock } = network(({ port }) =>
    port === 22 ? { state: 'rejected', ms: 5, icmp } : { state: 'filtered' },
  );
  const run = new AbortController();
  void clock.sleep(100, never()).then(() => run.abort());
  expect(await clock.run(alive(options, { connector }, run.signal, ignore))).toMatchObject([
    { port: 22, state: 'rejected' },
  ]);
});

test('an address to which nothing can leave keeps nobody waiting', async () => {
  const { connector, clock } = network(({ address, port }) => {
    if (address === B) return { state: 'local-error', error: 'ENETUNREACH' };
    return port === 22 ? { state: 'open', ms: 10 } : { state: 'filtered' };
  });
  const attempts = await clock.run(alive({ ...options, addresses: [A, B] }, { connector }, never(), ignore));
  expect(attempts.filter(({ address }) => address === A)).toMatchObject([{ port: 22, state: 'open' }]);
  expect(clock.nowMs()).toBe(10);
});
