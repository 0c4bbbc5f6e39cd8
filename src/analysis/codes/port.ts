import type { FindingCode } from '../../domain/finding-code.ts';
import { transportOf } from '../../domain/target.ts';
import type { Owner, Where } from '../../domain/verdict.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import type { Context } from '../context.ts';
import { locateFilter } from '../filter-location.ts';
import { read } from '../read.ts';
import { allOpen, asked } from './asked.ts';
import { attemptErrorPlace, filterPlace } from './error-place.ts';
import { type CodeRules, type From, type Judgement, type Lookalike, NOT_JUDGED, NOWHERE } from './rules.ts';
import { leftThisMachine } from './sending.ts';

/** What the target's own socket table tells, as sure as the table is the target's. */
const ofListeners = (lookalikes: readonly FindingCode[], place: From<Where | null> = NOWHERE) =>
  ({
    place,
    owner: (): Owner => 'target',
    judge: judgeListeners,
    lookalikes: lookalikes.map((code): Lookalike => ({ code, fits: 'less', excluded: isTableSure })),
  }) satisfies CodeRules;

export const PORT_CODES = {
  'not-listening': ofListeners(['port-closed', 'listening-on-other-address']),
  'listening-on-loopback': ofListeners(['firewall-blocks-port']),
  'listening-on-other-address': ofListeners(['name-from-hosts-file', 'firewall-blocks-port']),
  'listening-other-family': ofListeners(['listening-on-other-address']),
  'accept-queue-full': ofListeners(['port-filtered']),
  'firewall-blocks-port': {
    ...ofListeners(['listening-on-other-address', 'accept-queue-full'], blockPlace),
    owner: ownerOfFilter,
  },
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
      ['not-listening', 'listening-on-loopback', 'listening-other-family', 'port-rejected', 'local-firewall'] as const
    ).map((code) => ({ code, fits: 'less', excluded: isHostsReset })),
  },
  'port-filtered': {
    place: filterPlace,
    owner: ownerOfFilter,
    judge: judgePort('port-filtered'),
    lookalikes: (['accept-queue-full', 'not-listening', 'local-firewall'] as const).map((code) => ({
      code,
      fits: 'less',
      excluded: isSilencePlaced,
    })),
  },
  'connection-dropped': {
    place: NOWHERE,
    owner: () => 'service',
    judge: judgePort('connection-dropped'),
    lookalikes: [],
  },
  'udp-port-closed': {
    place: NOWHERE,
    owner: () => 'target',
    judge: judgePort('udp-port-closed'),
    lookalikes: (['port-rejected', 'not-listening', 'listening-on-loopback'] as const).map((code) => ({
      code,
      fits: 'less',
      excluded: ({ connect }) => connect?.icmpSeen === true,
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

function isTableSure(evidence: Evidence, context: Context): boolean {
  const { outcome, confidence } = read('sockets', evidence, context);
  return outcome !== 'no-vantage' && outcome !== 'not-permitted' && confidence === 'certain';
}

/** Without ears for ICMP a refusal may have been any of several; one from no further than the first hop is nobody's for sure. */
function wasRefusalHeard({ connect }: Evidence): boolean {
  return connect === undefined || (connect.icmpSeen && connect.resetFromAfar !== false);
}

function isHostsReset(evidence: Evidence): boolean {
  return locateFilter(evidence)?.kind !== 'answered-for' && wasRefusalHeard(evidence);
}

/**
 * Something in front of the host may answer its echoes, or take the port in its name: the host itself may be down. An
 * open UDP port may be as silent: only the trace tells.
 */
function isSilencePlaced(evidence: Evidence, context: Context): boolean {
  const { trace, portTrace } = evidence;
  const isAnsweredFor =
    trace?.oddities?.includes('target-at-first-hop') === true ||
    portTrace?.oddities?.includes('expired-at-target') === true;
  return context.target.scheme !== 'udp' && !isAnsweredFor && leftThisMachine(evidence, context);
}

function blockPlace(evidence: Evidence, context: Context): Where | null {
  const own = evidence.route?.status === 'local' ? { hop: 0, address: context.address } : null;
  return attemptErrorPlace(evidence, context) ?? filterPlace(evidence) ?? own;
}

/** Who runs what drops or refuses the attempt. */
function ownerOfFilter(evidence: Evidence, context: Context): Owner {
  if (evidence.route?.status === 'local') return 'this-machine';
  const from = attemptErrorPlace(evidence, context)?.address;
  if (from !== undefined) return from === context.address ? 'target' : 'path';
  switch (locateFilter(evidence)?.kind) {
    case 'on-path':
    case 'answered-for':
    case 'rejected':
      return 'path';
    case 'at-target':
      return 'target';
    case undefined:
      return 'unknown';
  }
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

function judgeListeners(evidence: Evidence, context: Context): Judgement {
  if (context.target.port === null || evidence.resolve === undefined || evidence.resolve.addresses.length === 0)
    return null;
  if (allOpen(evidence, context)) return 'ruled-out';
  const { sockets } = evidence;
  if (sockets !== undefined && sockets.listening !== null) return 'ruled-out';
  const reason = sockets?.unavailable?.reason;
  return reason === 'not-permitted' || reason === 'not-answered' ? reason : 'no-vantage';
}
