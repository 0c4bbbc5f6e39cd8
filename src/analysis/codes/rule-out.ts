import type { Evidence } from '../../domain/evidence.ts';
import type { FindingCode } from '../../domain/finding-code.ts';
import type { NotCheckedReason } from '../../domain/report.ts';
import { transportOf } from '../../domain/target.ts';
import { proofOf } from '../alive.ts';
import type { Context } from '../context.ts';
import { readHttp } from '../http.ts';
import { readMtu, sureOf } from '../mtu.ts';
import { read } from '../read.ts';
import { leftThisMachine, refusedToSend } from './confidence.ts';

/** `ruled-out`: the evidence excludes the code. A reason: nobody could look. null: the code does not apply, or nothing can be said. */
export type Judgement = 'ruled-out' | NotCheckedReason | null;

/** Judges a code that was not found. Not looked at is never ruled out. */
export function judge(code: FindingCode, evidence: Evidence, context: Context): Judgement {
  switch (code) {
    case 'no-network':
    case 'no-route':
      return evidence.route?.status === 'ok' || evidence.route?.status === 'local' ? 'ruled-out' : null;
    case 'gateway-unreachable':
    case 'neighbour-unreachable':
      return judgeLink(code, evidence);
    case 'local-firewall':
      return judgeFirewall(evidence, context);
    case 'local-ports-exhausted':
      return asked(evidence, context).some(({ protocol }) => protocol === 'tcp') ? 'ruled-out' : null;
    case 'name-not-found':
    case 'name-no-address':
    case 'resolver-unreachable':
    case 'resolver-failure':
      return judgeName(code, evidence);
    case 'ipv4-broken':
    case 'ipv6-broken':
    case 'partly-reachable':
      return allOpen(evidence, context) && (evidence.resolve?.addresses.length ?? 0) > 1 ? 'ruled-out' : null;
    case 'host-unreachable':
    case 'network-unreachable':
    case 'host-silent':
    case 'path-blackhole':
    case 'routing-loop':
    case 'admin-prohibited':
      return judgeHost(code, evidence, context);
    case 'icmp-filtered':
      return mayFilterLargeEchoes(evidence) ? null : judgeEcho(evidence);
    case 'packet-loss':
    case 'high-latency':
    case 'high-jitter':
      return judgeEcho(evidence);
    case 'duplicate-replies':
      // A tool that is asked for one echo ends with the first answer.
      return evidence.ping?.method === 'system' ? 'not-permitted' : judgeEcho(evidence);
    case 'path-mtu-blackhole':
    case 'path-mtu-reduced':
      return judgeSizes(code, evidence, context);
    case 'port-closed':
    case 'port-filtered':
    case 'port-rejected':
    case 'udp-port-closed':
    case 'connection-dropped':
      return judgePort(code, evidence, context);
    case 'not-listening':
    case 'listening-on-loopback':
    case 'listening-on-other-address':
    case 'listening-other-family':
    case 'accept-queue-full':
    case 'firewall-blocks-port':
      return judgeListeners(evidence, context);
    case 'tls-handshake-failed':
    case 'tls-certificate-expired':
    case 'tls-certificate-not-yet-valid':
    case 'tls-name-mismatch':
    case 'tls-untrusted':
      return judgeTls(code, evidence);
    case 'http-error':
      return judgeHttp(evidence);
    default:
      return null;
  }
}

/** The attempts at the asked port. */
function asked(evidence: Evidence, context: Context) {
  const protocol = transportOf(context.target.scheme);
  return (evidence.connect?.attempts ?? []).filter(
    (attempt) => attempt.port === context.target.port && attempt.protocol === protocol,
  );
}

function allOpen(evidence: Evidence, context: Context): boolean {
  const attempts = asked(evidence, context);
  return attempts.length > 0 && attempts.every(({ state }) => state === 'open');
}

/** Whether the host itself has answered anything. */
function hostAnswered(evidence: Evidence, context: Context): boolean {
  if ((evidence.ping?.received ?? 0) > 0) return true;
  return context.address !== null && proofOf(evidence.connect?.attempts ?? [], context.address) !== null;
}

function judgeLink(code: 'gateway-unreachable' | 'neighbour-unreachable', evidence: Evidence): Judgement {
  const route = evidence.route;
  if (route?.status !== 'ok') return null;
  if ((code === 'gateway-unreachable') === (route.gateway === null)) return null;
  return read('neighbour', evidence, NO_CONTEXT).outcome === 'answers' ? 'ruled-out' : null;
}

/** The neighbour reading needs nothing but the evidence. */
const NO_CONTEXT: Context = {
  target: { input: '', scheme: 'tcp', host: '', literal: null, port: null },
  address: null,
  families: [],
  thresholds: { lossPercent: 0, slowMs: 0, jitterMs: 0 },
  deadlineS: 0,
};

function judgeFirewall(evidence: Evidence, context: Context): Judgement {
  if (refusedToSend(evidence)) return null;
  if (evidence.ping === undefined) return null;
  if (asked(evidence, context).some(({ state }) => state === 'open')) return 'ruled-out';
  // Echoes that get out say nothing of the asked port: a rule may name it.
  const attempts = asked(evidence, context);
  // A rule that resets looks like the target's own RST to everything but a raw SYN.
  const isTold = evidence.ping.method === 'raw' || evidence.connect?.resetFromAfar === true;
  const mayBeReset = attempts.some(({ state }) => state === 'closed') && !isTold;
  const mayBeKeptIn = mayBeReset || (attempts.length > 0 && !leftThisMachine(evidence, context));
  return evidence.ping.method === null || mayBeKeptIn ? 'not-permitted' : 'ruled-out';
}

