import type { Listener } from '../../../domain/evidence.ts';
import { boundTo, listenerAt, ownerOf, type PastedRow, type PortReader } from './bound.ts';

/** `tcp6 0 0 :::22 :::* LISTEN 812/sshd` (netstat(8) of net-tools). */
const TCP_ROW =
  /^\s*tcp(6?)\s+(\d{1,10})\s+\d{1,10}\s+(\S+):(\S+)\s+\S+:\S+\s+(LISTEN|ESTABLISHED|SYN_SENT|SYN_RECV|FIN_WAIT[12]|TIME_WAIT|CLOSE|CLOSE_WAIT|LAST_ACK|CLOSING|UNKNOWN)(?:\s+(.*))?$/;
/** `udp 0 0 0.0.0.0:68 0.0.0.0:* 600/dhclient`: a state only where it has a peer. */
const UDP_ROW = /^\s*udp(6?)\s+\d{1,10}\s+\d{1,10}\s+(\S+):(\S+)\s+\S+:(\S+)(?:\s+(.*))?$/;
/** With -e a user and an inode come first. */
const OWNER = /(?:^|\s)(?:(\d{1,10})\/(.+?)|-)\s*$/;

/** Reads a line of Linux's `netstat -tuln`, with -p and -e or without. */
export function pastedLinuxRow(portOf: PortReader): (line: string) => PastedRow {
  return (line) => tcpRow(line, portOf) ?? udpRow(line, portOf);
}

function tcpRow(line: string, portOf: PortReader): PastedRow {
  const [whole, six, queue, address = '', port = '', state, rest = ''] = TCP_ROW.exec(line) ?? [];
  if (whole === undefined) return null;
  if (state !== 'LISTEN') return 'other';
  const bound = boundTo(address, port, six === '6' ? 6 : 4, 'tcp', portOf);
  return bound === null ? null : { ...listenerAt('tcp', bound), ...holderOf(rest), acceptQueue: Number(queue) };
}

function udpRow(line: string, portOf: PortReader): PastedRow {
  const [whole, six, address = '', port = '', peerPort, rest = ''] = UDP_ROW.exec(line) ?? [];
  if (whole === undefined) return null;
  if (peerPort !== '*') return 'other';
  const bound = boundTo(address, port, six === '6' ? 6 : 4, 'udp', portOf);
  return bound === null ? null : { ...listenerAt('udp', bound), ...holderOf(rest) };
}

function holderOf(rest: string): Pick<Listener, 'process' | 'pid'> {
  const [, pid, name] = OWNER.exec(rest) ?? [];
  return ownerOf(pid, name?.replace(/:\s.*$/, ''));
}
