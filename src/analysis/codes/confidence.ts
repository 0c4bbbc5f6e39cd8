import type { ConnectAttempt, Evidence, PingEvidence } from '../../domain/evidence.ts';
import type { FindingCode } from '../../domain/finding-code.ts';
import type { Confidence } from '../../domain/verdict.ts';
import type { Context } from '../context.ts';
import { locateFilter, placeOfPortLoop, portAnswersTrace } from '../filter-location.ts';
import { sureOf } from '../mtu.ts';
import { foreignErrors } from '../path.ts';
import { looksRateLimited } from '../ping-limited.ts';
import { read } from '../read.ts';
import { sureOfService } from './service-confidence.ts';

/** How sure a diagnosis is: `certain` only where the evidence leaves no other reading. */
export function confidenceOf(code: FindingCode, evidence: Evidence, context: Context): Confidence {
  switch (code) {
    case 'reachable':
      return echoAnswered(evidence.ping) ? 'certain' : 'likely';
    case 'local-firewall':
      return refusedToSend(evidence) ? 'certain' : 'likely';
    case 'name-not-found':
      return evidence.resolve?.servers.some(({ rcode }) => rcode === 'NXDOMAIN') ? 'certain' : 'likely';
    case 'resolver-unreachable':
      return evidence.resolve?.servers.some((server) => server.error === 'malformed') ? 'likely' : 'certain';
    case 'port-closed':
      return locateFilter(evidence)?.kind === 'answered-for' ? 'likely' : ofRefusal(evidence);
    case 'host-unreachable':
    case 'network-unreachable':
    case 'port-rejected':
      return ofRefusal(evidence);
    case 'admin-prohibited':
      return ofProhibition(evidence);
    case 'port-filtered':
      // An open UDP port may be as silent: only the trace tells.
      return ofSilence(evidence, context);
    case 'udp-port-closed':
      return evidence.connect?.icmpSeen ? 'certain' : 'likely';
    case 'path-blackhole':
      return 'likely';
    case 'routing-loop':
      return ofLoop(evidence);
    case 'path-mtu-blackhole':
      return sureOf(evidence.mtu);
    case 'packet-loss':
      return ofLoss(evidence, context);
    case 'not-listening':
    case 'listening-on-loopback':
    case 'listening-on-other-address':
    case 'listening-other-family':
    case 'accept-queue-full':
    case 'firewall-blocks-port':
      return read('sockets', evidence, context).confidence;
    case 'udp-open-or-filtered':
      return 'possible';
    case 'tls-handshake-failed':
    case 'tls-certificate-expired':
    case 'tls-certificate-not-yet-valid':
    case 'tls-name-mismatch':
    case 'tls-untrusted':
    case 'http-error':
      return sureOfService(code, evidence);
    default:
      return 'certain';
  }
}

/**
 * Whether the connection attempts are known to have left this machine. Its own firewall drops a SYN without a word to
 * connect(): a raw SYN is told so, the kernel engine sees that none leaves, and an answer from the way shows that one did.
 */
export function leftThisMachine({ connect, portTrace, route }: Evidence, { target }: Context): boolean {
  if (connect?.icmpSeen === true) return true;
  const isOut = connect?.attempts.some(({ port, state }) => port === target.port && state === 'open');
  return (
    isOut === true || (portTrace?.hops.some(({ addresses }) => addresses.some((by) => by !== route?.source)) ?? false)
  );
}

/** Without ears for ICMP a refusal may have been any of several; one from no further than the first hop is nobody's for sure. */
function ofRefusal({ connect }: Evidence): Confidence {
  if (connect === undefined) return 'certain';
  return connect.icmpSeen && connect.resetFromAfar !== false ? 'certain' : 'likely';
}

function echoAnswered(ping: PingEvidence | undefined): boolean {
  return ping !== undefined && [ping, ...ping.others].some(({ received }) => received > 0);
}

/** Whether what was lost are attempts at the port, of which others were answered, and no echo to speak of. */
export function lossIsOfPort(evidence: Evidence): boolean {
  const { ping, connect } = evidence;
  if (!portAnswersTrace(evidence) || connect?.attempts[0]?.state !== 'filtered') return false;
  return ping === undefined || ping.lost.length < 2;
}

/** A target that limits its echo answers loses as well, but not on the path. */
function ofLoss(evidence: Evidence, context: Context): Confidence {
  const { ping } = evidence;
  if (lossIsOfPort(evidence)) return 'likely';
  if (ping !== undefined && looksRateLimited(ping)) return 'possible';
  return (ping?.lossInterval?.low ?? 0) >= context.thresholds.lossPercent ? 'certain' : 'likely';
}

/** One address that answers at every TTL may be a box that answers for all the hops behind it. */
function ofLoop(evidence: Evidence): Confidence {
  const { loop } = (placeOfPortLoop(evidence) === null ? evidence.trace : evidence.portTrace) ?? { loop: [] };
  return loop.length === 1 ? 'likely' : 'certain';
}

/** An error that only a filter sends for a host behind it does not say outright that it forbids. */
function ofProhibition(evidence: Evidence): Confidence {
  return foreignErrors(evidence, evidence.route?.source ?? null)[0]?.kind === 'prohibited' ? 'certain' : 'likely';
}

/** Something in front of the host may answer its echoes, or take the port in its name: the host itself may be down. */
function ofSilence(evidence: Evidence, context: Context): Confidence {
  const { trace, portTrace } = evidence;
  const isAnsweredFor =
    trace?.oddities?.includes('target-at-first-hop') === true ||
    portTrace?.oddities?.includes('expired-at-target') === true;
  const isSure = context.target.scheme !== 'udp' && !isAnsweredFor && leftThisMachine(evidence, context);
  return isSure ? 'certain' : 'likely';
}

/** Only a datagram is told of a firewall by EACCES; TCP gets that from a prohibit route. */
function isFirewalls({ state, protocol, error }: ConnectAttempt): boolean {
  return state === 'local-error' && (protocol === 'udp' || error !== 'EACCES');
}

/** Whether this machine itself refused to let a probe out (EPERM, EACCES). */
export function refusedToSend(evidence: Evidence): boolean {
  // A prohibit route of this machine refuses with the same errno, and is told as the route that it is.
  if (evidence.route?.error === 'EACCES' || evidence.route?.error === 'EPERM') return false;
  const errors = [
    evidence.ping?.localError,
    evidence.connect?.sideError,
    ...(evidence.ping?.others.map((other) => other.localError) ?? []),
    ...(evidence.connect?.attempts.filter(isFirewalls).map(({ error }) => error) ?? []),
    ...(evidence.resolve?.servers.map((server) => server.error) ?? []),
  ];
  return errors.some((error) => error === 'EPERM' || error === 'EACCES');
}
