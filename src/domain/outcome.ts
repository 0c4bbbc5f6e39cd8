/**
 * The closed list of outcomes of each reading that a flow may ask for. A flow must name every one of them.
 * The reading `alive` looks at the well-known ports of the connect evidence, `neighbour` at the next hop of the
 * route evidence, `late` at the last word of the ping evidence, `trace` at the errors that ping and connect met as well,
 * `hops` at the trace and the echoes to its hops; `port-trace` at the trace to the port beside the one by
 * ICMP; `bound` at the sockets as others see them, who do not get in by loopback; all others read the evidence of their
 * own name.
 */
export const OUTCOMES = {
  resolve: ['ok', 'literal', 'not-found', 'no-address', 'server-failure', 'timeout', 'blocked'],
  route: ['ok', 'local', 'no-network', 'no-route', 'unknown'],
  neighbour: ['answers', 'gateway-failed', 'target-failed', 'unknown'],
  ping: [
    'answered',
    'lossy',
    'slow',
    'jittery',
    'duplicated',
    'partly',
    'silent',
    'host-unreachable',
    'network-unreachable',
    'prohibited',
    'expired',
    'blocked',
    'unavailable',
  ],
  connect: [
    'not-asked',
    'open',
    'dropped',
    'partly',
    'ipv4-broken',
    'ipv6-broken',
    'closed',
    'filtered',
    'rejected',
    'unreachable',
    'blocked',
    'no-ports-left',
    'no-route',
    'udp-closed',
    'udp-silent',
  ],
  alive: ['answers', 'silent', 'partly', 'ipv4-broken', 'ipv6-broken', 'blocked', 'unavailable'],
  trace: [
    'reached',
    'stopped',
    'loop',
    'host-unreachable',
    'network-unreachable',
    'prohibited',
    'rejected',
    'silent',
    'on-link',
    'unavailable',
  ],
  hops: ['located', 'between', 'unlocated', 'unavailable'],
  'port-trace': [
    'on-path',
    'at-target',
    'rejected',
    'answered-for',
    'from-host',
    'loop',
    'port-answers',
    'not-located',
    'unavailable',
  ],
  late: ['nothing', 'answers', 'host-unreachable', 'network-unreachable', 'prohibited', 'unavailable'],
  mtu: ['ok', 'reduced', 'blackhole', 'unreached', 'unavailable'],
  sockets: [
    'listening',
    'not-listening',
    'loopback-only',
    'other-address',
    'other-family',
    'queue-full',
    'no-vantage',
    'not-permitted',
  ],
  bound: [
    'listening',
    'not-listening',
    'loopback-only',
    'other-address',
    'other-family',
    'queue-full',
    'no-vantage',
    'not-permitted',
  ],
} as const satisfies Record<string, readonly string[]>;

export type ProbeName = keyof typeof OUTCOMES;

export type OutcomeOf<P extends ProbeName> = (typeof OUTCOMES)[P][number];

export const PROBE_NAMES = Object.keys(OUTCOMES) as readonly ProbeName[];
