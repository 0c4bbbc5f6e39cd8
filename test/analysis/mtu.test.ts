import { expect, test } from 'vitest';
import { alternativesTo, confidenceOf } from '../../src/analysis/codes/alternatives.ts';
import { observe } from '../../src/analysis/codes/observe.ts';
import { CODE_RULES } from '../../src/analysis/codes/table.ts';
import type { Context } from '../../src/analysis/context.ts';
import { factsOf } from '../../src/analysis/facts/facts.ts';
import { readMtu } from '../../src/analysis/mtu.ts';
import { DEFAULT_THRESHOLDS } from '../../src/domain/reading.ts';
import type { Evidence } from '../../src/evidence/kinds.ts';
import type { MtuEvidence } from '../../src/evidence/mtu.ts';
import type { PingEvidence } from '../../src/evidence/ping.ts';
import type { TraceEvidence } from '../../src/evidence/trace.ts';
import { ROUTE_BY_GATEWAY } from './route-evidence.ts';

const ADDRESS = '10.9.0.7';
const ROUTER = '10.0.4.1';

const CONTEXT: Context = {
  target: { input: ADDRESS, scheme: 'tcp', host: ADDRESS, literal: ADDRESS, port: null },
  address: ADDRESS,
  families: [4, 6],
  thresholds: DEFAULT_THRESHOLDS,
  deadlineS: 15,
};

const PASSES: MtuEvidence = {
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 1,
  equivalent: `ping -M do -c 2 -s 1472 ${ADDRESS}`,
  method: 'raw',
  unavailable: null,
  address: ADDRESS,
  fullSize: 1500,
  pathMtu: 1500,
  blackhole: false,
  reportedBy: null,
  localError: null,
  sizes: [{ bytes: 1500, sent: 1, answered: 1 }],
  lastPassing: null,
  firstFailing: null,
};
const REDUCED: MtuEvidence = { ...PASSES, pathMtu: 1400, reportedBy: ROUTER };
const VANISHES: MtuEvidence = {
  ...PASSES,
  pathMtu: 1300,
  blackhole: true,
  lastPassing: { hop: 4, address: ROUTER },
  firstFailing: { hop: 5, address: '10.0.5.1' },
};

const PING: PingEvidence = {
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 500,
  equivalent: `ping -c 20 ${ADDRESS}`,
  method: 'raw',
  unavailable: null,
  address: ADDRESS,
  sent: 20,
  received: 20,
  lossPercent: 0,
  lossInterval: { low: 0, high: 16 },
  duplicates: 0,
  rttMs: { min: 1, median: 1, avg: 1, max: 1, stddev: 0 },
  jitterMs: 0,
  replyTtl: 60,
  errors: [],
  localError: null,
  lost: [],
  others: [],
};

const TRACE: TraceEvidence = {
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 30,
  equivalent: `traceroute -I -n ${ADDRESS}`,
  method: 'raw',
  unavailable: null,
  address: ADDRESS,
  protocol: 'icmp',
  outcome: 'reached',
  hops: [1, 2, 3, 4].map((ttl) => ({
    ttl,
    addresses: [`10.0.${ttl}.1`],
    sent: 2,
    received: 2,
    rttMs: null,
    error: null,
  })),
  loop: [],
};

const seen = (mtu: MtuEvidence, more: Evidence = {}): Evidence => ({
  route: ROUTE_BY_GATEWAY,
  ping: PING,
  mtu,
  ...more,
});

test.each<[string, Evidence, ReturnType<typeof readMtu>]>([
  ['nothing was sent', {}, { outcome: 'unavailable', where: null, confidence: 'possible' }],
  [
    'no engine',
    seen({ ...PASSES, method: null, pathMtu: null }),
    { outcome: 'unavailable', where: null, confidence: 'possible' },
  ],
  [
    'this machine would not send large packets',
    seen({ ...PASSES, pathMtu: null, localError: 'EPERM' }),
    { outcome: 'unavailable', where: null, confidence: 'possible' },
  ],
  [
    'too few answers of any size',
    seen({ ...PASSES, pathMtu: null }),
    { outcome: 'unreached', where: null, confidence: 'possible' },
  ],
  ['the full size passes', seen(PASSES), { outcome: 'ok', where: null, confidence: 'certain' }],
  [
    'the full size of an interface that was narrower than its route said',
    seen({ ...PASSES, fullSize: 1400, pathMtu: 1400 }),
    { outcome: 'ok', where: null, confidence: 'certain' },
  ],
  [
    'a narrower link was reported',
    seen(REDUCED),
    { outcome: 'reduced', where: { hop: null, address: ROUTER }, confidence: 'certain' },
  ],
  [
    'a narrower link was reported by a router that a trace met',
    seen(REDUCED, { trace: TRACE }),
    { outcome: 'reduced', where: { hop: 4, address: ROUTER }, confidence: 'certain' },
  ],
  [
    'large packets stop before a router that answers small ones',
    seen(VANISHES),
    { outcome: 'blackhole', where: { hop: 4, address: ROUTER }, confidence: 'certain' },
  ],
  [
    'large packets stop before the target, which may refuse them itself',
    seen({ ...VANISHES, firstFailing: { hop: 5, address: ADDRESS } }),
    { outcome: 'blackhole', where: { hop: 4, address: ROUTER }, confidence: 'likely' },
  ],
  [
    'large packets stop before a hop that answers nothing',
    seen({ ...VANISHES, firstFailing: null }),
    { outcome: 'blackhole', where: { hop: 4, address: ROUTER }, confidence: 'likely' },
  ],
  [
    'large packets do not even pass the first link',
    seen({ ...VANISHES, lastPassing: { hop: 0, address: null } }),
    { outcome: 'blackhole', where: { hop: 0, address: '10.0.0.2' }, confidence: 'certain' },
  ],
])('%s', (_, evidence, reading) => {
  expect(readMtu(evidence)).toEqual(reading);
});

