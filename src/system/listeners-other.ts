import type { Systeminformation } from 'systeminformation';
import type { Family } from '../domain/address.ts';
import type { Listener } from '../domain/evidence.ts';
import type { SocketTable } from '../domain/ports.ts';
import { canonicalAddress } from './machine-address.ts';

/** The listeners of macOS and Windows, as systeminformation reads them out of netstat. Not tried on a real machine. */
export async function readOtherListeners(): Promise<SocketTable> {
  const { networkConnections } = await import('systeminformation');
  const connections = await networkConnections();
  // It turns every failure into an empty list, and a machine without a single socket is none.
  if (connections.length === 0) return { unavailable: { reason: 'not-supported', hint: 'netstat gave no sockets.' } };
  return {
    listening: connections.flatMap((connection) => listenersOf(connection)),
    missing: 'accept queues and v6-only sockets cannot be read on this system',
  };
}

/** The rows of one connection: none where it does not listen; both families where netstat says `tcp46`. */
export function listenersOf(connection: Systeminformation.NetworkConnectionsData): readonly Listener[] {
  const { protocol, localAddress, localPort, state } = connection;
  const transport = protocol.startsWith('udp') ? 'udp' : protocol.startsWith('tcp') ? 'tcp' : null;
  const port = Number(localPort);
  if (transport === null || !Number.isInteger(port) || port < 1) return [];
  if (transport === 'tcp' && !/^LISTEN/i.test(state)) return [];
  // A datagram socket with a peer takes nothing from anybody else.
  if (transport === 'udp' && !isNobody(connection.peerAddress)) return [];
  return familiesOf(protocol, localAddress).flatMap((family) => {
    const address = addressOf(localAddress, family);
    if (address === null) return [];
    const pid = Number.isInteger(connection.pid) && connection.pid > 0 ? connection.pid : null;
    const process = connection.process === '' ? null : (connection.process ?? null);
    return [
      { protocol: transport, family, address, port, v6Only: null, process, pid, acceptQueue: null, backlog: null },
    ];
  });
}

function familiesOf(protocol: string, localAddress: string): readonly Family[] {
  if (protocol.endsWith('46')) return [4, 6];
  return protocol.endsWith('6') || localAddress.includes(':') ? [6] : [4];
}

function addressOf(text: string, family: Family): string | null {
  if (isNobody(text)) return family === 6 ? '::' : '0.0.0.0';
  return canonicalAddress(text.replace(/^\[|\]$/g, ''));
}

function isNobody(address: string): boolean {
  return ['', '*', '0.0.0.0', '::', '[::]'].includes(address);
}
