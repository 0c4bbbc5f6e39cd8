import { endianness } from 'node:os';
import type { Family, IpAddress } from '../../domain/address.ts';
import type { SocketState, SocketsWanted } from '../../domain/socket.ts';
import type { AddressReader } from './socket-address.ts';

/** One socket as sock_diag(7) tells it. */
export type DiagRow = {
  readonly protocol: 'tcp' | 'udp';
  readonly family: Family;
  readonly state: SocketState;
  readonly localAddress: IpAddress;
  readonly localPort: number;
  readonly peerAddress: IpAddress;
  readonly peerPort: number;
  /** Index of the interface that it is bound to; 0 for none. */
  readonly interfaceIndex: number;
  /** Of a listener: connections that wait, and how many may; else bytes. */
  readonly receiveQueue: number;
  readonly sendQueue: number;
  readonly uid: number;
  readonly inode: number;
  readonly v6Only: boolean | null;
  readonly drops: number | null;
};

/** `more`: the dump goes on. `error`: the kernel's errno, positive. */
export type DiagBatch = {
  readonly rows: readonly DiagRow[];
  readonly end:
    | { readonly kind: 'more' }
    | { readonly kind: 'done' }
    | { readonly kind: 'error'; readonly errno: number };
};

export type DiagQuestion = {
  readonly protocol: 'tcp' | 'udp';
  readonly family: Family;
  readonly wanted: SocketsWanted;
};

// linux/netlink.h, linux/sock_diag.h, linux/inet_diag.h
const HEADER_BYTES = 16;
const REQUEST_BYTES = HEADER_BYTES + 56;
const ROW_BYTES = 72;
const NLMSG_ERROR = 2;
const NLMSG_DONE = 3;
const SOCK_DIAG_BY_FAMILY = 20;
const NLM_F_REQUEST_DUMP = 0x301;
const AF_INET = 2;
const AF_INET6 = 10;
const IPPROTO = { tcp: 6, udp: 17 } as const;
/** All TCP states of ss(8): those before TCP_BOUND_INACTIVE. */
const ALL_STATES = 0x1fff;
/** TCP_LISTEN, and the TCP_CLOSE of a UDP socket without a peer. */
const LISTENING = { tcp: 1 << 10, udp: 1 << 7 } as const;
const INET_DIAG_SKMEMINFO = 7;
const INET_DIAG_SKV6ONLY = 11;
/** The ninth word of the memory information (SK_MEMINFO_DROPS). */
const DROPS_AT = 8 * 4;

/** By the kernel's number (include/net/tcp_states.h). */
const STATES: readonly (SocketState | null)[] = [
  null,
  'established',
  'syn-sent',
  'syn-recv',
  'fin-wait-1',
  'fin-wait-2',
  'time-wait',
  'closed',
  'close-wait',
  'last-ack',
  'listen',
  'closing',
  'syn-recv',
];

const HOST_IS_LITTLE = endianness() === 'LE';

/** The name of a state in the kernel's numbers, null for one that is not known. A UDP socket is connected or it is not. */
export function stateOf(protocol: 'tcp' | 'udp', number: number): SocketState | null {
  if (protocol === 'udp') return number === 1 ? 'established' : 'unconnected';
  return STATES[number] ?? null;
}

/** The message that asks the kernel for the sockets of one protocol and family (sock_diag(7)). */
export function encodeDiagRequest({ protocol, family, wanted }: DiagQuestion, isLittle = HOST_IS_LITTLE): Uint8Array {
  const bytes = new Uint8Array(REQUEST_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, REQUEST_BYTES, isLittle);
  view.setUint16(4, SOCK_DIAG_BY_FAMILY, isLittle);
  view.setUint16(6, NLM_F_REQUEST_DUMP, isLittle);
  view.setUint32(8, 1, isLittle);
  view.setUint8(HEADER_BYTES, family === 4 ? AF_INET : AF_INET6);
  view.setUint8(HEADER_BYTES + 1, IPPROTO[protocol]);
  view.setUint8(HEADER_BYTES + 2, 1 << (INET_DIAG_SKMEMINFO - 1));
  view.setUint32(HEADER_BYTES + 4, wanted === 'all' ? ALL_STATES : LISTENING[protocol], isLittle);
  return bytes;
}

