import { familyOf } from '../../domain/address.ts';
import { bindScopeOf } from '../../domain/bind-scope.ts';
import type { Listener } from '../../domain/evidence.ts';
import type { FactName, Facts } from '../../domain/fact.ts';
import { FACT_NAMES } from '../../domain/fact.ts';
import type { FindingCode } from '../../domain/finding-code.ts';
import { transportOf } from '../../domain/target.ts';
import type { Language, Where } from '../../domain/verdict.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import { hintOf } from '../../evidence/obstacles/describe.ts';
import { proofOf } from '../alive.ts';
import type { Context } from '../context.ts';
import { locateFilter } from '../filter-location.ts';
import { onsetOf } from '../hops.ts';
import { foreignErrors } from '../path.ts';
import { lossIsOfPort } from '../port-loss.ts';
import { attemptFacts } from './attempt-facts.ts';
import { linkFacts } from './link-facts.ts';
import { nameFacts } from './name-facts.ts';
import { pathFacts } from './path-facts.ts';
import { serviceFacts } from './service-facts.ts';
import { sizeFacts } from './size-facts.ts';
import { timeFacts } from './time-facts.ts';
import { udpFacts } from './udp-facts.ts';
import { witnessFacts } from './witness-facts.ts';

type Known = Partial<Record<FactName, string | number | null | undefined>>;

/** Every fact of the run as text; `?` where it is not known. */
export function factsOf(
  code: FindingCode | null,
  where: Where | null,
  evidence: Evidence,
  context: Context,
  lang: Language,
): Facts {
  const known: Known = {
    ...commonFacts(evidence, context),
    ...policyFacts(code, evidence, context),
    ...lossFacts(code, evidence),
    ...pathFacts(where, evidence),
    ...rangeFacts(code, evidence, context),
    'threshold-ms': code === 'high-jitter' ? context.thresholds.jitterMs : context.thresholds.slowMs,
    ...serviceFacts(code, evidence),
    engine: engineHint(evidence, lang),
  };
  return Object.fromEntries(FACT_NAMES.map((name) => [name, String(known[name] ?? '?')])) as Facts;
}

const common = new WeakMap<Evidence, { readonly context: Context; readonly known: Known }>();

/** What no code and no place changes: a report asks for it once for each code that it names. */
function commonFacts(evidence: Evidence, context: Context): Known {
  const before = common.get(evidence);
  if (before?.context === context) return before.known;
  const known: Known = {
    ...targetFacts(evidence, context),
    ...routeFacts(evidence, context),
    ...linkFacts(evidence, context),
    ...nameFacts(evidence.resolve),
    ...pingFacts(evidence),
    ...errorFacts(evidence),
    ...portFacts(evidence, context),
    ...filterFacts(evidence),
    'measured-at': measuredAt(evidence),
    ...attemptFacts(evidence, context),
    'deadline-s': rounded(context.deadlineS),
    'path-mtu': evidence.mtu?.pathMtu,
    ...sizeFacts(evidence),
    mss: mssOf(evidence.mtu),
    ...timeFacts(evidence, context),
    ...witnessFacts(evidence),
    'first-byte-limit-ms': context.thresholds.firstByteMs,
  };
  common.set(evidence, { context, known });
  return known;
}

/** What kept the engines from measuring, in words; null for nothing. */
function engineHint({ ping, trace, tls, resolve, sockets }: Evidence, lang: Language): string | null {
  // Where nothing was resolved, the machine that should have measured could not be reached.
  const where = resolve === undefined ? sockets?.unavailable : undefined;
  const unavailable = ping?.unavailable ?? trace?.unavailable ?? tls?.unavailable ?? where;
  return unavailable == null ? null : hintOf(unavailable, lang);
}

