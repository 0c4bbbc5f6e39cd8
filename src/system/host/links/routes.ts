import { type Family, familyOf, type IpAddress } from '../../../domain/address.ts';
import { addressBytes, addressText } from '../../../packet/address.ts';
import type { NetlinkCalls } from '../../sockets/netlink.ts';
import { type Attributes, attributesOf, encodeRequest, numberIn, readU16, readU32, u32 } from './messages.ts';
import { askRoute, dumpRoutes } from './rtnetlink.ts';
import type { Network } from './rules.ts';

/** One route of any table. */
export type FibRoute = {
  readonly table: number;
  /** null: the default route. */
  readonly to: Network | null;
  /** `unicast`: to somewhere; `refused`: unreachable, prohibit or blackhole; `throw`: the next rule; `own`: local, broadcast and the like. */
  readonly type: 'unicast' | 'refused' | 'throw' | 'own';
  readonly hops: readonly { readonly device: number; readonly gateway: IpAddress | null }[];
  readonly metric: number;
  /** Its interface is down, or has no carrier. */
  readonly isDead: boolean;
};

const RTM_NEWROUTE = 24;
const RTM_GETROUTE = 26;
const HEADER_BYTES = 12;
const AF = { 4: 2, 6: 10 } as const;
// linux/rtnetlink.h
const RTA = { dst: 1, src: 2, oif: 4, gateway: 5, priority: 6, multipath: 9, table: 15, via: 18 } as const;
/** Tell the table in which the route was found, not the main one whatever it was. */
const RTM_F_LOOKUP_TABLE = 0x1000;
const RTM_F_CLONED = 0x200;
const RTNH_F_DEAD = 0x1;
const TYPES: Readonly<Record<number, FibRoute['type']>> = {
  1: 'unicast',
  6: 'refused',
  7: 'refused',
  8: 'refused',
  9: 'throw',
};

/** Every route of every table of a family. */
export function readRoutes(
  calls: NetlinkCalls,
  family: Family,
  signal: AbortSignal,
): Promise<readonly FibRoute[] | null> {
  const header = new Uint8Array(HEADER_BYTES);
  header[0] = AF[family];
  return dumpRoutes(calls, encodeRequest(RTM_GETROUTE, header, [], true), RTM_NEWROUTE, decodeRoute, signal);
}

/** The kernel's own look-up (`ip route get`): in which table, by which interface. `from`: as a socket of that address asks. */
export function lookUpRoute(
  calls: NetlinkCalls,
  to: IpAddress,
  from: IpAddress | null,
  signal: AbortSignal,
): Promise<FibRoute | null> {
  const target = addressBytes(to);
  const header = Buffer.alloc(HEADER_BYTES);
  header[0] = AF[familyOf(to)];
  header[1] = target.length * 8;
  if (from !== null) header[2] = target.length * 8;
  u32(RTM_F_LOOKUP_TABLE).copy(header, 8);
  const source = from === null ? [] : [[RTA.src, addressBytes(from)] as const];
  const request = encodeRequest(RTM_GETROUTE, header, [[RTA.dst, target], ...source], false);
  return askRoute(calls, request, RTM_NEWROUTE, decodeRoute, signal);
}

/** struct rtmsg and its attributes; null for what is none, and for what the kernel only remembers of one destination. */
export function decodeRoute(body: Buffer): FibRoute | null {
  if (body.length < HEADER_BYTES) return null;
  const attributes = attributesOf(body, HEADER_BYTES);
  const bits = body[1] ?? 0;
  const flags = readU32(body, 8);
  const isLookUp = (flags & RTM_F_LOOKUP_TABLE) !== 0;
  if (
    (flags & RTM_F_CLONED) !== 0 &&
    !isLookUp &&
    bits === (attributes.get(RTA.dst)?.length ?? 0) * 8 &&
    body[0] === AF[6]
  ) {
    return null;
  }
  const to = attributes.get(RTA.dst);
  const hops = hopsOf(attributes);
  return {
    table: numberIn(attributes.get(RTA.table)) ?? body[4] ?? 0,
    to: bits === 0 || to === undefined || !isAddress(to) ? null : { address: addressText(to), bits },
    type: TYPES[body[7] ?? 0] ?? 'own',
    hops,
    metric: numberIn(attributes.get(RTA.priority)) ?? 0,
    isDead: (flags & RTNH_F_DEAD) !== 0,
  };
}

function hopsOf(attributes: Attributes): FibRoute['hops'] {
  const device = numberIn(attributes.get(RTA.oif));
  const first = device === null ? [] : [{ device, gateway: gatewayOf(attributes) }];
  return [...first, ...multipathHops(attributes.get(RTA.multipath))];
}

/** struct rtnexthop, one after the other, each with its attributes. */
function multipathHops(bytes: Buffer | undefined): FibRoute['hops'] {
  const hops: { readonly device: number; readonly gateway: IpAddress | null }[] = [];
  let at = 0;
  while (bytes !== undefined && at + 8 <= bytes.length) {
    const length = readU16(bytes, at);
    if (length < 8 || at + length > bytes.length) break;
    const one = bytes.subarray(at, at + length);
    hops.push({ device: readU32(one, 4), gateway: gatewayOf(attributesOf(one, 8)) });
    at += (length + 3) & ~3;
  }
  return hops;
}

/** Of the same family, or of another (RTA_VIA: its family, then the address). */
function gatewayOf(attributes: Attributes): IpAddress | null {
  const gateway = attributes.get(RTA.gateway) ?? attributes.get(RTA.via)?.subarray(2);
  return gateway === undefined || !isAddress(gateway) ? null : addressText(gateway);
}

function isAddress({ length }: Buffer): boolean {
  return length === 4 || length === 16;
}
