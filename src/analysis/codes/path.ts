import type { Owner, Verdict, Where } from '../../domain/verdict.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import type { Context } from '../context.ts';
import { placeOfPortLoop } from '../filter-location.ts';
import { firstAttempt } from '../flows.ts';
import { onsetOf, placeOfOnset } from '../hops.ts';
import { gatewayAnswering, isSentApart } from '../links/policy.ts';
import { neglectfulHop } from '../loss/loss-by-hop.ts';
import { placeOfReport, placeOfVanishing, readMtu, sureOf } from '../mtu.ts';
import { placeOfExpiry } from '../path.ts';
import { readPing } from '../ping.ts';
import { looksRateLimited } from '../ping-limited.ts';
import { lossIsOfPort } from '../port-loss.ts';
import { stalledSegments } from '../segments.ts';
import { isStalled } from '../service.ts';
import { lastAnswering, readTrace } from '../trace.ts';
import { provenRule } from '../witness/witness.ts';
import { judgeEcho } from './host.ts';
import { hostAnswered, noEcho } from './host-answers.ts';
import { type CodeRules, type Judgement, NOT_JUDGED, NOWHERE } from './rules.ts';

export const PATH_CODES = {
  'path-blackhole': {
    place: (evidence) => placeOfExpiry(evidence) ?? lastHop(evidence),
    owner: ({ route, trace, witness }) =>
      // Its own kernel is seen to drop them.
      provenRule(witness) !== null
        ? 'target'
        : route !== undefined && isSentApart(route) && (trace === undefined || lastAnswering(trace) === null)
          ? 'this-machine'
          : 'unknown',
    judge: judgeBlackhole,
    // Nothing distinguishes them from here: silence has no sender.
    lookalikes: [
      { code: 'host-unreachable', fits: 'less', excluded: () => false },
      { code: 'admin-prohibited', fits: 'less', excluded: () => false },
      { code: 'network-unreachable', fits: 'less', excluded: () => false },
    ],
  },
  'routing-loop': {
    place: (evidence) => placeOfPortLoop(evidence) ?? readTrace(evidence.trace, { onLink: false, source: null }).where,
    owner: () => 'path',
    judge: judgeLoop,
    lookalikes: [
      // One address that answers at every TTL may be a box that answers for all the hops behind it.
      { code: 'path-blackhole', fits: 'less', excluded: hasSeveralInLoop },
      { code: 'multipath', fits: 'less', excluded: hasSeveralInLoop },
    ],
  },
  'packet-loss': {
    place: (evidence, context) => placeOfOnset(onsetOf('packet-loss', evidence, context)),
    owner: () => 'path',
    observed: (evidence, context) => (pinged(evidence, context) === 'lossy' ? 'warning' : null),
    judge: judgeEcho,
    lookalikes: [
      {
        code: 'hop-loss-harmless',
        fits: ({ ping }) => (ping !== undefined && looksRateLimited(ping) ? 'as-well' : 'less'),
        excluded: isLossSure,
      },
      { code: 'icmp-filtered', fits: 'less', excluded: ({ ping }) => (ping?.received ?? 0) > 0 },
    ],
  },
  'high-latency': {
    place: (evidence, context) => placeOfOnset(onsetOf('high-latency', evidence, context)),
    owner: () => 'path',
    observed: ({ ping }, { thresholds }) =>
      ping?.cutShort !== true && (ping?.rttMs?.median ?? 0) > thresholds.slowMs ? 'warning' : null,
    judge: judgeEcho,
    lookalikes: [],
  },
  'high-jitter': {
    place: (evidence, context) => placeOfOnset(onsetOf('high-jitter', evidence, context)),
    owner: () => 'path',
    observed: (evidence, context) => (pinged(evidence, context) === 'jittery' ? 'warning' : null),
    judge: judgeEcho,
    lookalikes: [],
  },
  'duplicate-replies': {
    place: NOWHERE,
    owner: () => 'path',
    observed: ({ ping }) => (ping !== undefined && !ping.cutShort && ping.duplicates > 0 ? 'warning' : null),
    // A tool that is asked for one echo ends with the first answer.
    judge: (evidence) => (evidence.ping?.method === 'system' ? 'not-permitted' : judgeEcho(evidence)),
    lookalikes: [],
  },
  'path-mtu-blackhole': {
    verdict: (evidence): Verdict => (isStalled(evidence) ? 'fault' : 'degraded'),
    place: placeOfVanishing,
    owner: ownerOfVanishing,
    observed: (evidence) => (readMtu(evidence).outcome === 'blackhole' ? 'warning' : null),
    judge: (evidence, context) => judgeSizes(evidence, context, true),
    lookalikes: [
      {
        code: 'packet-loss',
        fits: 'less',
        // A black hole is called one only where chance is no explanation: see the plan of the probe.
        excluded: (evidence) => evidence.mtu?.blackhole === true || hasStalled(evidence),
      },
      {
        code: 'icmp-filtered',
        fits: 'less',
        // Segments of TCP are no echoes.
        excluded: (evidence) => vanishingIsPlaced(evidence) || hasStalled(evidence),
      },
      {
        code: 'partly-reachable',
        fits: 'less',
        // By chance each of the connections may have met another backend; what the echoes show of the path is no chance.
        excluded: (evidence) => !hasStalled(evidence) || isNarrow(evidence),
      },
    ],
  },
  'path-mtu-reduced': {
    place: placeOfReport,
    owner: () => 'nobody',
    observed: (evidence) => (readMtu(evidence).outcome === 'reduced' ? 'info' : null),
    judge: (evidence, context) => judgeSizes(evidence, context, false),
    lookalikes: [],
  },
  'hop-loss-harmless': {
    place: harmlessPlace,
    owner: () => 'nobody',
    observed: (evidence, context) => {
      const place = harmlessPlace(evidence);
      if (place === null) return null;
      // Of one hop it is not told that its loss matters and that it does not.
      const isLossy = pinged(evidence, context) === 'lossy';
      return isLossy && placeOfOnset(onsetOf('packet-loss', evidence, context))?.hop === place.hop ? null : 'info';
    },
    judge: NOT_JUDGED,
    lookalikes: [],
  },
  multipath: {
    place: NOWHERE,
    owner: () => 'nobody',
    observed: ({ trace }) =>
      trace?.outcome !== 'loop' && (trace?.hops ?? []).some((hop) => hop.addresses.length > 1) ? 'info' : null,
    judge: NOT_JUDGED,
    lookalikes: [],
  },
} as const satisfies Record<string, CodeRules>;

