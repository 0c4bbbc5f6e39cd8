import type { Severity, Verdict } from './verdict.ts';

/** What a code says of the run when it is the diagnosis; `info` codes are only ever listed beside one. */
export type CodeVerdict = Verdict | 'info';

/** Every code of the public contract, section 4, in the order of precedence. */
export const FINDING_CODES = {
  reachable: 'healthy',
  'port-open': 'healthy',
  'no-network': 'fault',
  'local-firewall': 'fault',
  'local-ports-exhausted': 'fault',
  'gateway-unreachable': 'fault',
  'address-conflict': 'fault',
  'local-network-overlap': 'fault',
  'tunnel-silent': 'fault',
  'name-not-found': 'fault',
  'name-no-address': 'fault',
  'resolver-unreachable': 'fault',
  'resolver-failure': 'fault',
  'name-from-hosts-file': 'info',
  'name-sinkholed': 'fault',
  'name-from-search-list': 'info',
  'resolvers-disagree': 'info',
  'resolver-slow': 'degraded',
  'no-route': 'fault',
  'proxy-configured': 'info',
  'proxy-fails': 'degraded',
  'ipv6-broken': 'degraded',
  'ipv4-broken': 'degraded',
  'partly-reachable': 'degraded',
  'neighbour-unreachable': 'fault',
  'host-unreachable': 'fault',
  'network-unreachable': 'fault',
  'admin-prohibited': 'fault',
  'icmp-filtered': 'degraded',
  'host-silent': 'fault',
  'path-blackhole': 'fault',
  'reverse-path-filtered': 'fault',
  'conntrack-full': 'fault',
  'return-path-broken': 'fault',
  'routing-loop': 'fault',
  'packet-loss': 'degraded',
  'high-latency': 'degraded',
  'high-jitter': 'degraded',
  'duplicate-replies': 'degraded',
  'path-mtu-blackhole': 'degraded',
  'path-mtu-reduced': 'info',
  'hop-loss-harmless': 'info',
  'path-flow-dependent': 'degraded',
  multipath: 'info',
  'not-listening': 'fault',
  'listening-on-loopback': 'fault',
  'listening-on-other-address': 'fault',
  'listening-other-family': 'fault',
  'accept-queue-full': 'fault',
  'firewall-blocks-port': 'fault',
  'forwarded-port-fails': 'fault',
  'port-rejected': 'fault',
  'port-closed': 'fault',
  'port-filtered': 'fault',
  'reply-from-other-address': 'fault',
  'connect-retried': 'degraded',
  'connection-stalled': 'fault',
  'answered-on-the-way': 'info',
  'connection-dropped': 'degraded',
  'udp-port-closed': 'fault',
  'udp-open-or-filtered': 'inconclusive',
  'tls-handshake-failed': 'fault',
  'tls-certificate-expired': 'fault',
  'tls-certificate-not-yet-valid': 'fault',
  'tls-name-mismatch': 'fault',
  'tls-untrusted': 'fault',
  'http-error': 'degraded',
  'service-silent': 'fault',
  'service-slow': 'degraded',
  'not-permitted': 'inconclusive',
  deadline: 'inconclusive',
} as const satisfies Record<string, CodeVerdict>;

export type FindingCode = keyof typeof FINDING_CODES;

/** What a flow of the user's own concludes beside these; never confused with them. */
export type OwnCode = `own.${string}`;

export type ConclusionCode = FindingCode | OwnCode;

export function isOwnCode(code: string): code is OwnCode {
  return code.startsWith('own.');
}

export const ALL_CODES = Object.keys(FINDING_CODES) as readonly FindingCode[];

export function isFindingCode(text: string): text is FindingCode {
  return Object.hasOwn(FINDING_CODES, text);
}

/** How a finding of this verdict is ranked in the list of findings. */
export function severityOf(verdict: CodeVerdict): Severity {
  switch (verdict) {
    case 'fault':
      return 'fault';
    case 'degraded':
    case 'inconclusive':
      return 'warning';
    case 'healthy':
    case 'info':
      return 'info';
  }
}
