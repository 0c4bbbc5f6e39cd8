import type { IpAddress } from '../../../domain/address.ts';
import { encodeEchoRequestV6 } from '../../../packet/icmpv6.ts';
import { PROTOCOL } from '../../../packet/protocol.ts';
import type { KernelLink } from './link.ts';
import { OPTION } from './options.ts';
import type { KernelReceived } from './receive.ts';
import { type KernelSocket, openSocket, SOCKET_TYPE } from './socket.ts';

/** SO_EE_ORIGIN_TIMESTAMPING: the note that a packet came to its device. */
const ORIGIN_TIMESTAMPING = 4;
/** SOF_TIMESTAMPING_TX_SCHED, _SOFTWARE and _OPT_TSONLY: a note when a packet comes to its device, without its data. */
const NOTE_DEPARTURES = (1 << 8) | (1 << 4) | (1 << 11);
/** Nothing listens there as a rule (RFC 863). */
const DISCARD_PORT = 9;
const LOOPBACK = '::1';

/** Asks the kernel to note each packet that comes to its device; to be called before the first is sent. */
export function noteDepartures(socket: KernelSocket): void {
  socket.set(OPTION.timestamping, NOTE_DEPARTURES);
}

/**
 * Whether this machine kept in what the socket sent just now. Linux drops the echo of a datagram ICMPv6 socket without a
 * word where its firewall says so: it came to no device then, and waits for no neighbour either. That counts where the
 * machine is seen to note an echo to itself, which older kernels do not; else a datagram to the same address is asked,
 * which is refused aloud. A rule against every echo, to itself as well, is therefore not found.
 * `onReceived` is given what else stands in the error queue.
 */
export function isHeldBack(
  link: KernelLink,
  socket: KernelSocket,
  to: IpAddress,
  onReceived: (received: KernelReceived) => void,
): boolean {
  if (isNoted(socket, onReceived) || socket.waitingBytes() !== 0) return false;
  return notesEchoes(link) || isDatagramRefused(link, to);
}

function isNoted(socket: KernelSocket, onReceived: (received: KernelReceived) => void): boolean {
  let isFound = false;
  socket.readErrors((received) => {
    if (received.error?.origin === ORIGIN_TIMESTAMPING) isFound = true;
    else onReceived(received);
  });
  return isFound;
}

function notesEchoes(link: KernelLink): boolean {
  const socket = openSocket(link, { family: 6, type: SOCKET_TYPE.datagram, protocol: PROTOCOL.icmpv6 });
  if (socket.kind === 'refused') return false;
  noteDepartures(socket);
  const echo = encodeEchoRequestV6({ identifier: 0, sequence: 0, payload: new Uint8Array() });
  const isSent = socket.send(echo, LOOPBACK, 0).kind === 'sent';
  const isFound = isSent && isNoted(socket, () => {});
  socket.close();
  return isFound;
}

function isDatagramRefused(link: KernelLink, to: IpAddress): boolean {
  const socket = openSocket(link, { family: 6, type: SOCKET_TYPE.datagram, protocol: PROTOCOL.udp });
  if (socket.kind === 'refused') return false;
  const sending = socket.send(Buffer.alloc(1), to, DISCARD_PORT);
  socket.close();
  return sending.kind === 'refused' && sending.code === 'EPERM';
}
