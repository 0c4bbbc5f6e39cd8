import { expect, test } from 'vitest';
import type { IpAddress } from '../../src/domain/address.ts';
import type { Machine, RouteAnswer, UsableAddress } from '../../src/domain/ports.ts';
import type { RouteEvidence } from '../../src/evidence/route.ts';
import { type RouteOptions, route } from '../../src/probe/route.ts';
import { createVirtualClock } from './virtual-clock.ts';

const ETH0_V4: UsableAddress = { interface: 'eth0', address: '10.0.0.2', family: 4, scope: 'global' };
const ETH0_V6: UsableAddress = { interface: 'eth0', address: '2001:db8:1::2', family: 6, scope: 'global' };
const ETH0_LINK6: UsableAddress = { interface: 'eth0', address: 'fe80::2%eth0', family: 6, scope: 'link' };
const ETH0_LINK4: UsableAddress = { interface: 'eth0', address: '169.254.1.2', family: 4, scope: 'link' };

const WAY = {
  kind: 'route',
  local: false,
  interface: 'eth0',
  source: '10.0.0.2',
  gateway: '10.0.0.1',
  onLink: false,
  mtu: 1500,
} as const satisfies RouteAnswer;
const REFUSED = (errno: string): RouteAnswer => ({ kind: 'refused', errno });

type Facts = {
  readonly routes?: Readonly<Record<IpAddress, RouteAnswer>>;
  readonly usable?: readonly UsableAddress[] | null;
  readonly own?: readonly IpAddress[];
};

function look(options: RouteOptions, facts: Facts): Promise<RouteEvidence> {
  const clock = createVirtualClock();
  const machine: Machine = {
    route: async (to) => facts.routes?.[to] ?? REFUSED('ENETUNREACH'),
    addresses: async () => (facts.usable === undefined ? [] : facts.usable),
    owns: (address) => facts.own?.includes(address) ?? false,
    neighbour: async (address, interfaceName) =>
      address === '10.0.0.1' && interfaceName === 'eth0' ? 'stale' : 'none',
  };
  return clock.run(route(options, { machine, clock }, new AbortController().signal));
}

test('a route by a gateway is told with the state of the gateway', async () => {
  const evidence = await look({ to: '10.9.0.7', families: [4, 6] }, { routes: { '10.9.0.7': WAY }, usable: [ETH0_V4] });
  expect(evidence).toMatchObject({
    status: 'ok',
    gateway: '10.0.0.1',
    onLink: false,
    neighbour: 'stale',
    mtu: 1500,
    error: null,
  });
  expect(evidence.equivalent).toBe('ip route get 10.9.0.7');
});

test.each([
  { name: 'nothing but loopback', to: '10.9.0.7', usable: [], routes: {} },
  {
    name: 'an interface that lost its carrier and kept its route',
    to: '10.9.0.7',
    usable: [],
    routes: { '10.9.0.7': WAY },
  },
  { name: 'only the other family', to: '2001:db8:9::7', usable: [ETH0_V4], routes: {} },
  { name: 'link-local only for a target beyond the link', to: '2001:db8:9::7', usable: [ETH0_LINK6], routes: {} },
  {
    name: 'a default route with a link-local source',
    to: '10.9.0.7',
    usable: [ETH0_LINK4],
    routes: { '10.9.0.7': { ...WAY, source: '169.254.1.2' } },
  },
  { name: 'another link than the one of the target', to: 'fe80::9%eth1', usable: [ETH0_LINK6], routes: {} },
])('there is no network with $name', async ({ to, usable, routes }) => {
  expect(await look({ to, families: [4, 6] }, { usable, routes })).toMatchObject({
    status: 'no-network',
    neighbour: null,
  });
});

test.each([
  { name: 'link-local for a target on that link', to: 'fe80::9%eth0', usable: [ETH0_LINK6] },
  { name: 'a source borrowed from loopback on a live interface', to: '10.9.0.7', usable: [ETH0_LINK6] },
])('there is a way with $name', async ({ to, usable }) => {
  expect(await look({ to, families: [4, 6] }, { usable, routes: { [to]: WAY } })).toMatchObject({ status: 'ok' });
});

test.each(['ENETUNREACH', 'EHOSTUNREACH', 'EACCES', 'EINVAL'])('%s from the kernel is no route', async (errno) => {
  const evidence = await look(
    { to: '10.9.0.7', families: [4] },
    { usable: [ETH0_V4], routes: { '10.9.0.7': REFUSED(errno) } },
  );
  expect(evidence).toMatchObject({ status: 'no-route', error: errno, interface: null });
});

test('a refusal that is not about routes says nothing about them', async () => {
  const facts = { usable: [ETH0_V4], routes: { '10.9.0.7': REFUSED('EMFILE') } };
  expect(await look({ to: '10.9.0.7', families: [4] }, facts)).toMatchObject({ status: 'unknown', error: 'EMFILE' });
});

test('an own address is local even without any network', async () => {
  expect(await look({ to: '127.0.0.1', families: [4] }, { own: ['127.0.0.1'] })).toMatchObject({ status: 'local' });
  const local = { ...WAY, local: true, gateway: null, onLink: null };
  const evidence = await look({ to: '10.0.0.2', families: [4] }, { usable: [ETH0_V4], routes: { '10.0.0.2': local } });
  expect(evidence).toMatchObject({ status: 'local', neighbour: null, usableFamilies: [] });
});

test('a family is usable with a global address and a way out', async () => {
  const routes = { '10.9.0.7': WAY, '2001:db8::1': WAY };
  const usableFamilies = async (options: RouteOptions, usable: readonly UsableAddress[]): Promise<readonly number[]> =>
    (await look(options, { usable, routes })).usableFamilies;
  const to = '10.9.0.7';
  expect(await usableFamilies({ to, families: [4, 6] }, [ETH0_V4, ETH0_V6])).toEqual([4, 6]);
  expect(await usableFamilies({ to, families: [4, 6] }, [ETH0_V4, ETH0_LINK6])).toEqual([4]);
  expect(await usableFamilies({ to, families: [4] }, [ETH0_V4, ETH0_V6])).toEqual([4]);
});

test('a route to another address of the name makes its family usable without a default route', async () => {
  const facts = { usable: [ETH0_V4, ETH0_V6], routes: { '10.9.0.7': WAY, '2001:db8:9::7': WAY } };
  expect((await look({ to: '10.9.0.7', families: [4, 6] }, facts)).usableFamilies).toEqual([4]);
  const others = ['2001:db8:9::7'];
  expect((await look({ to: '10.9.0.7', families: [4, 6], others }, facts)).usableFamilies).toEqual([4, 6]);
});

test('where the addresses cannot be read, no network is claimed to be missing', async () => {
  const seen = await look({ to: '10.9.0.7', families: [4, 6] }, { routes: { '10.9.0.7': WAY }, usable: null });
  expect(seen).toMatchObject({ status: 'ok', interface: 'eth0', usableFamilies: [] });
  const unseen = { ...WAY, interface: null, gateway: null, onLink: null };
  const blind = await look({ to: '10.9.0.7', families: [4] }, { routes: { '10.9.0.7': unseen }, usable: null });
  expect(blind).toMatchObject({ status: 'unknown', neighbour: null });
  const refused = await look({ to: '10.9.0.7', families: [4] }, { usable: null });
  expect(refused).toMatchObject({ status: 'no-route', error: 'ENETUNREACH' });
});
