/**
 * What a UDP port is asked, so that its service has a reason to answer. `text`: a few printable bytes, where the port does
 * not tell its protocol. `nothing`: an empty datagram, to a port of a protocol that only takes: whatever it was sent would
 * be kept there.
 */
export const UDP_QUESTIONS = ['dns', 'ntp', 'snmp', 'quic', 'stun', 'sip', 'wireguard', 'nothing', 'text'] as const;

export type UdpQuestion = (typeof UDP_QUESTIONS)[number];

/** By the ports of the IANA registry, and those that are usual beside it. */
const BY_PORT: ReadonlyMap<number, UdpQuestion> = new Map<number, UdpQuestion>([
  [53, 'dns'],
  [123, 'ntp'],
  [161, 'snmp'],
  [443, 'quic'],
  [8443, 'quic'],
  [3478, 'stun'],
  [3479, 'stun'],
  [19_302, 'stun'],
  [5060, 'sip'],
  [51_820, 'wireguard'],
]);

/** Protocols of which a collector answers nobody, by port. */
const ONE_WAY: ReadonlyMap<number, string> = new Map([
  [162, 'SNMP traps'],
  [514, 'syslog'],
  [2055, 'NetFlow'],
  [4739, 'IPFIX'],
  [6343, 'sFlow'],
  [8125, 'StatsD'],
  [12_201, 'GELF'],
  [25_826, 'collectd'],
]);

export function udpQuestionFor(port: number): UdpQuestion {
  return ONE_WAY.has(port) ? 'nothing' : (BY_PORT.get(port) ?? 'text');
}

/** The protocol of the port where nothing ever comes back by it; null for any other. */
export function oneWayProtocol(port: number): string | null {
  return ONE_WAY.get(port) ?? null;
}