/** What the echoes show beside their silence; null where none was answered. */
function pinged({ ping, route }: Evidence, { thresholds }: Context) {
  if (ping === undefined || ping.cutShort || ping.received === 0) return null;
  return readPing(ping, thresholds, { portAsked: true, source: route?.source ?? null }).outcome;
}

function isLossSure(evidence: Evidence, context: Context): boolean {
  const { ping } = evidence;
  if (lossIsOfPort(evidence) || ping === undefined || looksRateLimited(ping)) return false;
  if ((ping.lossInterval?.low ?? 0) < context.thresholds.lossPercent) return false;
  return isLostBeforeTarget(evidence, context) || (firstAttempt(evidence, context)?.retransmissions ?? 0) > 0;
}

/**
 * Whether the echoes to a router before the target are lost as well: what is lost at the target alone, a target that
 * limits its echo answers may have kept, whether its bucket was full at the beginning or not.
 */
function isLostBeforeTarget(evidence: Evidence, context: Context): boolean {
  const target = evidence.hopEchoes?.hops.at(-1)?.ttl ?? null;
  const onset = onsetOf('packet-loss', evidence, context);
  if (target === null || onset.kind === 'unknown') return false;
  const last = onset.kind === 'at' ? onset.hop : onset.last;
  return last !== null && last < target;
}

function hasSeveralInLoop(evidence: Evidence): boolean {
  const { loop } = (placeOfPortLoop(evidence) === null ? evidence.trace : evidence.portTrace) ?? { loop: [] };
  return loop.length > 1;
}

/** A router that answers small packets and no large ones shows that they stop before it. */
function vanishingIsPlaced({ mtu }: Evidence): boolean {
  return sureOf(mtu) === 'certain';
}

