import type { Evidence } from '../../domain/evidence.ts';
import type { FindingCode } from '../../domain/finding-code.ts';
import type { Severity, Where } from '../../domain/verdict.ts';
import { proofOf } from '../alive.ts';
import type { Context } from '../context.ts';
import { neglectfulHop } from '../loss-by-hop.ts';
import { readMtu } from '../mtu.ts';
import { readPing } from '../ping.ts';
import { serviceFindings } from '../service.ts';
import { refusedToSend } from './confidence.ts';

export type Observation = { readonly code: FindingCode; readonly severity: Severity };

/** What the evidence shows beside the diagnosis; the order is that of the codes. */
export function observe(evidence: Evidence, context: Context): readonly Observation[] {
  const found: readonly (Observation | false)[] = [
    refusedToSend(evidence) && { code: 'local-firewall', severity: 'warning' },
    hostsFileDiffers(evidence) && { code: 'name-from-hosts-file', severity: 'info' },
    echoFiltered(evidence) && { code: 'icmp-filtered', severity: 'info' },
    ...pingObservations(evidence, context),
    ...sizeObservations(evidence),
    harmlessHop(evidence) && { code: 'hop-loss-harmless', severity: 'info' },
    severalRouters(evidence) && { code: 'multipath', severity: 'info' },
    ...serviceFindings(evidence),
  ];
  return found.filter((observation) => observation !== false);
}

/** The hosts file answered, and DNS gives other addresses for the same name. */
export function hostsFileDiffers(evidence: Evidence): boolean {
  const resolve = evidence.resolve;
  if (resolve?.source !== 'hosts') return false;
  const fromDns = resolve.servers.flatMap((server) => server.addresses);
  return fromDns.length > 0 && resolve.hostsFile.some((address) => !fromDns.includes(address));
}

/** Echo was sent and got silence or a prohibition, while the host itself is proven up. */
export function echoFiltered(evidence: Evidence): boolean {
  const ping = evidence.ping;
  if (ping === undefined || ping.cutShort || ping.received > 0 || ping.sent === 0) return false;
  if (ping.errors.some(({ kind }) => kind !== 'prohibited' && kind !== 'port-unreachable')) return false;
  return proofOf(evidence.connect?.attempts ?? [], ping.address) !== null;
}

function pingObservations(evidence: Evidence, context: Context): readonly (Observation | false)[] {
  const ping = evidence.ping;
  if (ping === undefined || ping.cutShort || ping.received === 0) return [];
  const { outcome } = readPing(ping, context.thresholds, { portAsked: true, source: evidence.route?.source ?? null });
  return [
    outcome === 'lossy' && { code: 'packet-loss', severity: 'warning' },
    (ping.rttMs?.median ?? 0) > context.thresholds.slowMs && { code: 'high-latency', severity: 'warning' },
    outcome === 'jittery' && { code: 'high-jitter', severity: 'warning' },
    ping.duplicates > 0 && { code: 'duplicate-replies', severity: 'warning' },
  ];
}

function sizeObservations(evidence: Evidence): readonly Observation[] {
  switch (readMtu(evidence).outcome) {
    case 'blackhole':
      return [{ code: 'path-mtu-blackhole', severity: 'warning' }];
    case 'reduced':
      return [{ code: 'path-mtu-reduced', severity: 'info' }];
    case 'ok':
    case 'unreached':
    case 'unavailable':
      return [];
  }
}

/** A hop before the end ignores or loses probes, and a hop behind it does not: it limits its own answers (RFC 1812 4.3.2.8). */
export function harmlessHop(evidence: Evidence): boolean {
  return harmlessPlace(evidence) !== null;
}

/** The first hop that does so. */
export function harmlessPlace({ trace, hopEchoes }: Evidence): Where | null {
  const neglectful = hopEchoes === undefined ? null : neglectfulHop(hopEchoes.hops);
  if (neglectful !== null) return { hop: neglectful.ttl, address: neglectful.address };
  const last = trace?.hops.at(-1);
  if (trace?.outcome !== 'reached' || last === undefined || last.received < last.sent) return null;
  const hop = trace.hops.slice(0, -1).find(({ sent, received }) => received < sent);
  return hop === undefined ? null : { hop: hop.ttl, address: hop.addresses[0] ?? null };
}

function severalRouters(evidence: Evidence): boolean {
  return evidence.trace?.outcome !== 'loop' && (evidence.trace?.hops ?? []).some((hop) => hop.addresses.length > 1);
}
