import { expect, test } from 'vitest';
import type { NeighbourState } from '../../src/domain/evidence.ts';
import type { Machine } from '../../src/domain/ports.ts';
import type { RouteEvidence } from '../../src/evidence/route.ts';
import { neighbour } from '../../src/probe/neighbour.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

const ROUTE: RouteEvidence = {
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 10,
  equivalent: 'ip route get 10.9.0.7',
  to: '10.9.0.7',
  status: 'ok',
  error: null,
  interface: 'eth0',
  source: '10.0.0.2',
  gateway: '10.0.0.1',
  onLink: false,
  neighbour: 'none',
  mtu: 1500,
  usableFamilies: [4],
};

type Reads = { count: number; readonly asked: Set<string> };

function machineThatSees(
  stateAt: (nowMs: number) => NeighbourState | null,
  clock: VirtualClock,
  reads: Reads,
): Machine {
  return {
    route: async () => ({ kind: 'refused', errno: 'ENETUNREACH' }),
    addresses: async () => [],
    owns: () => false,
    neighbour: async (address, interfaceName) => {
      reads.count += 1;
      reads.asked.add(`${address} on ${interfaceName}`);
      return stateAt(clock.nowMs());
    },
  };
}

async function watch(
  stateAt: (nowMs: number) => NeighbourState | null,
  options: { readonly route?: RouteEvidence; readonly settleMs?: number; readonly signal?: AbortSignal } = {},
): Promise<{ readonly evidence: RouteEvidence; readonly reads: Reads }> {
  const clock = createVirtualClock();
  const reads: Reads = { count: 0, asked: new Set() };
  const { route = ROUTE, settleMs = 9500, signal = new AbortController().signal } = options;
  const machine = machineThatSees(stateAt, clock, reads);
  return { evidence: await clock.run(neighbour({ route, settleMs }, { machine, clock }, signal)), reads };
}

test.each(['reachable', 'permanent', 'noarp', 'failed', null] as const)(
  '%s is settled at the first look',
  async (state) => {
    const { evidence, reads } = await watch(() => state);
    expect(evidence).toMatchObject({ neighbour: state, durationMs: 10 });
    expect(reads.count).toBe(1);
  },
);

test('the watch ends in the moment of failure, before the next packet hides it', async () => {
  const { evidence } = await watch((nowMs) => (nowMs >= 3100 && nowMs < 3200 ? 'failed' : 'incomplete'));
  expect(evidence.neighbour).toBe('failed');
  expect(evidence.durationMs).toBeLessThanOrEqual(10 + 3200);
});

test('a stale entry is followed to the end of its probes', async () => {
  const { evidence } = await watch((nowMs) => (nowMs < 5000 ? 'delay' : nowMs < 8000 ? 'probe' : 'failed'));
  expect(evidence.neighbour).toBe('failed');
});

test('an entry that never settles is told as it was last', async () => {
  const { evidence } = await watch(() => 'probe', { settleMs: 4000 });
  expect(evidence.neighbour).toBe('probe');
  expect(evidence.durationMs).toBeGreaterThanOrEqual(4010);
});

test('an entry that stays incomplete for longer than three solicitations is not waited for', async () => {
  const { evidence } = await watch((nowMs) => (nowMs < 1000 ? 'none' : 'incomplete'));
  expect(evidence.neighbour).toBe('incomplete');
  expect(evidence.durationMs).toBeGreaterThanOrEqual(5000);
  expect(evidence.durationMs).toBeLessThan(5300);
});

test('the gateway is watched, or the target itself when it is on the link', async () => {
  expect([...(await watch(() => 'failed')).reads.asked]).toEqual(['10.0.0.1 on eth0']);
  const route = { ...ROUTE, gateway: null, onLink: true };
  const { evidence, reads } = await watch(() => 'failed', { route });
  expect([...reads.asked]).toEqual(['10.9.0.7 on eth0']);
  expect(evidence.equivalent).toBe('ip route get 10.9.0.7; ip neigh show to 10.9.0.7 dev eth0');
});

test('without a way there is no neighbour to watch', async () => {
  const route = { ...ROUTE, status: 'no-route', interface: null } as const;
  const { evidence, reads } = await watch(() => 'failed', { route });
  expect(evidence).toBe(route);
  expect(reads.count).toBe(0);
});

test('an abort keeps the state that was read last', async () => {
  const controller = new AbortController();
  const { evidence } = await watch(
    (nowMs) => {
      if (nowMs >= 1000) controller.abort();
      return controller.signal.aborted ? null : 'probe';
    },
    { signal: controller.signal },
  );
  expect(evidence.neighbour).toBe('probe');
  expect(evidence.durationMs).toBeLessThan(2000);
});
