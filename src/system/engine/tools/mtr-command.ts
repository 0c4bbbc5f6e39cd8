import { familyOf } from '../../../domain/address.ts';
import type { Probe } from '../../../domain/prober.ts';

const HEADER_BYTES = { 4: 20, 6: 40 } as const;
const ICMP_HEADER_BYTES = 8;
const UDP_HEADER_BYTES = 8;
/** What it starts the TTL with where none is asked for (mtr-packet(8)); answers by other TTLs are not looked at. */
const DEFAULT_TTL = 64;
const MOST_SECONDS = 60;

/**
 * The request of mtr-packet(8) for a probe; null for what it cannot send: it knows no zone, and sets no DF. The source
 * port is left to it in a SYN, as the kernel opens no two connections with the same ends, and in a datagram of IPv6, whose
 * answers it does not know otherwise (0.95).
 */
export function mtrRequest(probe: Probe): string | null {
  const { to, ttl, kind } = probe;
  if (to.includes('%') || (kind === 'echo' && probe.dontFragment)) return null;
  const family = familyOf(to);
  const seconds = Math.min(MOST_SECONDS, Math.max(1, Math.ceil(probe.timeoutMs / 1000)));
  const common = `send-probe ip-${family} ${to} ttl ${ttl ?? DEFAULT_TTL} timeout ${seconds}`;
  switch (kind) {
    case 'echo':
      return `${common} protocol icmp size ${HEADER_BYTES[family] + ICMP_HEADER_BYTES + probe.payloadBytes}`;
    case 'udp': {
      const size = HEADER_BYTES[family] + UDP_HEADER_BYTES + probe.payload.length;
      const local = probe.sourcePort === null || family === 6 ? '' : ` local-port ${probe.sourcePort}`;
      return `${common} protocol udp port ${probe.port}${local} size ${size}`;
    }
    case 'syn':
      return `${common} protocol tcp port ${probe.port}`;
  }
}