/** No engine could send an echo: what an echo alone tells is unknown. */
function noEcho({ ping }: Evidence): boolean {
  return ping !== undefined && ping.method === null;
}

function judgeName(code: FindingCode, evidence: Evidence): Judgement {
  const resolve = evidence.resolve;
  if (resolve === undefined || resolve.status === 'literal') return null;
  if (resolve.status === 'ok') {
    const answered = resolve.servers.some(({ rcode }) => rcode !== null);
    const failed = resolve.servers.some(({ rcode }) => rcode === 'SERVFAIL' || rcode === 'REFUSED');
    if (code === 'resolver-unreachable') return answered ? 'ruled-out' : null;
    if (code === 'resolver-failure') return answered && !failed ? 'ruled-out' : null;
    return 'ruled-out';
  }
  const answered = resolve.servers.some(({ rcode }) => rcode !== null);
  if (code === 'resolver-unreachable') return answered ? 'ruled-out' : null;
  if (resolve.status === 'timeout') return 'not-answered';
  return code === 'resolver-failure' || resolve.status === 'server-failure' ? null : 'ruled-out';
}

function judgeHost(code: FindingCode, evidence: Evidence, context: Context): Judgement {
  if (hostAnswered(evidence, context)) return 'ruled-out';
  const trace = evidence.trace;
  // Datagrams show a loop, and that there is none; the host may drop them and answer echoes.
  const showsNoLoop = code === 'routing-loop' && trace?.method != null && trace.outcome !== 'silent';
  if (noEcho(evidence)) return showsNoLoop ? 'ruled-out' : 'not-permitted';
  if (code !== 'routing-loop' && code !== 'path-blackhole') return null;
  if (trace === undefined) return null;
  if (trace.method === null) return 'not-permitted';
  return code === 'routing-loop' && trace.outcome !== 'silent' ? 'ruled-out' : null;
}

function judgeEcho(evidence: Evidence): Judgement {
  const ping = evidence.ping;
  if (ping === undefined) return null;
  if (ping.method === null) return 'not-permitted';
  return ping.received > 0 ? 'ruled-out' : 'not-answered';
}

/** The small echoes were let through; whether the target refuses large ones is what remains open. */
function mayFilterLargeEchoes(evidence: Evidence): boolean {
  return readMtu(evidence).outcome === 'blackhole' && sureOf(evidence.mtu) !== 'certain';
}

function judgeSizes(code: 'path-mtu-blackhole' | 'path-mtu-reduced', evidence: Evidence, context: Context): Judgement {
  if (evidence.mtu === undefined) {
    // Large echoes are sent only where small ones are answered: a host that drops them all may hide behind a black hole.
    if (noEcho(evidence) && hostAnswered(evidence, context)) return 'not-permitted';
    const isHidden = code === 'path-mtu-blackhole' && evidence.ping?.received === 0 && hostAnswered(evidence, context);
    return isHidden ? judgeEcho(evidence) : null;
  }
  switch (readMtu(evidence).outcome) {
    case 'ok':
      return 'ruled-out';
    case 'reduced':
      return code === 'path-mtu-blackhole' ? 'ruled-out' : null;
    case 'blackhole':
      return null;
    case 'unreached':
      return 'not-answered';
    case 'unavailable':
      return 'not-permitted';
  }
}

function judgePort(code: FindingCode, evidence: Evidence, context: Context): Judgement {
  const isUdp = transportOf(context.target.scheme) === 'udp';
  if (context.target.port === null || isUdp !== (code === 'udp-port-closed')) {
    if (!(isUdp && context.target.port !== null && code === 'port-rejected')) return null;
  }
  const attempts = asked(evidence, context);
  if (attempts.length === 0) return 'not-answered';
  // Without ears for ICMP an error and an RST are one and the same refusal.
  const isDeaf = evidence.connect?.icmpSeen === false;
  if (code === 'port-rejected' && isDeaf && attempts.some(({ state }) => state === 'closed')) return 'not-permitted';
  if (code === 'connection-dropped') {
    return attempts.some(({ state, dropped }) => state === 'open' && dropped === null) ? 'ruled-out' : null;
  }
  return attempts.every(
    ({ state }) => state === 'open' || state === 'closed' || state === 'filtered' || state === 'rejected',
  )
    ? 'ruled-out'
    : 'not-answered';
}

function judgeListeners(evidence: Evidence, context: Context): Judgement {
  if (context.target.port === null || evidence.resolve === undefined || evidence.resolve.addresses.length === 0)
    return null;
  if (allOpen(evidence, context)) return 'ruled-out';
  const { sockets } = evidence;
  if (sockets !== undefined && sockets.listening !== null) return 'ruled-out';
  const reason = sockets?.unavailable?.reason;
  return reason === 'not-permitted' || reason === 'not-answered' ? reason : 'no-vantage';
}

function judgeTls(code: FindingCode, { tls }: Evidence): Judgement {
  if (tls === undefined || tls.cutShort) return null;
  if (tls.state === null) return 'not-permitted';
  if (tls.state === 'established') return 'ruled-out';
  return code === 'tls-handshake-failed' ? null : 'not-answered';
}

function judgeHttp({ tls, http }: Evidence): Judgement {
  switch (readHttp(http).outcome) {
    case 'ok':
      return 'ruled-out';
    case 'unavailable':
      return 'not-permitted';
    case 'not-asked':
      return tls?.state === null ? 'not-permitted' : null;
    case 'client-error':
    case 'server-error':
    case 'failed':
    case 'silent':
    case 'dropped':
      return null;
  }
}
