import type { Family } from '../../../domain/address.ts';
import { boundTo, listenerAt, type PastedRow, type PortReader } from './bound.ts';

/** `tcp4 0 0 127.0.0.1.5432 *.* LISTEN`: address and port joined by a dot, as macOS and the BSDs write them (netstat(1)). */
const TCP_ROW =
  /^\s*tcp(4|6|46)?\s+\d{1,10}\s+\d{1,10}\s+(\S+)\.(\S+)\s+\S+\.\S+\s+(LISTEN|ESTABLISHED|SYN_SENT|SYN_RCVD|FIN_WAIT_[12]|TIME_WAIT|CLOSED|CLOSE_WAIT|LAST_ACK|CLOSING)\b/;
const UDP_ROW = /^\s*udp(4|6|46)?\s+\d{1,10}\s+\d{1,10}\s+(\S+)\.(\S+)\s+\S+\.(\S+)/;

/** Reads a line of `netstat -an` of macOS or a BSD. */
export function pastedBsdRow(portOf: PortReader): (line: string) => PastedRow {
  return (line) => tcpRow(line, portOf) ?? udpRow(line, portOf);
}

function tcpRow(line: string, portOf: PortReader): PastedRow {
  const [whole, families, address = '', port = '', state] = TCP_ROW.exec(line) ?? [];
  if (whole === undefined) return null;
  return state === 'LISTEN' ? listenerOf('tcp', families, address, port, portOf) : 'other';
}

function udpRow(line: string, portOf: PortReader): PastedRow {
  const [whole, families, address = '', port = '', peerPort] = UDP_ROW.exec(line) ?? [];
  if (whole === undefined) return null;
  // `*.*` and `*.*`: a socket that is not bound to a port yet.
  if (peerPort !== '*' || port === '*') return 'other';
  return listenerOf('udp', families, address, port, portOf);
}

function listenerOf(
  transport: 'tcp' | 'udp',
  families: string | undefined,
  address: string,
  port: string,
  portOf: PortReader,
): PastedRow {
  const family: Family = families?.includes('6') || address.includes(':') ? 6 : 4;
  const bound = boundTo(address, port, family, transport, portOf);
  if (bound === null) return null;
  const isForAll = bound.address === '::';
  // Both families are named only for a socket that takes both.
  return { ...listenerAt(transport, bound), v6Only: isForAll ? families === '6' : null };
}