test('a target on the link is the same with and without its zone', () => {
  const firstFailing = { hop: 1, address: 'fe80::7' };
  const evidence = seen({ ...VANISHES, address: 'fe80::7%eth0', firstFailing });
  expect(readMtu(evidence).confidence).toBe('likely');
});

test.each([
  ['passes', PASSES, []],
  ['reduced', REDUCED, [{ code: 'path-mtu-reduced', severity: 'info' }]],
  ['vanishes', VANISHES, [{ code: 'path-mtu-blackhole', severity: 'warning' }]],
] as const)('%s: what is observed beside a diagnosis', (_, mtu, expected) => {
  expect(observe(seen(mtu), CONTEXT)).toEqual(expected);
});

test('the place and the confidence of the findings are those of the reading', () => {
  expect(CODE_RULES['path-mtu-blackhole'].place(seen(VANISHES), CONTEXT)).toEqual({ hop: 4, address: ROUTER });
  expect(CODE_RULES['path-mtu-reduced'].place(seen(REDUCED), CONTEXT)).toEqual({ hop: null, address: ROUTER });
  expect(confidenceOf(alternativesTo('path-mtu-blackhole', seen(VANISHES), CONTEXT))).toBe('certain');
  expect(confidenceOf(alternativesTo('path-mtu-blackhole', seen({ ...VANISHES, firstFailing: null }), CONTEXT))).toBe(
    'likely',
  );
});

test('chance is excluded where large packets vanish; a target that refuses large echoes is not', () => {
  const open = alternativesTo('path-mtu-blackhole', seen({ ...VANISHES, firstFailing: null }), CONTEXT);
  expect(open.map(({ code }) => code)).toEqual(['icmp-filtered']);
});

test.each([
  ['passes', seen(PASSES), 'ruled-out', 'ruled-out'],
  ['reduced', seen(REDUCED), 'no-vantage', null],
  ['unreached', seen({ ...PASSES, pathMtu: null }), 'not-answered', 'not-answered'],
  ['no engine', seen({ ...PASSES, method: null, pathMtu: null }), 'not-permitted', 'not-permitted'],
  ['not looked at', { ping: PING }, null, null],
] as const)('%s: what is ruled out, and what is not checked', (_, evidence, blackhole, reduced) => {
  expect(CODE_RULES['path-mtu-blackhole'].judge(evidence, CONTEXT)).toBe(blackhole);
  expect(CODE_RULES['path-mtu-reduced'].judge(evidence, CONTEXT)).toBe(reduced);
});

test('a host that drops every echo and is up all the same may hide behind a black hole', () => {
  const attempt = {
    address: ADDRESS,
    port: 443,
    protocol: 'tcp',
    state: 'open',
    ms: 1,
    error: null,
    icmp: null,
    dropped: null,
  } as const;
  const { startedAt, durationMs, equivalent } = PASSES;
  const connect = { startedAt, durationMs, equivalent, attempts: [attempt], icmpSeen: true, sideError: null };
  const silent = { ...PING, received: 0, lossPercent: 100 };
  expect(CODE_RULES['path-mtu-blackhole'].judge({ ping: silent, connect }, CONTEXT)).toBe('not-answered');
  expect(CODE_RULES['path-mtu-blackhole'].judge({ ping: silent }, CONTEXT)).toBe(null);
});

test('where the target itself may refuse large echoes, a filter for them is not ruled out', () => {
  expect(CODE_RULES['icmp-filtered'].judge(seen(VANISHES), CONTEXT)).toBe('ruled-out');
  expect(CODE_RULES['icmp-filtered'].judge(seen({ ...VANISHES, firstFailing: null }), CONTEXT)).toBe(null);
});

test.each([
  [ADDRESS, '1260'],
  ['2001:db8::7', '1240'],
])('the TCP segments that fit for %s are %s bytes long', (address, mss) => {
  const facts = factsOf('path-mtu-blackhole', null, seen({ ...VANISHES, address }), CONTEXT, 'en');
  expect(facts).toMatchObject({ 'path-mtu': '1300', mss });
});

test('what is not known is not made up', () => {
  expect(factsOf('path-mtu-blackhole', null, seen({ ...VANISHES, pathMtu: null }), CONTEXT, 'en').mss).toBe('?');
});
