import { expect, test } from 'vitest';
import type { Answer, Prober } from '../../../src/domain/prober.ts';
import type { ProbeEvent } from '../../../src/evidence/probe-event.ts';
import { connect } from '../../../src/probe/connect/connect.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import type { Behaviour } from './connect-fakes.ts';
import { fakeConnector, fakeProber } from './connect-fakes.ts';

const A = '10.0.0.5';
const B = '10.0.0.6';
const options = { addresses: [A], port: 80, protocol: 'tcp', timeoutMs: 2000, watchMs: 50 } as const;
const SILENT: Answer = { kind: 'silent', waitedMs: 150 };
const EPERM: Answer = { kind: 'local-error', code: 'EPERM' };

/** A network in which each address behaves as given, and datagrams as `udp`. */
function network(behaviours: Readonly<Record<string, Behaviour>>, prober: Prober | null, udp?: Behaviour) {
  const clock = createVirtualClock();
  const fake = fakeConnector(clock, ({ address, protocol }) =>
    protocol === 'udp' && udp !== undefined ? udp : (behaviours[address] ?? { state: 'filtered' }),
  );
  return { ports: { connector: fake.connector, prober, clock }, requests: fake.requests };
}

const never = () => new AbortController().signal;
const ignore = (): void => {};

test('tries every address at once and tells the attempts in the order of the addresses', async () => {
  const { ports } = network({ [A]: { state: 'open', ms: 20 }, [B]: { state: 'closed', ms: 5 } }, null);
  const evidence = await ports.clock.run(connect({ ...options, addresses: [A, B] }, ports, never(), ignore));
  expect(evidence.attempts.map(({ address, state }) => [address, state])).toEqual([
    [A, 'open'],
    [B, 'closed'],
  ]);
  expect(evidence.durationMs).toBe(20);
});

test('tries the first eight addresses and no more', async () => {
  const addresses = Array.from({ length: 12 }, (_, index) => `10.0.0.${index + 1}`);
  const { ports, requests } = network({}, null, { state: 'filtered' });
  const evidence = await ports.clock.run(connect({ ...options, addresses }, ports, never(), ignore));
  expect(evidence.attempts.map(({ address }) => address)).toEqual(addresses.slice(0, 8));
  expect(requests.filter(({ protocol }) => protocol === 'tcp')).toHaveLength(8);
});

test('without a port nothing is sent', async () => {
  const { ports, requests } = network({}, null);
  const evidence = await ports.clock.run(connect({ ...options, port: null }, ports, never(), ignore));
  expect([evidence.attempts, requests]).toEqual([[], []]);
});

test('a silent first address is asked past connect() too, and a refusal there is kept', async () => {
  const { prober, sent } = fakeProber(EPERM);
  const { ports } = network({}, prober);
  const evidence = await ports.clock.run(connect({ ...options, addresses: [A, B] }, ports, never(), ignore));
  expect(evidence.sideError).toBe('EPERM');
  expect(sent).toMatchObject([{ kind: 'syn', to: A, port: 80 }]);
});

test('silence past connect() says nothing more', async () => {
  const { prober } = fakeProber(SILENT);
  const { ports } = network({}, prober);
  expect((await ports.clock.run(connect(options, ports, never(), ignore))).sideError).toBeNull();
});

test('a late RST past connect() does not change the silent attempt', async () => {
  const { prober } = fakeProber({ kind: 'reset', from: A, rttMs: 1, replyTtl: 64 });
  const { ports } = network({}, prober);
  const evidence = await ports.clock.run(connect(options, ports, never(), ignore));
  expect([evidence.attempts[0]?.state, evidence.sideError]).toEqual(['filtered', null]);
});

test('a healthy port costs no further packet', async () => {
  const { prober, sent } = fakeProber(EPERM);
  const { ports, requests } = network({ [A]: { state: 'open', ms: 100 } }, prober);
  const evidence = await ports.clock.run(connect(options, ports, never(), ignore));
  expect([evidence.sideError, sent, requests.length]).toEqual([null, [], 1]);
});

test('a reset may come from a rule of this machine, which refuses the raw packet', async () => {
  const { prober } = fakeProber(EPERM);
  const { ports } = network({ [A]: { state: 'closed', error: 'ECONNREFUSED' } }, prober);
  expect((await ports.clock.run(connect(options, ports, never(), ignore))).sideError).toBe('EPERM');
});

test('an ICMP error that answered is not asked for again', async () => {
  const { prober, sent } = fakeProber(EPERM);
  const icmp = { kind: 'prohibited', from: '10.0.0.1', type: 3, code: 13 } as const;
  const { ports } = network({ [A]: { state: 'rejected', icmp } }, prober);
  expect((await ports.clock.run(connect(options, ports, never(), ignore))).sideError).toBeNull();
  expect(sent).toEqual([]);
});

test.each([
  ['without a prober', null],
  [
    'with one that cannot send a SYN',
    fakeProber(EPERM, { syn: { reason: 'not-supported', obstacles: [{ code: 'engine-left-out' }] } }).prober,
  ],
  ['with one whose SYNs are connections of the kernel', { ...fakeProber(SILENT).prober, method: 'kernel' as const }],
])('%s a datagram to the same port asks the local firewall', async (_name, prober) => {
  const { ports, requests } = network({}, prober, { state: 'local-error', error: 'EPERM' });
  const evidence = await ports.clock.run(connect(options, ports, never(), ignore));
  expect(evidence.sideError).toBe('EPERM');
  expect(requests.filter(({ protocol }) => protocol === 'udp')).toMatchObject([{ address: A, port: 80 }]);
});

test('only a refusal by a firewall is kept, not any local error', async () => {
  const { ports } = network({}, fakeProber({ kind: 'local-error', code: 'ENOBUFS' }).prober);
  expect((await ports.clock.run(connect(options, ports, never(), ignore))).sideError).toBeNull();
});

test('an abort leaves out what was not answered, and says so', async () => {
  const { ports } = network({ [B]: { state: 'closed', ms: 5 } }, null);
  const run = new AbortController();
  void ports.clock.sleep(100, never()).then(() => run.abort());
  const evidence = await ports.clock.run(connect({ ...options, addresses: [A, B] }, ports, run.signal, ignore));
  expect(evidence.attempts.map(({ address }) => address)).toEqual([B]);
  expect(evidence.cutShort).toBe(true);
});

test('tells each attempt when it starts and when it has an answer', async () => {
  const { ports } = network({ [A]: { state: 'open' } }, null);
  const events: ProbeEvent[] = [];
  await ports.clock.run(connect(options, ports, never(), (event) => events.push(event)));
  expect(events).toMatchObject([
    { kind: 'attempt-started', address: A },
    { kind: 'attempt', attempt: { state: 'open' } },
  ]);
});

test('names the command that shows the same', async () => {
  const { ports } = network({ [A]: { state: 'open' } }, null);
  expect((await ports.clock.run(connect(options, ports, never(), ignore))).equivalent).toBe('nc -vz -w 2 10.0.0.5 80');
  const udp = await ports.clock.run(connect({ ...options, protocol: 'udp' }, ports, never(), ignore));
  expect(udp.equivalent).toBe('nc -vzu -w 2 10.0.0.5 80');
});