function targetFacts(evidence: Evidence, context: Context): Known {
  const { target, address } = context;
  const family = address === null ? null : familyOf(address);
  const host = target.host.includes(':') && target.port !== null ? `[${target.host}]` : target.host;
  const typed = target.port === null ? host : `${host}:${target.port}`;
  return {
    host: target.host,
    address,
    family,
    'echo-type': family === 6 ? 128 : 8,
    port: target.port,
    protocol: transportOf(target.scheme),
    target: target.scheme === 'udp' ? `udp://${typed}` : typed,
    addresses: listed(evidence.resolve?.addresses),
  };
}

function routeFacts({ route, connect }: Evidence, { target, address }: Context): Known {
  const getsIn = connect?.attempts.some(
    (each) => each.state === 'open' && each.port === target.port && each.address === address,
  );
  return {
    interface: route?.interface,
    // Of a service of this machine that lets this machine in, it is others that are kept out: nobody told which.
    source: route?.status === 'local' && getsIn ? null : route?.source,
    gateway: route?.gateway,
    mtu: route?.mtu,
    'route-error': route?.error,
  };
}

/** The kernel has a way for some packets to the address and none for those to the port: its rules tell them apart. */
function policyFacts(code: FindingCode | null, { route, connect }: Evidence, { target, address }: Context): Known {
  if (code !== 'no-route' || route?.error != null) return {};
  const refused = connect?.attempts.find((each) => each.port === target.port && each.address === address);
  return refused?.state === 'local-error' ? { 'route-error': refused.error, 'refused-port': refused.port } : {};
}

function pingFacts(evidence: Evidence): Known {
  const ping = evidence.ping;
  if (ping === undefined) return {};
  return {
    sent: ping.sent,
    received: ping.received,
    lost: ping.sent - ping.received,
    'loss-percent': rounded(ping.lossPercent),
    'loss-low': rounded(ping.lossInterval?.low),
    'loss-high': rounded(ping.lossInterval?.high),
    duplicates: ping.duplicates,
    'rtt-ms': rounded(ping.rttMs?.median ?? ping.late?.rttMs),
    'rtt-max-ms': rounded(ping.rttMs?.max ?? ping.late?.rttMs),
    'jitter-ms': rounded(ping.jitterMs),
    'reply-ttl': ping.replyTtl,
  };
}

function errorFacts(evidence: Evidence): Known {
  const error = foreignErrors(evidence, evidence.route?.source ?? null)[0];
  const isFilters = error?.kind === 'port-unreachable' || error?.kind === 'protocol-unreachable';
  return {
    'icmp-type': error?.type,
    'icmp-code': error?.code,
    'icmp-from': error?.from,
    'refused-as': isFilters ? error.kind.replace('-', ' ') : null,
  };
}

/** Of attempts at the port that are lost, and no echoes, the echoes tell nothing. */
function lossFacts(code: FindingCode | null, evidence: Evidence): Known {
  if (code !== 'packet-loss' || !lossIsOfPort(evidence)) return {};
  const none = { sent: null, lost: null, 'loss-percent': null, 'loss-low': null, 'loss-high': null };
  return { ...none, 'lost-port': evidence.portTrace?.port };
}

/** Where a place is not one hop but one of several. */
function rangeFacts(code: FindingCode | null, evidence: Evidence, context: Context): Known {
  if (code !== 'packet-loss' && code !== 'high-latency' && code !== 'high-jitter') return {};
  const onset = onsetOf(code, evidence, context);
  return onset.kind === 'between' ? { 'where-first': onset.first, 'where-last': onset.last } : {};
}

function filterFacts(evidence: Evidence): Known {
  const location = locateFilter(evidence);
  switch (location?.kind) {
    case 'on-path':
      return {
        'passed-hop': location.passed.hop,
        'passed-address': location.passed.address,
        'blocked-hop': location.blocked?.hop,
        'blocked-address': location.blocked?.address,
      };
    case 'at-target': {
      const { passed, target } = location;
      if (passed.hop === 0) return { 'target-hop': target.hop };
      return { 'router-hop': passed.hop, 'router-address': passed.address, 'target-hop': target.hop };
    }
    case 'answered-for':
      return {
        'device-hop': location.device.hop,
        'device-address': location.device.address,
        'target-hop': location.targetHop,
      };
    case 'rejected':
    case undefined:
      return {};
  }
}

