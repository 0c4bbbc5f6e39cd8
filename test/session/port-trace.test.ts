import { expect, test } from 'vitest';
import { readFlow } from '../../src/cli/catalogue/flow-files.ts';
import { DEFAULT_THRESHOLDS } from '../../src/domain/reading.ts';
import { runSession } from '../../src/session/live/run-session.ts';
import { replay } from '../../src/session/replay/replay.ts';
import { diagnose } from '../../src/session/report/diagnose.ts';
import { createFakeClock } from '../fake/clock.ts';
import type { FakeHost, FakeNetwork, FakeRouter } from '../fake/network.ts';
import { createFakeNetwork } from '../fake/network.ts';
import { type FakeHouse, fakePorts } from './fake-ports.ts';

const HOST = '10.9.9.9';
const FOUND = ['trace', 'portTrace'] as const;

type House = FakeHouse & { readonly network: FakeNetwork };

function houseOf(
  routers: readonly FakeRouter[],
  host: Partial<FakeHost> = {},
  ports: NonNullable<FakeHouse['ports']> = {},
): House {
  const clock = createFakeClock();
  const network = createFakeNetwork({ clock, routers, hosts: [{ address: HOST, ...host }] });
  return { clock, network, ports };
}

function routers(change: { readonly [hop: number]: Partial<FakeRouter> } = {}): readonly FakeRouter[] {
  return [1, 2, 3, 4].map((hop) => ({ address: `10.0.${hop}.1`, ...change[hop] }));
}

async function check(house: House, deadlineMs = 15_000) {
  const read = await readFlow('reachability');
  if (read.kind !== 'ok') throw new Error('the flow reachability is not valid');
  const { flow } = read;
  const startedMs = house.clock.nowMs();
  const result = await house.clock.run(
    runSession(
      {
        flow,
        target: { input: HOST, scheme: 'tcp', host: HOST, literal: HOST, port: 443 },
        families: [4, 6],
        deadlineMs,
        elapsedMs: 0,
        count: 20,
        answers: new Map(),
        thresholds: DEFAULT_THRESHOLDS,
        lang: 'en',
      },
      fakePorts(house),
      async () => ({ choice: 'unknown', sockets: null }),
      new AbortController().signal,
      () => undefined,
    ),
  );
  return { flow, result, draft: diagnose(flow, result), tookMs: house.clock.nowMs() - startedMs };
}

test('a silent port of a host that answers echoes is traced while it is still silent, and placed', async () => {
  const { draft, result, tookMs } = await check(houseOf(routers({ 2: { toSyns: 'drop' } })));
  expect(draft).toMatchObject({ code: 'port-filtered', where: { hop: 2, address: '10.0.2.1' } });
  expect(result.steps.at(-3)).toMatchObject({ id: 'filter-place', answer: 'yes', outcome: 'on-path' });
  // What connect() waits, and no more.
  expect(tookMs).toBeLessThan(2200);
});

test('a port that the target itself keeps silent about is placed there', async () => {
  const { draft } = await check(houseOf(routers(), { dropsSyns: true }));
  expect(draft).toMatchObject({ code: 'port-filtered', where: { hop: 5, address: HOST } });
});

test('a port of a host that is up by another answer only is traced as well', async () => {
  const ports = { 'tcp 22': { state: 'open' } } as const;
  const { draft, tookMs } = await check(houseOf(routers({ 2: { toSyns: 'drop' } }), { silent: true }, ports));
  expect(draft).toMatchObject({ code: 'port-filtered', where: { hop: 2, address: '10.0.2.1' } });
  expect(tookMs).toBeLessThan(3500);
});

test.each(['open', 'closed'] as const)('to a port that is %s by the host itself no trace is made', async (state) => {
  const house = houseOf(routers(), { openPorts: state === 'open' ? [443] : [] }, { 'tcp 443': { state } });
  const { result, draft } = await check(house);
  for (const probe of FOUND) expect(result.evidence[probe]).toBeUndefined();
  expect(draft.where).toBeNull();
  expect(house.network.sent.every(({ probe }) => probe.ttl === null)).toBe(true);
});

test('a reset from nearer than the host is told with the device that sent it', async () => {
  const house = houseOf(routers({ 3: { toSyns: 'reset' } }), {}, { 'tcp 443': { state: 'closed' } });
  const { draft, result } = await check(house);
  expect(result.evidence.connect?.resetTtl).toBe(62);
  expect(draft).toMatchObject({ code: 'port-closed', confidence: 'likely', where: { hop: 3, address: '10.0.3.1' } });
});

test('a deadline soon after the port was given up does not cost the verdict', async () => {
  const { draft } = await check(houseOf(routers({ 2: { toSyns: 'drop' } })), 2500);
  expect(draft.code).toBe('port-filtered');
});

test('the recorded evidence gives the same place again', async () => {
  const { flow, result, draft } = await check(houseOf(routers({ 3: { toSyns: 'drop' } })));
  const again = await replay(flow, { ...result, answers: new Map() }, 'en', () => undefined);
  expect(diagnose(flow, again)).toEqual(draft);
});

test('no router on the way is asked for more than six errors', async () => {
  const house = houseOf(routers({ 3: { toSyns: 'drop' } }));
  await check(house);
  for (const { address } of routers()) expect(house.network.errorsAskedOf(address)).toBeLessThanOrEqual(6);
});
