import { expect, test } from 'vitest';
import { readFlow } from '../../../src/cli/catalogue/flow-files.ts';
import type { SocketSource } from '../../../src/domain/ports.ts';
import { DEFAULT_THRESHOLDS } from '../../../src/domain/reading.ts';
import type { Target } from '../../../src/domain/target.ts';
import { type Ask, runSession } from '../../../src/session/live/run-session.ts';
import { replay } from '../../../src/session/replay/replay.ts';
import { diagnose } from '../../../src/session/report/diagnose.ts';
import type { SessionEvent } from '../../../src/session/view/session-event.ts';
import { createFakeClock } from '../../fake/clock.ts';
import { createFakeNetwork } from '../../fake/network.ts';
import { type FakeHouse, fakePorts } from '../fake-ports.ts';

const HOST = '10.9.9.9';
const target = (port: number | null, host = HOST): Target => ({
  input: host,
  scheme: 'tcp',
  host,
  literal: /^[\d.]+$/u.test(host) ? host : null,
  port,
});
const nobody: Ask = async () => null;
const unattended: Ask = async () => ({ choice: 'unknown', sockets: null });

async function reachability() {
  const read = await readFlow('reachability');
  if (read.kind !== 'ok') throw new Error('the flow reachability is not valid');
  return read.flow;
}

async function run(
  what: Target,
  house: Omit<FakeHouse, 'clock'> & Pick<FakeHouse, 'clock'>,
  ask: Ask = unattended,
  deadlineMs = 15_000,
) {
  const flow = await reachability();
  const events: SessionEvent[] = [];
  const interrupt = new AbortController();
  const startedMs = house.clock.nowMs();
  const result = await house.clock.run(
    runSession(
      {
        flow,
        target: what,
        families: [4, 6],
        deadlineMs,
        elapsedMs: 0,
        count: 20,
        answers: new Map(),
        thresholds: DEFAULT_THRESHOLDS,
        lang: 'en',
      },
      fakePorts(house),
      ask,
      interrupt.signal,
      (event) => events.push(event),
    ),
  );
  return { flow, result, draft: diagnose(flow, result), events, tookMs: house.clock.nowMs() - startedMs };
}

function healthyNetwork() {
  const clock = createFakeClock();
  const routers = [1, 2].map((hop) => ({ address: `10.0.${hop}.1`, rttMs: hop }));
  return { clock, network: createFakeNetwork({ clock, routers, hosts: [{ address: HOST }] }) };
}

function silentNetwork() {
  const clock = createFakeClock();
  const routers = [1, 2].map((hop) => ({ address: `10.0.${hop}.1`, rttMs: hop }));
  return { clock, network: createFakeNetwork({ clock, routers, hosts: [{ address: HOST, silent: true }] }) };
}

test('a healthy host is reachable, and nothing but echoes was sent to it', async () => {
  const house = healthyNetwork();
  const { draft } = await run(target(null), house);
  expect(draft).toMatchObject({ verdict: 'healthy', code: 'reachable', confidence: 'certain', notChecked: [] });
  expect(house.network.sent.every(({ probe }) => probe.kind === 'echo' && probe.ttl === null)).toBe(true);
});

test('a silent host with an answering port is up, its echo is filtered', async () => {
  const house = { ...silentNetwork(), ports: { 'tcp 443': { state: 'open' } as const } };
  expect((await run(target(null), house)).draft).toMatchObject({ verdict: 'degraded', code: 'icmp-filtered' });
});

test('an open port is healthy whatever ICMP says, which is told beside it', async () => {
  const house = { ...silentNetwork(), ports: { 'tcp 443': { state: 'open' } as const } };
  const { draft } = await run(target(443), house);
  expect(draft).toMatchObject({ verdict: 'healthy', code: 'port-open' });
  expect(draft.observations.map(({ code, severity }) => [code, severity])).toContainEqual(['icmp-filtered', 'info']);
});

test('where nothing answers the last hop that did is named, and the wait for a router’s late word is over in time', async () => {
  const { draft, tookMs } = await run(target(null), silentNetwork());
  expect(draft).toMatchObject({ code: 'path-blackhole', confidence: 'likely', where: { hop: 2, address: '10.0.2.1' } });
  expect(tookMs).toBeLessThan(4000);
});

test('without an engine for echo an answering port still makes the host reachable, and echo is not checked', async () => {
  const house = {
    clock: createFakeClock(),
    network: null,
    ports: { 'tcp 22': { state: 'closed', error: 'ECONNREFUSED' } as const },
  };
  const { draft } = await run(target(null), house);
  expect(draft).toMatchObject({ verdict: 'healthy', code: 'reachable', confidence: 'likely' });
  expect(draft.notChecked).toContainEqual({ code: 'icmp-filtered', reason: 'not-permitted' });
  expect(draft.ruledOut).not.toContain('icmp-filtered');
});

