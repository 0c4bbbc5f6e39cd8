import type { Family } from '../../domain/address.ts';
import { DEFAULT_ECHO_BYTES } from '../../domain/prober.ts';
import { ECHO_HEADER_BYTES } from '../../evidence/mtu.ts';

/** What every link carries (RFC 8200 5), and what every host takes at the least (RFC 791): smaller values are not believed. */
const LEAST_BYTES = { 4: 576, 6: 1280 } as const;
/** The largest jumbo frame in common use. Hosts that answer echoes of 64 KiB are few, whatever the interface allows. */
const MOST_BYTES = 9216;
/**
 * Path MTUs that networks really have: Ethernet and jumbo frames, less the headers of VLAN stacks, PPPoE (RFC 2516), GRE,
 * IPsec, WireGuard, VXLAN, PPTP and mobile networks, down to the least that must pass (compare RFC 1191 7.1).
 */
const USUAL_BYTES = [
  9000, 8192, 4352, 2048, 1500, 1492, 1480, 1472, 1460, 1454, 1440, 1420, 1400, 1380, 1350, 1300, 1280, 1200, 1024, 768,
  576,
] as const;

/** Bytes of an echo whose size does not matter, as an IP packet. */
export function smallBytes(family: Family): number {
  return ECHO_HEADER_BYTES[family] + DEFAULT_ECHO_BYTES;
}

/** Bytes of the largest echo that is worth sending, as an IP packet. */
export function fullBytes(interfaceMtu: number, family: Family): number {
  return Math.max(smallBytes(family), Math.min(interfaceMtu, MOST_BYTES));
}

/** The payload that makes an echo as large as this IP packet. */
export function payloadOf(packetBytes: number, family: Family): number {
  return packetBytes - ECHO_HEADER_BYTES[family];
}

/** The usual sizes below a limit, largest first. */
export function usualBelow(limit: number, family: Family): readonly number[] {
  return USUAL_BYTES.filter((bytes) => bytes < limit && bytes >= LEAST_BYTES[family]);
}

/** Whether a router's word about a packet that it did not pass makes sense. Old ones give none, which is read as null (RFC 1191 5). */
export function isBelievable(mtu: number | null, refusedBytes: number, family: Family): mtu is number {
  return mtu !== null && mtu < refusedBytes && mtu >= LEAST_BYTES[family];
}
