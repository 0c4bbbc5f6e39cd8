import type { FindingCode } from '../../domain/finding-code.ts';
import { transportOf } from '../../domain/target.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import type { Context } from '../context.ts';
import { locateFilter } from '../filter-location.ts';
import { readFlows } from '../flows.ts';
import { isAnsweredByTarget } from '../nearer.ts';
import { endsBeforeTarget, isTakenByTarget } from '../taken.ts';
import { asked } from './asked.ts';
import { attemptErrorPlace, filterPlace } from './error-place.ts';
import { isHeldByItself, LISTENER_CODES, ownerOfFilter } from './listeners.ts';
import { type CodeRules, type From, type Judgement, NOT_JUDGED, NOWHERE } from './rules.ts';
import { leftThisMachine } from './sending.ts';

export const PORT_CODES = {
  ...LISTENER_CODES,
  'port-rejected': {
    place: attemptErrorPlace,
    owner: (evidence, context) => {
      const from = attemptErrorPlace(evidence, context)?.address;
      return from === undefined ? 'unknown' : from === context.address ? 'target' : 'path';
    },
    judge: judgePort('port-rejected'),
    lookalikes: [
      { code: 'port-closed', fits: 'less', excluded: wasRefusalHeard },
      { code: 'host-unreachable', fits: 'less', excluded: wasRefusalHeard },
      { code: 'local-firewall', fits: 'less', excluded: wasRefusalHeard },
    ],
  },
  'port-closed': {
    // The device that reset the connection in the host's place.
    place: (evidence) => {
      const location = locateFilter(evidence);
      return location?.kind === 'answered-for' ? location.device : null;
    },
    owner: (evidence) => (locateFilter(evidence)?.kind === 'answered-for' ? 'path' : 'target'),
    judge: judgePort('port-closed'),
    lookalikes: (
      [
        'not-listening',
        'listening-on-loopback',
        'listening-other-family',
        'port-rejected',
        'local-firewall',
        'forwarded-port-fails',
        'answered-on-the-way',
      ] as const
    ).map((code) => ({ code, fits: 'less', excluded: isHostsReset })),
  },
  'port-filtered': {
    place: filterPlace,
    owner: ownerOfFilter,
    judge: judgePort('port-filtered'),
    lookalikes: [
      { code: 'accept-queue-full', fits: 'less', excluded: isSilenceNotTheListeners },
      { code: 'not-listening', fits: 'less', excluded: isSilenceNotTheListeners },
      {
        code: 'local-firewall',
        fits: 'less',
        excluded: (evidence, context) => isByOptions(evidence, context) || leftThisMachine(evidence, context),
      },
      {
        code: 'reply-from-other-address',
        fits: 'less',
        excluded: (evidence, context) => endsBeforeTarget(evidence) || wasListenedTo(evidence, context),
      },
      // A SYN without options was let in: there is a listener, and its own machine's rules are the nearest of what drops.
      {
        code: 'firewall-blocks-port',
        fits: 'less',
        excluded: (evidence, context) => !isByOptions(evidence, context),
      },
    ],
  },
  'connection-dropped': {
    place: NOWHERE,
    owner: () => 'service',
    judge: judgePort('connection-dropped'),
    lookalikes: [
      { code: 'forwarded-port-fails', fits: 'less', excluded: isHeldByItself },
      { code: 'answered-on-the-way', fits: 'less', excluded: isAnsweredByTarget },
    ],
  },
  'udp-port-closed': {
    place: NOWHERE,
    owner: () => 'target',
    judge: judgePort('udp-port-closed'),
    lookalikes: (['port-rejected', 'not-listening', 'listening-on-loopback'] as const).map((code) => ({
      code,
      fits: 'less',
      excluded: isTargetsError,
    })),
  },
  'udp-open-or-filtered': {
    place: filterPlace,
    owner: () => 'unknown',
    judge: NOT_JUDGED,
    lookalikes: (['port-filtered', 'udp-port-closed', 'port-open'] as const).map((code) => ({
      code,
      fits: 'as-well',
      excluded: () => false,
    })),
  },
} as const satisfies Record<string, CodeRules>;

/** Without ears for ICMP a refusal may have been any of several; one from no further than the first hop is nobody's for sure. */
function wasRefusalHeard({ connect }: Evidence): boolean {
  return connect?.icmpSeen === true && connect.resetFromAfar !== false;
}

/** Whether the RST is seen to come from the target itself, which is asked there and passes the port on to nobody. */
function isHostsReset(evidence: Evidence): boolean {
  return locateFilter(evidence)?.kind !== 'answered-for' && wasRefusalHeard(evidence) && isTakenByTarget(evidence);
}

/** The target's own error: a router or a rule on the way would have sent it under its own address. */
function isTargetsError({ connect }: Evidence, context: Context): boolean {
  const errors = (connect?.attempts ?? []).filter(
    ({ port, state }) => port === context.target.port && state === 'closed',
  );
  return connect?.icmpSeen === true && errors.some(({ address, icmp }) => icmp?.from === address);
}

function isByOptions(evidence: Evidence, context: Context): boolean {
  return readFlows(evidence, context).kind === 'by-options';
}

/** Whether answers from any address would have been heard. */
function wasListenedTo({ flows }: Evidence, context: Context): boolean {
  return transportOf(context.target.scheme) === 'tcp' && flows?.method === 'raw';
}

/**
 * Whether the silence is none of the target's sockets: other SYNs are let in, or the attempt does not come as far. A
 * full accept queue is as silent as a filter, and so is a port without a listener on a host in stealth mode.
 */
function isSilenceNotTheListeners(evidence: Evidence, context: Context): boolean {
  return isByOptions(evidence, context) || endsBeforeTarget(evidence);
}

function judgePort(code: FindingCode): From<Judgement> {
  return (evidence, context) => {
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
  };
}
