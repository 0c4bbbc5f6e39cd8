import { type Family, familyOf, type IpAddress } from '../../../domain/address.ts';
import type { NeighbourState } from '../../../domain/evidence.ts';
import { addressText } from '../../../packet/address.ts';
import type { NetlinkCalls } from '../../sockets/netlink.ts';
import { attributesOf, encodeRequest, linkAddressIn, readU16, readU32 } from './messages.ts';
import { dumpRoutes } from './rtnetlink.ts';

/** An entry of the neighbour table that has a link-layer address. */
export type Neighbour = {
  readonly device: number;
  readonly address: IpAddress;
  readonly linkAddress: string;
  readonly isPermanent: boolean;
};

const RTM_NEWNEIGH = 28;
const RTM_GETNEIGH = 30;
const HEADER_BYTES = 12;
const AF = { 4: 2, 6: 10 } as const;
// linux/neighbour.h
const NDA_DST = 1;
const NDA_LLADDR = 2;
/** By the words of ip-neighbour(8); 0 is an entry that has only been made. */
const STATES: Readonly<Record<number, NeighbourState>> = {
  0: 'none',
  1: 'incomplete',
  2: 'reachable',
  4: 'stale',
  8: 'delay',
  16: 'probe',
  32: 'failed',
  64: 'noarp',
  128: 'permanent',
};
const UNRESOLVED: ReadonlySet<NeighbourState> = new Set(['failed', 'incomplete', 'noarp']);

export function readNeighbours(
  calls: NetlinkCalls,
  family: Family,
  signal: AbortSignal,
): Promise<readonly Neighbour[] | null> {
  const header = new Uint8Array(HEADER_BYTES);
  header[0] = AF[family];
  return dumpRoutes(calls, encodeRequest(RTM_GETNEIGH, header, [], true), RTM_NEWNEIGH, decodeNeighbour, signal);
}

/** The state of one entry; `none` where the table has no such entry, null where the kernel does not tell. */
export async function readNeighbourState(
  calls: NetlinkCalls,
  wanted: { readonly address: IpAddress; readonly device: number },
  signal: AbortSignal,
): Promise<NeighbourState | null> {
  const header = new Uint8Array(HEADER_BYTES);
  header[0] = AF[familyOf(wanted.address)];
  const request = encodeRequest(RTM_GETNEIGH, header, [], true);
  const all = await dumpRoutes(calls, request, RTM_NEWNEIGH, decodeEntry, signal);
  if (all === null) return null;
  const found = all.find(({ address, device }) => address === wanted.address && device === wanted.device);
  return found === undefined ? 'none' : found.state;
}

/** struct ndmsg and its attributes; null for an entry that is not resolved, or of a link that resolves none. */
export function decodeNeighbour(body: Buffer): Neighbour | null {
  const entry = decodeEntry(body);
  if (entry === null || entry.linkAddress === null || entry.state === null || UNRESOLVED.has(entry.state)) return null;
  const { device, address, linkAddress, state } = entry;
  return { device, address, linkAddress, isPermanent: state === 'permanent' };
}

type Entry = {
  readonly device: number;
  readonly address: IpAddress;
  readonly linkAddress: string | null;
  /** null for a state of another time. */
  readonly state: NeighbourState | null;
};

function decodeEntry(body: Buffer): Entry | null {
  if (body.length < HEADER_BYTES) return null;
  const attributes = attributesOf(body, HEADER_BYTES);
  const address = attributes.get(NDA_DST);
  if (address === undefined || (address.length !== 4 && address.length !== 16)) return null;
  return {
    device: readU32(body, 4),
    address: addressText(address),
    linkAddress: linkAddressIn(attributes.get(NDA_LLADDR)),
    state: STATES[readU16(body, 8)] ?? null,
  };
}
