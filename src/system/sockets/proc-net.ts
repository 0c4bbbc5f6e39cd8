import { endianness } from 'node:os';
import type { Family, IpAddress } from '../../domain/address.ts';
import { addressReader } from './socket-address.ts';

/** One row of /proc/net/{tcp,tcp6,udp,udp6}. `state` is the kernel's number in hex: `0A` listen, `07` close (bound UDP). */
export type ProcNetRow = {
  readonly family: Family;
  readonly address: IpAddress;
  readonly port: number;
  readonly peerAddress: IpAddress;
  readonly peerPort: number;
  readonly state: string;
  /** Bytes that wait to be sent or acknowledged. */
  readonly sendQueue: number;
  /** Bytes that wait to be read; of a listener, connections that wait to be accepted. */
  readonly receiveQueue: number;
  readonly uid: number;
  /** 0: the socket belongs to the kernel. */
  readonly inode: number;
  /** Datagrams that were dropped: the last column, of the UDP files only. */
  readonly drops: number | null;
};

/**
 * sl, local address:port, remote address:port, state, tx:rx queue, timer, retransmits, uid, timeout, inode, references,
 * pointer (proc(5)); then of UDP the drops alone, of TCP some more numbers or nothing.
 */
const ROW =
  /^\s*\d+: ((?:[0-9A-F]{8}){1,4}):([0-9A-F]{4}) ((?:[0-9A-F]{8}){1,4}):([0-9A-F]{4}) ([0-9A-F]{2}) ([0-9A-F]{8}):([0-9A-F]{8}) \S+ \S+\s+(\d+)\s+\d+ (\d+)(?: \d+ \S+(?: (\d+)\s*$)?)?/;

/** Reads one line; null for the heading and for what is no row. */
export function parseProcNetRow(line: string, byteOrder: 'LE' | 'BE' = endianness()): ProcNetRow | null {
  const found = ROW.exec(line);
  if (found === null) return null;
  const [, local = '', port = '', remote = '', peerPort = '', state = '', sent = '', received = '', uid, inode] = found;
  const address = decodeAddress(local, byteOrder);
  const peerAddress = decodeAddress(remote, byteOrder);
  if (address === null || peerAddress === null) return null;
  return {
    family: address.includes(':') ? 6 : 4,
    address,
    port: Number.parseInt(port, 16),
    peerAddress,
    peerPort: Number.parseInt(peerPort, 16),
    state,
    sendQueue: Number.parseInt(sent, 16),
    receiveQueue: Number.parseInt(received, 16),
    uid: Number(uid),
    inode: Number(inode),
    drops: found[10] === undefined ? null : Number(found[10]),
  };
}

const readAddress = addressReader();

/** The kernel prints each 32-bit word of an address as a number of its own byte order. */
function decodeAddress(words: string, byteOrder: 'LE' | 'BE'): IpAddress | null {
  if (words.length !== 8 && words.length !== 32) return null;
  const bytes = Buffer.from(words, 'hex');
  return readAddress(byteOrder === 'LE' ? bytes.swap32() : bytes, 0, words.length === 8 ? 4 : 16);
}
