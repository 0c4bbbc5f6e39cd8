import type { NetlinkCalls } from '../../sockets/netlink.ts';
import { attributesOf, encodeRequest, linkAddressIn, numberIn, readU16, readU32, readU64, textIn } from './messages.ts';
import { dumpRoutes } from './rtnetlink.ts';

/** One network interface as rtnetlink(7) tells it. */
export type Device = {
  readonly index: number;
  readonly name: string;
  /** What made it (`bridge`, `tun`, `wireguard`, `veth`); null for hardware, and for what does not tell. */
  readonly kind: string | null;
  /** ARPHRD_* of linux/if_arp.h. */
  readonly hardware: number;
  readonly isUp: boolean;
  readonly isLoopback: boolean;
  readonly linkAddress: string | null;
  /** Index of the bridge or bond that it is a port of; null for none. */
  readonly master: number | null;
  /** Packets since it was made. */
  readonly sent: number | null;
  readonly received: number | null;
};

const RTM_NEWLINK = 16;
const RTM_GETLINK = 18;
const HEADER_BYTES = 16;
const IFF_UP = 0x1;
const IFF_LOOPBACK = 0x8;
// linux/if_link.h
const IFLA_ADDRESS = 1;
const IFLA_IFNAME = 3;
const IFLA_MASTER = 10;
const IFLA_LINKINFO = 18;
const IFLA_STATS64 = 23;
const IFLA_INFO_KIND = 1;

export function readDevices(calls: NetlinkCalls, signal: AbortSignal): Promise<readonly Device[] | null> {
  const request = encodeRequest(RTM_GETLINK, new Uint8Array(HEADER_BYTES), [], true);
  return dumpRoutes(calls, request, RTM_NEWLINK, decodeDevice, signal);
}

/** struct ifinfomsg and its attributes; null for what is none. */
export function decodeDevice(body: Buffer): Device | null {
  if (body.length < HEADER_BYTES) return null;
  const attributes = attributesOf(body, HEADER_BYTES);
  const name = textIn(attributes.get(IFLA_IFNAME));
  if (name === null) return null;
  const flags = readU32(body, 8);
  const info = attributes.get(IFLA_LINKINFO);
  const counters = attributes.get(IFLA_STATS64);
  const isCounted = counters !== undefined && counters.length >= 16;
  return {
    index: readU32(body, 4),
    name,
    kind: info === undefined ? null : textIn(attributesOf(info, 0).get(IFLA_INFO_KIND)),
    hardware: readU16(body, 2),
    isUp: (flags & IFF_UP) !== 0,
    isLoopback: (flags & IFF_LOOPBACK) !== 0,
    linkAddress: linkAddressIn(attributes.get(IFLA_ADDRESS)),
    master: numberIn(attributes.get(IFLA_MASTER)),
    sent: isCounted ? readU64(counters, 8) : null,
    received: isCounted ? readU64(counters, 0) : null,
  };
}
