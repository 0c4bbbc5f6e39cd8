import type { ConnectAttempt } from '../../domain/evidence.ts';
import type { FactName } from '../../domain/fact.ts';
import type { Target } from '../../domain/target.ts';
import { transportOf } from '../../domain/target.ts';
import { oneWayProtocol, type UdpQuestion } from '../../domain/udp-question.ts';

/** What was sent, as its protocol calls it. */
const NAMES = {
  dns: 'DNS query (. NS)',
  ntp: 'NTP client request',
  snmp: 'SNMPv3 discovery',
  quic: 'QUIC Initial',
  stun: 'STUN Binding request',
  sip: 'SIP OPTIONS',
  wireguard: null,
  nothing: null,
  text: null,
} as const satisfies Record<UdpQuestion, string | null>;

/** What a port was asked over UDP, for the texts of a finding; `tcp-port` and `udp-port` tell which transport it is. */
export function udpFacts(
  { port, scheme }: Target,
  attempt: ConnectAttempt | undefined,
): Partial<Record<FactName, string | number | null>> {
  const isUdp = transportOf(scheme) === 'udp';
  const asked = isUdp ? attempt?.asked : undefined;
  return {
    'tcp-port': isUdp ? null : port,
    'udp-port': isUdp ? port : null,
    'udp-asked': asked === undefined ? null : NAMES[asked],
    'udp-text': asked === 'text' ? 'netwhy\\n' : null,
    'udp-silent': asked === 'wireguard' ? 'WireGuard' : null,
    'udp-one-way': asked === 'nothing' && port !== null ? oneWayProtocol(port) : null,
  };
}
