import { expect, test } from 'vitest';
import type { Answer } from '../../../src/domain/prober.ts';
import type { PingEvidence } from '../../../src/evidence/ping.ts';
import type { ProbeEvent } from '../../../src/evidence/probe-event.ts';
import type { PingOptions } from '../../../src/probe/ping/options.ts';
import { ping } from '../../../src/probe/ping/ping.ts';
import { createFakeClock } from '../../fake/clock.ts';
import type { FakeHost, FakeNetwork, FakeNetworkOptions } from '../../fake/network.ts';
import { createFakeNetwork } from '../../fake/network.ts';

const TARGET = '10.0.9.9';
const PROHIBITED = { kind: 'prohibited', type: 3, code: 13 } as const;
const UNREACHABLE = { kind: 'host-unreachable', type: 3, code: 1 } as const;

type Run = { readonly evidence: PingEvidence; readonly network: FakeNetwork; readonly events: readonly ProbeEvent[] };

async function run(
  network: Omit<FakeNetworkOptions, 'clock'>,
  options: Partial<PingOptions> = {},
  abortAfterMs: number | null = null,
): Promise<Run> {
  const clock = createFakeClock();
  const prober = createFakeNetwork({ ...network, clock });
  const events: ProbeEvent[] = [];
  const stop = new AbortController();
  if (abortAfterMs !== null) clock.after(abortAfterMs, () => stop.abort());
  const evidence = await clock.run(
    ping({ address: TARGET, others: [], ...options }, { prober, unavailable: null, clock }, stop.signal, (event) =>
      events.push(event),
    ),
  );
  return { evidence, network: prober, events };
}

function host(more: Partial<FakeHost> = {}): readonly FakeHost[] {
  return [{ address: TARGET, rttMs: 1, ...more }];
}

test('a healthy host is asked twenty times in half a second, and the run ends with the last answer', async () => {
  const { evidence, network, events } = await run({ hosts: host() });
  expect(evidence).toMatchObject({
    method: 'raw',
    unavailable: null,
    address: TARGET,
    sent: 20,
    received: 20,
    lossPercent: 0,
    duplicates: 0,
    rttMs: { min: 1, median: 1, avg: 1, max: 1, stddev: 0 },
    jitterMs: 0,
    replyTtl: 64,
    errors: [],
    localError: null,
    lost: [],
    others: [],
    durationMs: 19 * 25 + 1,
    equivalent: 'ping -c 20 -i 0.2 10.0.9.9',
  });
  expect(evidence.lossInterval?.low).toBe(0);
  expect(evidence).not.toHaveProperty('cutShort');
  expect(network.inFlight()).toBe(0);
  expect(events.filter(({ kind }) => kind === 'echo-sent')).toHaveLength(20);
  expect(events).toContainEqual({ kind: 'echo-answered', sequence: 19, rttMs: 1, replyTtl: 64 });
});

test('a far host costs one round trip more and loses nothing', async () => {
  const { evidence } = await run({ hosts: host({ rttMs: 100 }) });
  expect(evidence).toMatchObject({ sent: 20, received: 20, lost: [], rttMs: { median: 100 } });
  expect(evidence.durationMs).toBeLessThan(700);
});

test('a very far host is still heard, and no echo of it counts as lost', async () => {
  const { evidence } = await run({ hosts: host({ rttMs: 1200 }) });
  expect(evidence).toMatchObject({ received: evidence.sent, lossPercent: 0, lost: [] });
  expect(evidence.durationMs).toBeLessThanOrEqual(3000);
});

test('one echo lost of twenty extends the sample before it is judged', async () => {
  const { evidence } = await run({ hosts: host({ loses: (packet) => packet === 4 }) });
  expect(evidence).toMatchObject({ sent: 100, received: 99, lossPercent: 1, lost: [4] });
  expect(evidence.durationMs).toBeLessThan(2500);
});

test('the last echo lost extends the sample too', async () => {
  const { evidence } = await run({ hosts: host({ loses: (packet) => packet === 19 }) });
  expect(evidence).toMatchObject({ sent: 100, received: 99, lost: [19] });
});

test('a tenth lost is measured on a hundred echoes, with an interval around it', async () => {
  const { evidence } = await run({ hosts: host({ rttMs: 30, loses: (packet) => packet % 10 === 3 }) });
  expect(evidence).toMatchObject({ sent: 100, received: 90, lossPercent: 10 });
  expect(evidence.lossInterval?.low).toBeGreaterThan(5);
  expect(evidence.lossInterval?.high).toBeLessThan(18);
  expect(evidence.durationMs).toBeLessThan(3000);
});

test('a lossy run to a slow host ends within three seconds', async () => {
  const { evidence } = await run({ hosts: host({ rttMs: 450, loses: (packet) => packet % 4 === 1 }) });
  expect(evidence.lossPercent).toBeGreaterThan(20);
  expect(evidence.sent).toBeGreaterThan(20);
  expect(evidence.durationMs).toBeLessThanOrEqual(3000);
});