/** Reads one datagram of the answer. What is cut or odd is left out; never throws. */
export function decodeDiag(
  bytes: Buffer,
  protocol: 'tcp' | 'udp',
  readAddress: AddressReader,
  isLittle = HOST_IS_LITTLE,
): DiagBatch {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rows: DiagRow[] = [];
  let at = 0;
  while (at + HEADER_BYTES <= bytes.length) {
    const length = view.getUint32(at, isLittle);
    if (length < HEADER_BYTES || at + length > bytes.length) break;
    const type = view.getUint16(at + 4, isLittle);
    const body = at + HEADER_BYTES;
    if (type === NLMSG_DONE) return { rows, end: doneOf(view, body, at + length, isLittle) };
    if (type === NLMSG_ERROR) {
      const errno = at + length >= body + 4 ? -view.getInt32(body, isLittle) : 0;
      return { rows, end: { kind: 'error', errno } };
    }
    if (type === SOCK_DIAG_BY_FAMILY && body + ROW_BYTES <= at + length) {
      const row = rowOf({ bytes, view, at: body, end: at + length, isLittle }, protocol, readAddress);
      if (row !== null) rows.push(row);
    }
    at += (length + 3) & ~3;
  }
  return { rows, end: { kind: 'more' } };
}

/** The end of a dump carries its error, 0 for none. */
function doneOf(view: DataView, body: number, end: number, isLittle: boolean): DiagBatch['end'] {
  const error = body + 4 <= end ? view.getInt32(body, isLittle) : 0;
  return error < 0 ? { kind: 'error', errno: -error } : { kind: 'done' };
}

type Body = {
  readonly bytes: Buffer;
  readonly view: DataView;
  readonly at: number;
  readonly end: number;
  readonly isLittle: boolean;
};

function rowOf(body: Body, protocol: 'tcp' | 'udp', readAddress: AddressReader): DiagRow | null {
  const { bytes, view, at, isLittle } = body;
  const state = stateOf(protocol, view.getUint8(at + 1));
  if (state === null) return null;
  const addressLength = view.getUint8(at) === AF_INET6 ? 16 : 4;
  const localAddress = readAddress(bytes, at + 8, addressLength);
  const { v6Only, drops } = detailsOf(body);
  return {
    protocol,
    family: localAddress.includes(':') ? 6 : 4,
    state,
    localAddress,
    localPort: view.getUint16(at + 4),
    peerAddress: readAddress(bytes, at + 24, addressLength),
    peerPort: view.getUint16(at + 6),
    interfaceIndex: view.getUint32(at + 40, isLittle),
    receiveQueue: view.getUint32(at + 56, isLittle),
    sendQueue: view.getUint32(at + 60, isLittle),
    uid: view.getUint32(at + 64, isLittle),
    inode: view.getUint32(at + 68, isLittle),
    v6Only,
    drops,
  };
}

function detailsOf({ view, at: start, end, isLittle }: Body): Pick<DiagRow, 'v6Only' | 'drops'> {
  let v6Only: boolean | null = null;
  let drops: number | null = null;
  let at = start + ROW_BYTES;
  while (at + 4 <= end) {
    const length = view.getUint16(at, isLittle);
    if (length < 4 || at + length > end) break;
    const type = view.getUint16(at + 2, isLittle);
    if (type === INET_DIAG_SKV6ONLY && length >= 5) v6Only = view.getUint8(at + 4) !== 0;
    if (type === INET_DIAG_SKMEMINFO && length >= 4 + DROPS_AT + 4) drops = view.getUint32(at + 4 + DROPS_AT, isLittle);
    at += (length + 3) & ~3;
  }
  return { v6Only, drops };
}
