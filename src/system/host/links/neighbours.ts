import type { Family, IpAddress } from '../../../domain/address.ts';
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
const NUD_FAILED = 0x20;
const NUD_INCOMPLETE = 0x01;
const NUD_NOARP = 0x40;
const NUD_PERMANENT = 0x80;

export function readNeighbours(
  calls: NetlinkCalls,
  family: Family,
  signal: AbortSignal,
): Promise<readonly Neighbour[] | null> {
  const header = new Uint8Array(HEADER_BYTES);
  header[0] = AF[family];
  return dumpRoutes(calls, encodeRequest(RTM_GETNEIGH, header, [], true), RTM_NEWNEIGH, decodeNeighbour, signal);
}

/** struct ndmsg and its attributes; null for an entry that is not resolved, or of a link that resolves none. */
export function decodeNeighbour(body: Buffer): Neighbour | null {
  if (body.length < HEADER_BYTES) return null;
  const attributes = attributesOf(body, HEADER_BYTES);
  const address = attributes.get(NDA_DST);
  const linkAddress = linkAddressIn(attributes.get(NDA_LLADDR));
  const state = readU16(body, 8);
  if (linkAddress === null || (state & (NUD_FAILED | NUD_INCOMPLETE | NUD_NOARP)) !== 0) return null;
  if (address === undefined || (address.length !== 4 && address.length !== 16)) return null;
  return {
    device: readU32(body, 4),
    address: addressText(address),
    linkAddress,
    isPermanent: (state & NUD_PERMANENT) !== 0,
  };
}
