import type { IpAddress } from '../../../domain/address.ts';
import { encodeUnfragmentedIpv4 } from '../../../packet/ipv4-header.ts';
import { PROTOCOL } from '../../../packet/protocol.ts';
import type { EchoSocket } from './echo-socket.ts';
import type { KernelLink } from './link.ts';
import { OPTION } from './options.ts';
import { openSocket, type Sending, SOCKET_TYPE } from './socket.ts';

/** An echo over IPv4 that must not be fragmented. */
export type UnfragmentedEcho = { readonly to: IpAddress; readonly ttl: number | null; readonly bytes: Uint8Array };

/**
 * Sends it so that a report that it does not fit does not teach the kernel a path MTU, which would repair for ten minutes
 * what it is sent to find. Linux takes the path MTU where the socket that hears the report did not decline
 * (IP_PMTUDISC_OMIT of ip(7)), and one that declines leaves DF clear. So another socket sends: of a raw one the
 * kernel takes the header, DF in it; a datagram one is of the same identifier, and the one that was bound last hears.
 * Gives the socket that hears: `echo` itself, or the one that takes its place.
 */
export function sendUnfragmented(
  link: KernelLink,
  echo: EchoSocket,
  { to, ttl, bytes }: UnfragmentedEcho,
): { readonly echo: EchoSocket; readonly sending: Sending } {
  if (echo.type === 'raw') return { echo, sending: sendPacket(link, { to, ttl, bytes }) };
  const { socket: sender, identifier } = echo;
  const hearing = openSocket(link, { family: 4, type: SOCKET_TYPE.datagram, protocol: PROTOCOL.icmp });
  if (hearing.kind === 'refused') return { echo, sending: hearing };
  hearing.set(OPTION.reuseAddress, 1);
  hearing.setDontFragment(false);
  const refused = hearing.bind(identifier);
  sender.setDontFragment(true);
  const sending = refused ?? sender.send(bytes, to, 0);
  sender.close();
  return { echo: { ...echo, socket: hearing }, sending };
}

function sendPacket(link: KernelLink, { to, ttl, bytes }: UnfragmentedEcho): Sending {
  const socket = openSocket(link, { family: 4, type: SOCKET_TYPE.raw, protocol: PROTOCOL.raw });
  if (socket.kind === 'refused') return socket;
  socket.setDontFragment(true);
  const packet = encodeUnfragmentedIpv4({ destination: to, ttl, protocol: PROTOCOL.icmp, payload: bytes });
  const sending = socket.send(packet, to, 0);
  socket.close();
  return sending;
}
