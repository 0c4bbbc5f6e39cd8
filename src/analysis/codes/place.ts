import type { Evidence } from '../../domain/evidence.ts';
import type { FindingCode } from '../../domain/finding-code.ts';
import type { IcmpErrorKind } from '../../domain/icmp-error.ts';
import type { Where } from '../../domain/verdict.ts';
import type { Context } from '../context.ts';
import { locateFilter, placeOfFilter, placeOfPortLoop } from '../filter-location.ts';
import { onsetOf, placeOfOnset } from '../hops.ts';
import { placeOfReport, placeOfVanishing } from '../mtu.ts';
import { foreignErrors, placeOfError, placeOfExpiry } from '../path.ts';
import { lastAnswering, readTrace } from '../trace.ts';
import { harmlessPlace } from './observe.ts';

/** Where on the path a finding sits; null where it has no place. */
export function placeOf(code: FindingCode, evidence: Evidence, context: Context): Where | null {
  switch (code) {
    case 'no-network':
    case 'no-route':
    case 'local-firewall':
    case 'local-ports-exhausted':
      return { hop: 0, address: evidence.route?.source ?? null };
    case 'gateway-unreachable':
      return { hop: 1, address: evidence.route?.gateway ?? null };
    case 'neighbour-unreachable':
    case 'host-silent':
      return { hop: 1, address: context.address };
    case 'host-unreachable':
      return errorPlace(evidence, ['host-unreachable', 'other-unreachable', 'protocol-unreachable']);
    case 'network-unreachable':
      return errorPlace(evidence, ['network-unreachable']);
    case 'admin-prohibited':
      return errorPlace(evidence, ['prohibited']) ?? errorPlace(evidence, ['port-unreachable', 'protocol-unreachable']);
    case 'icmp-filtered':
      return echoErrorPlace(evidence);
    case 'port-rejected':
      return attemptErrorPlace(evidence, context);
    case 'port-filtered':
    case 'udp-open-or-filtered':
      return filterPlace(evidence);
    case 'port-closed':
      return answererPlace(evidence);
    case 'firewall-blocks-port':
      return (
        attemptErrorPlace(evidence, context) ??
        filterPlace(evidence) ??
        (evidence.route?.status === 'local' ? { hop: 0, address: context.address } : null)
      );
    case 'path-blackhole':
      return placeOfExpiry(evidence) ?? lastHop(evidence);
    case 'routing-loop':
      return placeOfPortLoop(evidence) ?? readTrace(evidence.trace, { onLink: false, source: null }).where;
    case 'packet-loss':
    case 'high-latency':
    case 'high-jitter':
      return placeOfOnset(onsetOf(code, evidence, context));
    case 'path-mtu-blackhole':
      return placeOfVanishing(evidence);
    case 'path-mtu-reduced':
      return placeOfReport(evidence);
    case 'hop-loss-harmless':
      return harmlessPlace(evidence);
    default:
      return null;
  }
}

function errorPlace(evidence: Evidence, kinds: readonly IcmpErrorKind[]): Where | null {
  const error = foreignErrors(evidence, evidence.route?.source ?? null).find(({ kind }) => kinds.includes(kind));
  return error === undefined ? null : placeOfError(evidence, error);
}

function echoErrorPlace(evidence: Evidence): Where | null {
  const error = evidence.ping?.errors.find(({ kind }) => kind === 'prohibited');
  return error === undefined ? null : placeOfError(evidence, error);
}

function attemptErrorPlace(evidence: Evidence, context: Context): Where | null {
  const attempt = evidence.connect?.attempts.find(({ port, icmp }) => port === context.target.port && icmp !== null);
  return attempt?.icmp ? placeOfError(evidence, attempt.icmp) : null;
}

/** Where what keeps the SYN from the port sits, or sends its refusal from. */
function filterPlace(evidence: Evidence): Where | null {
  const location = locateFilter(evidence);
  return location === null ? null : placeOfFilter(location);
}

/** The device that reset the connection in the host's place. */
function answererPlace(evidence: Evidence): Where | null {
  const location = locateFilter(evidence);
  return location?.kind === 'answered-for' ? location.device : null;
}

/** The last hop that answered; this machine (hop 0) where none did, as the cause sits there or one further. */
function lastHop(evidence: Evidence): Where {
  const last = evidence.trace === undefined ? null : lastAnswering(evidence.trace);
  if (last === null) return { hop: 0, address: evidence.route?.source ?? null };
  return { hop: last.ttl, address: last.addresses[0] ?? null };
}