function hasStalled(evidence: Evidence): boolean {
  return stalledSegments(evidence) !== null;
}

/** Whether the echoes show of themselves that the path does not take what this machine's interface does. */
function isNarrow({ mtu }: Evidence): boolean {
  return mtu !== undefined && (mtu.blackhole || (mtu.pathMtu !== null && mtu.pathMtu < mtu.fullSize));
}

/**
 * Where this machine hears the report of the narrow link and the answers of the target are lost all the same, the report
 * does not come to the target, or is not heeded there.
 */
function ownerOfVanishing(evidence: Evidence): Owner {
  const { mtu } = evidence;
  const isReported = mtu !== undefined && !mtu.blackhole && mtu.reportedBy !== null;
  return isReported && stalledSegments(evidence)?.direction === 'back' ? 'target' : 'path';
}

function judgeLoop(evidence: Evidence, context: Context): Judgement {
  if (hostAnswered(evidence, context)) return 'ruled-out';
  const { trace } = evidence;
  // Datagrams show a loop, and that there is none; the host may drop them and answer echoes.
  const showsNoLoop = trace?.method != null && trace.outcome !== 'silent';
  if (showsNoLoop) return 'ruled-out';
  return noEcho(evidence) || trace?.method === null ? 'not-permitted' : null;
}

function judgeBlackhole(evidence: Evidence, context: Context): Judgement {
  if (hostAnswered(evidence, context)) return 'ruled-out';
  return noEcho(evidence) || evidence.trace?.method === null ? 'not-permitted' : null;
}

function judgeSizes(evidence: Evidence, context: Context, isOfBlackhole: boolean): Judgement {
  if (evidence.mtu === undefined) {
    // Large echoes are sent only where small ones are answered: a host that drops them all may hide behind a black hole.
    if (noEcho(evidence) && hostAnswered(evidence, context)) return 'not-permitted';
    return isOfBlackhole && evidence.ping?.received === 0 && hostAnswered(evidence, context)
      ? judgeEcho(evidence)
      : null;
  }
  switch (readMtu(evidence).outcome) {
    case 'ok':
      return 'ruled-out';
    case 'reduced':
      // Whether the reports come to the target as well, only a large answer of its service shows.
      return !isOfBlackhole ? null : hasLargeAnswer(evidence) ? 'ruled-out' : 'no-vantage';
    case 'blackhole':
      return null;
    case 'unreached':
      return 'not-answered';
    case 'unavailable':
      return 'not-permitted';
  }
}

/** As much as no answer holds that comes in one packet. */
function hasLargeAnswer({ mtu, tls, http }: Evidence): boolean {
  return [tls, http].some((service) => (service?.receivedBytes ?? 0) > 2 * (mtu?.fullSize ?? Infinity));
}

/**
 * The first hop before the end that ignores or loses probes while a hop behind it does not: it limits its own answers
 * (RFC 1812 4.3.2.8).
 */
function harmlessPlace({ trace, hopEchoes }: Evidence): Where | null {
  const neglectful = hopEchoes === undefined ? null : neglectfulHop(hopEchoes.hops);
  if (neglectful !== null) return { hop: neglectful.ttl, address: neglectful.address };
  const last = trace?.hops.at(-1);
  if (trace?.outcome !== 'reached' || last === undefined || last.received < last.sent) return null;
  const hop = trace.hops.slice(0, -1).find(({ sent, received }) => received < sent);
  return hop === undefined ? null : { hop: hop.ttl, address: hop.addresses[0] ?? null };
}

/**
 * The last hop that answered: of a trace without any the gateway, where it answers for itself; else this machine (hop 0),
 * as the cause sits there or one further.
 */
function lastHop({ trace, route }: Evidence): Where {
  const last = trace === undefined ? null : lastAnswering(trace);
  const gateway = route === undefined ? null : gatewayAnswering(route);
  if (last === null && gateway !== null) return { hop: 1, address: gateway };
  if (last === null) return { hop: 0, address: route?.source ?? null };
  return { hop: last.ttl, address: last.addresses[0] ?? null };
}
