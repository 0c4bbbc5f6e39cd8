import { endianness } from 'node:os';
import ipaddr from 'ipaddr.js';
import type { Family, IpAddress } from '../domain/address.ts';

/** One row of /proc/net/{tcp,tcp6,udp,udp6}. `state` is the kernel's number in hex: `0A` listen, `07` close (bound UDP). */
export type ProcNetRow = {
  readonly family: Family;
  readonly address: IpAddress;
  readonly port: number;
  readonly state: string;
  /** Bytes that wait to be read; of a listener, connections that wait to be accepted. */
  readonly receiveQueue: number;
  /** 0: the socket belongs to the kernel. */
  readonly inode: number;
};

/** sl, local address:port, remote address:port, state, tx:rx queue, timer, retransmits, uid, timeout, inode (proc(5)). */
const ROW =
  /^\s*\d+: ((?:[0-9A-F]{8}){1,4}):([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} ([0-9A-F]{2}) [0-9A-F]{8}:([0-9A-F]{8}) \S+ \S+\s+\d+\s+\d+ (\d+)/;

/** Reads one line; null for the heading and for what is no row. */
export function parseProcNetRow(line: string, byteOrder: 'LE' | 'BE' = endianness()): ProcNetRow | null {
  const [, words = '', port = '', state = '', queue = '', inode = ''] = ROW.exec(line) ?? [];
  const address = decodeAddress(words, byteOrder);
  if (address === null) return null;
  return {
    // A socket that is bound to an IPv4-mapped address (RFC 4291 2.5.5.2) serves IPv4 only.
    family: address.kind() === 'ipv4' ? 4 : 6,
    address: address.kind() === 'ipv4' ? address.toString() : (address as ipaddr.IPv6).toRFC5952String(),
    port: Number.parseInt(port, 16),
    state,
    receiveQueue: Number.parseInt(queue, 16),
    inode: Number(inode),
  };
}

/** The kernel prints each 32-bit word of an address as a number of its own byte order. */
function decodeAddress(words: string, byteOrder: 'LE' | 'BE'): ipaddr.IPv4 | ipaddr.IPv6 | null {
  if (words.length !== 8 && words.length !== 32) return null;
  const bytes = Buffer.from(words, 'hex');
  return ipaddr.process(ipaddr.fromByteArray([...(byteOrder === 'LE' ? bytes.swap32() : bytes)]).toString());
}
