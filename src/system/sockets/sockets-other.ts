import type { Systeminformation } from 'systeminformation';
import type { Family, IpAddress } from '../../domain/address.ts';
import type { SocketEnd, SocketLister, SocketRow, SocketState } from '../../domain/socket.ts';
import { canonicalAddress } from '../host/interfaces/machine-address.ts';

type Connection = Systeminformation.NetworkConnectionsData;

/** As netstat of macOS and Windows spells them, without their hyphens and underscores. */
const STATES: Readonly<Record<string, SocketState>> = {
  listen: 'listen',
  listening: 'listen',
  established: 'established',
  synsent: 'syn-sent',
  synrcvd: 'syn-recv',
  synreceived: 'syn-recv',
  synrecv: 'syn-recv',
  finwait1: 'fin-wait-1',
  finwait2: 'fin-wait-2',
  closewait: 'close-wait',
  lastack: 'last-ack',
  closing: 'closing',
  timewait: 'time-wait',
  closed: 'closed',
};

/** The sockets of macOS and Windows, as systeminformation reads them out of netstat. Not tried on a real machine. */
export const listOtherSockets: SocketLister['list'] = async () => {
  const { networkConnections } = await import('systeminformation');
  const connections = await networkConnections();
  // It turns every failure into an empty list, and a machine without a single socket is none.
  if (connections.length === 0) {
    return { unavailable: { reason: 'not-supported', obstacles: [{ code: 'socket-table-empty', tool: 'netstat' }] } };
  }
  return {
    method: 'system',
    rows: connections.flatMap((connection) => rowsOf(connection)),
    counters: null,
    gaps: [{ kind: 'not-on-this-system', columns: ['user', 'queues', 'backlog', 'v6-only'] }],
  };
};

/** The rows of one line of netstat: none where it cannot be read; both families where it says `tcp46`. */
export function rowsOf(connection: Connection): readonly SocketRow[] {
  const { protocol, localAddress, localPort, peerAddress, peerPort } = connection;
  const transport = protocol.startsWith('udp') ? 'udp' : protocol.startsWith('tcp') ? 'tcp' : null;
  const port = portOf(localPort);
  if (transport === null || port === null) return [];
  const state = stateOf(transport, connection);
  if (state === null) return [];
  return familiesOf(protocol, localAddress).flatMap((family) => {
    const address = addressOf(localAddress, family);
    if (address === null) return [];
    const peer = state === 'listen' || state === 'unconnected' ? null : endOf(peerAddress, peerPort, family);
    const owners = ownersOf(connection);
    const noOwner = owners.length > 0 ? null : 'not-told';
    return [{ ...NOTHING_KNOWN, protocol: transport, family, state, local: { address, port }, peer, owners, noOwner }];
  });
}

const NOTHING_KNOWN = {
  interface: null,
  v6Only: null,
  acceptQueue: null,
  backlog: null,
  receiveQueue: null,
  sendQueue: null,
  drops: null,
  uid: null,
  user: null,
  inode: null,
} as const;

function ownersOf({ pid, process }: Connection): SocketRow['owners'] {
  if (!Number.isInteger(pid) || pid <= 0) return [];
  return [{ pid, process: process || '?', unit: null, container: null }];
}

function stateOf(transport: 'tcp' | 'udp', { state, peerAddress }: Connection): SocketState | null {
  // A datagram socket with a peer takes nothing from anybody else.
  if (transport === 'udp') return isNobody(peerAddress) ? 'unconnected' : 'established';
  const word = state.toLowerCase().replaceAll(/[-_ ]/gu, '');
  return Object.hasOwn(STATES, word) ? (STATES[word] ?? null) : null;
}

function familiesOf(protocol: string, localAddress: string): readonly Family[] {
  if (protocol.endsWith('46')) return [4, 6];
  return protocol.endsWith('6') || localAddress.includes(':') ? [6] : [4];
}

function endOf(address: string, port: string, family: Family): SocketEnd | null {
  const known = addressOf(address, family);
  return known === null ? null : { address: known, port: portOf(port) ?? 0 };
}

function addressOf(text: string, family: Family): IpAddress | null {
  if (isNobody(text)) return family === 6 ? '::' : '0.0.0.0';
  return canonicalAddress(text.replace(/^\[|\]$/g, ''));
}

function portOf(text: string): number | null {
  const port = Number(text);
  return Number.isInteger(port) && port >= 1 && port <= 65_535 ? port : null;
}

function isNobody(address: string): boolean {
  return ['', '*', '0.0.0.0', '::', '[::]'].includes(address);
}
