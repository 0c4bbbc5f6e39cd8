import { familyOf, type IpAddress, withoutZone } from '../../../domain/address.ts';
import type { LinkEntry, Links } from '../../../domain/links.ts';
import { type NetlinkCalls, openNetlink } from '../../sockets/netlink.ts';
import { claimsOn } from './claims.ts';
import { readDevices } from './devices.ts';
import { readNeighbours } from './neighbours.ts';
import { surroundings } from './surroundings.ts';

/** This machine's links by rtnetlink(7): no process, no privilege. All null on what is no Linux, or without koffi. */
export const systemLinks: Links = {
  loopbackIsUp: async (signal) => {
    const devices = await withNetlink((calls) => readDevices(calls, signal));
    return devices?.find(({ isLoopback }) => isLoopback)?.isUp ?? null;
  },
  around: (to, way, signal) => withNetlink((calls) => surroundings(calls, to, way, signal)),
  counters: async (signal) => {
    const devices = await withNetlink((calls) => readDevices(calls, signal));
    const counted = devices?.flatMap(({ name, sent, received }) =>
      sent === null || received === null ? [] : [[name, { sent, received }] as const],
    );
    return counted === undefined ? null : new Map(counted);
  },
  entry: (address, interfaceName, signal) => withNetlink((calls) => entryOf(calls, address, interfaceName, signal)),
  claims: claimsOn,
};

async function withNetlink<T>(use: (calls: NetlinkCalls) => Promise<T | null>): Promise<T | null> {
  if (process.platform !== 'linux') return null;
  const calls = await openNetlink();
  return calls === null ? null : use(calls);
}

async function entryOf(
  calls: NetlinkCalls,
  address: IpAddress,
  interfaceName: string,
  signal: AbortSignal,
): Promise<LinkEntry | null> {
  const bare = withoutZone(address);
  const devices = await readDevices(calls, signal);
  const index = devices?.find(({ name }) => name === interfaceName)?.index;
  const all = await readNeighbours(calls, familyOf(bare), signal);
  if (index === undefined || all === null) return null;
  const onLink = all.filter(({ device }) => device === index);
  const own = onLink.find((each) => each.address === bare);
  if (own === undefined) return null;
  const sharedWith = onLink.flatMap((each) =>
    each.linkAddress === own.linkAddress && each.address !== bare ? [each.address] : [],
  );
  return { linkAddress: own.linkAddress, isPermanent: own.isPermanent, sharedWith };
}