function portFacts(evidence: Evidence, context: Context): Known {
  const attempts = evidence.connect?.attempts ?? [];
  const asked = attempts.filter(({ port }) => port === context.target.port);
  const first = asked.find(({ address }) => address === context.address) ?? asked[0];
  const proof = context.address === null ? null : proofOf(attempts, context.address);
  const listener = evidence.sockets?.listening?.filter(
    ({ port, protocol }) => port === context.target.port && protocol === transportOf(context.target.scheme),
  );
  const echoes = [...(evidence.ping === undefined ? [] : [evidence.ping]), ...(evidence.ping?.others ?? [])];
  const worksByEcho = echoes.filter(({ received }) => received > 0).map(({ address }) => address);
  const works =
    asked.length > 0 ? asked.filter(({ state }) => state === 'open').map(({ address }) => address) : worksByEcho;
  const fails =
    asked.length > 0
      ? asked.filter(({ state }) => state !== 'open').map(({ address, state }) => `${address} (${state})`)
      : echoes.filter(({ received }) => received === 0).map(({ address }) => address);
  const isOneAddress = new Set([...works, ...asked.map(({ address }) => address)]).size === 1;
  return {
    ...udpFacts(context.target, first),
    'connect-ms': rounded(first?.ms),
    'connect-error': first?.error,
    'port-state': first?.state === 'open' ? null : first?.state,
    'open-ms': first?.state === 'open' ? rounded(first.ms) : null,
    'refused-by': first?.icmp?.from,
    proof: proof === null ? null : describeProof(proof),
    bind: listed(listener?.map(boundPlace)),
    'bind-address': listener?.find(({ address }) => bindScopeOf(address) === 'one')?.address,
    'bind-interface': listed(listener?.flatMap((each) => each.interface ?? [])),
    // Of one address it is the attempts that differ.
    working: isOneAddress ? null : listed(works),
    failing: isOneAddress ? null : listed(fails),
    process: listener?.flatMap(({ process, pid }) => (process === null ? [] : [`${process} (pid ${pid ?? '?'})`]))[0],
    'accept-queue': listener?.flatMap(({ acceptQueue }) => acceptQueue ?? [])[0],
    backlog: listener?.flatMap(({ backlog }) => backlog ?? [])[0],
  };
}

/** As ss(8) writes it. A link-local address carries its interface already. */
function boundPlace({ address, interface: device }: Listener): string {
  return device == null || address.includes('%') ? address : `${address}%${device}`;
}

function describeProof(attempt: NonNullable<ReturnType<typeof proofOf>>): string {
  if (attempt.protocol === 'udp')
    return `UDP ${attempt.port}: ${attempt.state === 'open' ? 'answer' : 'port unreachable'}`;
  if (attempt.state === 'open') return `TCP ${attempt.port}: SYN-ACK`;
  return `TCP ${attempt.port}: ${attempt.icmp === null ? 'RST' : 'port unreachable'}`;
}

/** When the run's own attempt began: whoever reads a log at the other end needs it. */
function measuredAt({ connect, ping, resolve }: Evidence): string | null {
  const at = connect?.startedAt ?? ping?.startedAt ?? resolve?.startedAt;
  return at === undefined ? null : `${at.slice(0, 19).replace('T', ' ')} UTC`;
}

/** The TCP segments that fit into the path: its MTU less the headers of IP and TCP (RFC 6691 2). */
function mssOf(mtu: Evidence['mtu']): number | null {
  if (mtu === undefined || mtu.pathMtu === null) return null;
  return mtu.pathMtu - (familyOf(mtu.address) === 4 ? 40 : 60);
}

function listed(values: readonly string[] | undefined): string | null {
  return values === undefined || values.length === 0 ? null : values.join(', ');
}

function rounded(value: number | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  return String(value >= 10 ? Math.round(value) : Math.round(value * 100) / 100);
}