test('an answer that comes late is an answer, and the extended sample is given up', async () => {
  const { evidence } = await run({ hosts: host({ rttMs: (packet) => (packet === 10 ? 400 : 1) }) });
  expect(evidence.received).toBe(evidence.sent);
  expect(evidence.lost).toEqual([]);
  expect(evidence.sent).toBeLessThan(40);
});

test('silence is believed after the patience given, at a slow pace', async () => {
  const { evidence, network } = await run({ hosts: host({ silent: true }) }, { patienceMs: 1600 });
  expect(evidence).toMatchObject({
    received: 0,
    lossPercent: 100,
    rttMs: null,
    jitterMs: null,
    replyTtl: null,
    errors: [],
    localError: null,
    durationMs: 1600,
  });
  const times = network.sent.map(({ atMs }) => atMs - 1000);
  expect(times).toEqual([0, 25, 300, 500, 700, 900, 1100, 1300]);
  expect(evidence.lost).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

test('the slow pace never sends more than the count', async () => {
  const { evidence } = await run({ hosts: host({ silent: true }) }, { count: 4 });
  expect(evidence.sent).toBe(4);
});

test('a prohibition is asked three times, a quarter of a second apart', async () => {
  const { evidence, network, events } = await run({
    routers: [{ address: '10.0.1.1' }, { address: '10.0.2.1' }, { address: '10.0.3.1', refuses: PROHIBITED }],
  });
  expect(evidence).toMatchObject({
    sent: 3,
    received: 0,
    errors: [{ ...PROHIBITED, from: '10.0.3.1', count: 3 }],
    lost: [0, 1, 2],
  });
  expect(network.errorsAskedOf('10.0.3.1')).toBe(3);
  expect(evidence.durationMs).toBeGreaterThanOrEqual(500);
  expect(evidence.durationMs).toBeLessThan(600);
  expect(events).toContainEqual({ kind: 'echo-error', sequence: 0, error: { ...PROHIBITED, from: '10.0.3.1' } });
});

test('a prohibition from far away is asked three times as well', async () => {
  const { network } = await run({ routers: [{ address: '10.0.1.1', rttMs: 90, refuses: PROHIBITED }] });
  expect(network.errorsAskedOf('10.0.1.1')).toBe(3);
});

test('a loop with a long way round asks for few errors', async () => {
  const { network } = await run({
    routers: [
      { address: '10.0.1.1', rttMs: 640 },
      { address: '10.0.2.1', rttMs: 640 },
    ],
    loopsBackTo: 0,
  });
  expect(network.errorsAskedOf('10.0.1.1') + network.errorsAskedOf('10.0.2.1')).toBeLessThanOrEqual(6);
});

test('a passing error is followed by an ordinary run', async () => {
  const { evidence } = await run({
    routers: [{ address: '10.0.1.1', rttMs: 1, refuses: { ...UNREACHABLE, when: (packet) => packet === 0 } }],
    hosts: host(),
  });
  expect(evidence.received).toBe(evidence.sent - 1);
  expect(evidence.sent).toBeGreaterThan(20);
  expect(evidence.errors).toEqual([{ ...UNREACHABLE, from: '10.0.1.1', count: 1 }]);
});

test('errors between replies end the run before a router has spent its six', async () => {
  const { evidence, network } = await run({
    routers: [{ address: '10.0.1.1', rttMs: 1, refuses: { ...UNREACHABLE, when: (packet) => packet % 2 === 1 } }],
    hosts: host(),
  });
  expect(network.errorsAskedOf('10.0.1.1')).toBeLessThanOrEqual(6);
  expect(evidence.received).toBeGreaterThan(0);
});

test('what this machine refuses to send is not sent, and two refusals end it', async () => {
  const { evidence, network } = await run({ hosts: host(), localError: () => 'EPERM' });
  expect(evidence).toMatchObject({
    method: 'raw',
    sent: 0,
    received: 0,
    lossPercent: null,
    lossInterval: null,
    localError: 'EPERM',
    lost: [],
  });
  expect(network.sent).toEqual([]);
  expect(evidence.durationMs).toBeLessThan(100);
});

test('an echo that found the queue full is sent again and is not lost', async () => {
  const { evidence } = await run({ hosts: host(), localError: (packet) => (packet === 5 ? 'ENOBUFS' : null) });
  expect(evidence).toMatchObject({ sent: 20, received: 20, localError: null, lost: [] });
});

test('a queue that stays full is told as this machine not sending', async () => {
  const { evidence } = await run({ hosts: host(), localError: () => 'ENOBUFS' });
  expect(evidence).toMatchObject({ sent: 0, localError: 'ENOBUFS', lossPercent: null });
  expect(evidence.durationMs).toBeLessThanOrEqual(1700);
});

test('further answers to an echo are counted apart', async () => {
  const { evidence } = await run({ hosts: host({ duplicates: 2 }) });
  expect(evidence).toMatchObject({ sent: 20, received: 20, lossPercent: 0 });
  expect(evidence.duplicates).toBeGreaterThanOrEqual(38);
});

test('jitter is the mean step between neighbours', async () => {
  const { evidence } = await run({ hosts: host({ rttMs: (packet) => (packet % 2 === 0 ? 10 : 50) }) });
  expect(evidence.jitterMs).toBeCloseTo(40, 1);
});

test('an address resolution before the first answer is no jitter', async () => {
  const { evidence } = await run({ hosts: host({ rttMs: (packet) => (packet < 2 ? 600 - 25 * packet : 1) }) });
  expect(evidence).toMatchObject({ received: 20, jitterMs: 0, rttMs: { median: 1 } });
});

test('an early end leaves out what could still have been answered', async () => {
  const { evidence, network } = await run({ hosts: host({ rttMs: 100 }) }, {}, 130);
  expect(evidence).toMatchObject({ received: 2, lossPercent: 0, lost: [], cutShort: true, durationMs: 130 });
  expect(evidence.sent).toBeGreaterThan(2);
  expect(network.inFlight()).toBe(0);
});

test('an end before the beginning sends nothing', async () => {
  const { evidence, network } = await run({ hosts: host({ silent: true }) }, { others: ['10.0.9.8'] }, 0);
  expect(evidence.lossPercent).toBeNull();
  expect(evidence.cutShort).toBe(true);
  expect(network.inFlight()).toBe(0);
});

test('other addresses get four echoes each, beside the first', async () => {
  const { evidence } = await run(
    {
      hosts: [
        ...host(),
        { address: '10.0.9.1', rttMs: 1 },
        { address: '10.0.9.2', silent: true },
        { address: '10.0.9.3', rttMs: 1, refuses: PROHIBITED },
      ],
    },
    { others: ['10.0.9.1', '10.0.9.2', '10.0.9.3'] },
  );
  expect(evidence.others).toEqual([
    { address: '10.0.9.1', sent: 4, received: 4, errors: [], localError: null },
    { address: '10.0.9.2', sent: 4, received: 0, errors: [], localError: null },
    {
      address: '10.0.9.3',
      sent: 2,
      received: 0,
      errors: [{ ...PROHIBITED, from: '10.0.9.3', count: 2 }],
      localError: null,
    },
  ]);
  expect(evidence.durationMs).toBe(1500);
});

test('an other address that loses one echo does not hold up the run', async () => {
  const { evidence } = await run(
    { hosts: [...host(), { address: '10.0.9.1', rttMs: 1, loses: (packet) => packet === 3 }] },
    { others: ['10.0.9.1'] },
  );
  expect(evidence.others[0]).toMatchObject({ sent: 4, received: 3 });
  expect(evidence.durationMs).toBeLessThan(500);
});

test('without an engine nothing is sent, and why is told', async () => {
  const clock = createFakeClock();
  const unavailable = { reason: 'not-permitted', obstacles: [{ code: 'no-raw-socket' }] } as const;
  const options = { address: '2001:db8::9', others: [] };
  const signal = new AbortController().signal;
  const none = await clock.run(ping(options, { prober: null, unavailable, clock }, signal, () => undefined));
  expect(none).toMatchObject({ method: null, unavailable, sent: 0, lossPercent: null, rttMs: null });
  expect(none.equivalent).toBe('ping -6 -c 20 -i 0.2 2001:db8::9');

  const prober = createFakeNetwork({ clock, lacks: { echo: unavailable } });
  const lacking = await clock.run(ping(options, { prober, unavailable: null, clock }, signal, () => undefined));
  expect(lacking).toMatchObject({ method: null, unavailable, sent: 0 });
  expect(prober.sent).toEqual([]);
});

test('the payload is as large as asked, and the equivalent says so', async () => {
  const { evidence, network } = await run({ hosts: host() }, { payloadBytes: 1000, count: 3 });
  expect(network.sent.every(({ probe }) => probe.kind === 'echo' && probe.payloadBytes === 1000)).toBe(true);
  expect(evidence.equivalent).toBe('ping -c 3 -i 0.2 -s 1000 10.0.9.9');
});

test('what comes for an echo after a run in silence is told', async () => {
  const clock = createFakeClock();
  const prober = createFakeNetwork({ hosts: host({ rttMs: 2500 }), clock });
  const late: Answer[] = [];
  const stop = new AbortController();
  const options = { address: TARGET, others: [], onLate: (answer: Answer) => void late.push(answer) };
  const evidence = await clock.run(ping(options, { prober, unavailable: null, clock }, stop.signal, () => undefined));
  expect(evidence).toMatchObject({ received: 0, durationMs: 1600 });
  await clock.run(clock.sleep(1000, stop.signal));
  expect(late[0]).toMatchObject({ kind: 'reply' });
  stop.abort();
  expect(prober.inFlight()).toBe(0);
});
