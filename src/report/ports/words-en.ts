import type { NoOwner, SocketGap } from '../../domain/socket.ts';
import type { PortsWords } from './words.ts';

const sockets = (count: number): string => (count === 1 ? '1 socket' : `${count} sockets`);

export const PORTS_WORDS_EN: PortsWords = {
  title: (host, { port, process, states, isListening }) =>
    [
      `${isListening ? 'Listening sockets' : 'Sockets'} of ${host ?? 'this machine'}`,
      port === null ? null : `port ${port}`,
      process === null ? null : `process ${process}`,
      states === null ? null : `state ${states.join(', ')}`,
    ]
      .filter((part) => part !== null)
      .join(', '),
  listening: 'Listening',
  connections: 'Connections',
  protocol: 'Proto',
  address: 'Address',
  scope: 'Bound to',
  local: 'Local',
  peer: 'Peer',
  state: 'State',
  process: 'Process',
  pid: 'PID',
  queue: 'Queue',
  received: 'Recv-Q',
  unsent: 'Send-Q',
  drops: 'Drops',
  user: 'User',
  place: 'Runs in',
  states: {
    listen: 'listen',
    unconnected: 'unconnected',
    established: 'established',
    'syn-sent': 'syn-sent',
    'syn-recv': 'syn-recv',
    'fin-wait-1': 'fin-wait-1',
    'fin-wait-2': 'fin-wait-2',
    'close-wait': 'close-wait',
    'last-ack': 'last-ack',
    closing: 'closing',
    'time-wait': 'time-wait',
    closed: 'closed',
  },
  connected: 'connected',
  scopes: {
    loopback: 'loopback',
    'link-local': 'link-local',
    multicast: 'multicast',
    one: 'one address',
  },
  all: {
    ipv4: 'all IPv4',
    'ipv6-only': 'all IPv6 only',
    both: 'all IPv4 and IPv6',
    'ipv6-unknown': 'all IPv6 (IPv4: ?)',
  },
  through: (device) => `on ${device}`,
  more: (rows) => `… and ${rows} more`,
  keys: 'q or Ctrl-C ends',
  reading: 'reading the sockets',

  nothingAtPort: (port) => `No socket uses port ${port}: nothing listens there, and no connection uses it.`,
  nothingFits: 'No sockets match.',
  onlyConnections: (port, connections) =>
    `Nothing listens on port ${port}; ${connections === 1 ? '1 connection uses' : `${connections} connections use`} it.`,
  listens: (port, process) =>
    process === null ? `Port ${port} is listened on.` : `Port ${port} is listened on by ${process}.`,
  loopbackOnly: (port) => `Port ${port} is bound to loopback only: no other machine can reach it.`,
  queueFull: (at, waiting, limit) =>
    `The accept queue of ${at} is full (${waiting} wait, the limit is ${limit}): the program does not accept, and new connections are dropped.`,
  otherQueuesFull: (count) => `${count} more accept queues are full.`,
  overflows: (overflows, drops) =>
    `Since the network came up, ${overflows} connections were dropped because an accept queue was full (ListenOverflows), and ${drops} for any reason on the way into one (ListenDrops).`,
  gap: gapOf,
  unavailable: (hint) => `The sockets could not be read. ${hint}`,
  why: (command) => `Why it cannot be reached, and what to do: ${command}`,
};

function gapOf(gap: SocketGap): string {
  switch (gap.kind) {
    case 'no-owner':
      return NO_OWNER[gap.why](gap.sockets);
    case 'no-socket-details':
      return 'The limits of accept queues and whether IPv6 sockets take IPv4 are not known: that needs netlink (the package koffi) or ss.';
    case 'not-on-this-system':
      return `This system's netstat does not tell: ${gap.columns.map((column) => COLUMNS[column]).join(', ')}.`;
  }
}

const COLUMNS = {
  user: 'users',
  queues: 'queues',
  backlog: 'limits of accept queues',
  'v6-only': 'whether IPv6 sockets take IPv4',
} as const;

const NO_OWNER: Readonly<Record<NoOwner, (count: number) => string>> = {
  kernel: (count) =>
    `${sockets(count)} without a process: the kernel's own (time-wait, closed by the program, or not accepted yet).`,
  'other-user': (count) =>
    `The process of ${sockets(count)} is not shown: another user's. Root sees it: sudo netwhy ports`,
  hidden: (count) =>
    `The process of ${sockets(count)} is not visible from here: in another PID namespace, protected, or part of the kernel.`,
  'not-searched': (count) => `The process of ${sockets(count)} is not known: it ended before all were looked through.`,
  'not-seen-there': (count) =>
    `The process of ${sockets(count)} is not visible to the user there; root sees those of others.`,
  'not-told': (count) => `The process of ${sockets(count)} is not told by this system.`,
};