test('the deadline ends the run with what it knows; what it could still have been is not checked, and not ruled out', async () => {
  const house = { clock: createFakeClock(), network: null, isResolverDead: true };
  const { draft, result, tookMs } = await run(target(443, 'db.example'), house, unattended, 1000);
  expect(tookMs).toBeLessThanOrEqual(1000);
  expect(draft).toMatchObject({ verdict: 'inconclusive', code: 'deadline' });
  expect(draft.notChecked).toContainEqual({ code: 'resolver-unreachable', reason: 'deadline' });
  expect(draft.notChecked).toContainEqual({ code: 'port-closed', reason: 'deadline' });
  for (const { code } of draft.notChecked) expect(draft.ruledOut).not.toContain(code);
  expect(result.steps.at(-1)).toMatchObject({ id: 'name', outcome: 'unfinished', next: null });
});

test('a dead resolver is told after every one was asked for four seconds, not when the system gives up', async () => {
  const { clock, network } = healthyNetwork();
  const { draft, tookMs } = await run(target(443, 'db.example'), { clock, network, isResolverDead: true });
  expect(draft.code).toBe('resolver-unreachable');
  expect(tookMs).toBeLessThan(5000);
});

test('a name that does not exist ends at the name', async () => {
  const { draft } = await run(target(443, 'db.example'), healthyNetwork());
  expect(draft).toMatchObject({ verdict: 'fault', code: 'name-not-found', confidence: 'certain' });
});

test('a person’s answer decides where the target cannot be read, and is no more than likely', async () => {
  const house = { ...healthyNetwork(), ports: { 'tcp 443': { state: 'closed', error: 'ECONNREFUSED' } as const } };
  const asked: string[] = [];
  const { draft } = await run(target(443), house, async (id) => {
    asked.push(id);
    return { choice: 'loopback', sockets: null };
  });
  expect(asked).toEqual(['on-target']);
  expect(draft).toMatchObject({ code: 'listening-on-loopback', confidence: 'likely' });
});

test('what a person lets look at decides as a measurement does, and a replay without the person agrees', async () => {
  const house = { ...healthyNetwork(), ports: { 'tcp 443': { state: 'closed', error: 'ECONNREFUSED' } as const } };
  const nothing = { v6Only: null, process: null, pid: null, acceptQueue: null, backlog: null };
  const sockets: SocketSource = {
    host: 'pasted',
    equivalent: () => 'ss -ltunp',
    read: async () => ({
      listening: [{ protocol: 'tcp', family: 4, address: '127.0.0.1', port: 443, ...nothing }],
      gaps: [],
    }),
    owns: async () => null,
    interfacesOf: async () => null,
  };
  const { flow, result, draft } = await run(target(443), house, async () => ({ choice: 'paste', sockets }));
  expect(result.steps.at(-1)).toMatchObject({ id: 'looked', outcome: 'loopback-only' });
  expect(draft).toMatchObject({ code: 'listening-on-loopback', confidence: 'likely' });
  const again = diagnose(flow, await replay(flow, { ...result, answers: new Map() }, 'en', () => undefined));
  expect({ ...again }).toEqual(draft);
});

test('nobody’s answer ends the walk unfinished', async () => {
  const house = { ...healthyNetwork(), ports: { 'tcp 443': { state: 'closed', error: 'ECONNREFUSED' } as const } };
  expect((await run(target(443), house, nobody)).draft.code).toBe('deadline');
});

test.each([
  ['healthy', () => ({ ...healthyNetwork() }), target(null)],
  ['filtered', () => ({ ...silentNetwork(), ports: { 'tcp 22': { state: 'open' } as const } }), target(443)],
  ['black hole', () => ({ ...silentNetwork() }), target(80)],
  ['no engine', () => ({ clock: createFakeClock(), network: null }), target(null)],
])('%s: replayed on its own evidence, without a packet, it comes to the same draft', async (_, house, what) => {
  const { flow, result, draft } = await run(what, house());
  const again = await replay(flow, { ...result, answers: new Map([['on-target', 'unknown']]) }, 'en', () => undefined);
  expect(diagnose(flow, again)).toEqual(draft);
  expect(again.steps.map(({ id, outcome }) => [id, outcome])).toEqual(
    result.steps.map(({ id, outcome }) => [id, outcome]),
  );
});

test('every event is plain data that another process can be sent', async () => {
  const { events } = await run(target(null), healthyNetwork());
  expect(JSON.parse(JSON.stringify(events))).toEqual(events);
  expect(new Set(events.map(({ kind }) => kind))).toContain('probe-progress');
});
