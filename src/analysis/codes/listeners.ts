import { bindScopeOf } from '../../domain/bind-scope.ts';
import type { Listener } from '../../domain/evidence.ts';
import type { FindingCode } from '../../domain/finding-code.ts';
import { transportOf } from '../../domain/target.ts';
import type { Owner, Where } from '../../domain/verdict.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import type { Context } from '../context.ts';
import { locateFilter } from '../filter-location.ts';
import { isForwarder, isPortTranslated, isTargetSearching } from '../forwarding.ts';
import { read } from '../read.ts';
import { endsBeforeTarget, isTakenByTarget } from '../taken.ts';
import { provenRule, readWitness } from '../witness/witness.ts';
import { allOpen, asked } from './asked.ts';
import { attemptErrorPlace, filterPlace } from './error-place.ts';
import { hostAnswered } from './host-answers.ts';
import { type CodeRules, type From, type Judgement, type Lookalike, NOWHERE } from './rules.ts';
import { leftThisMachine } from './sending.ts';

/** What the target's own socket table tells, as sure as the table is the target's. */
const ofListeners = (code: ListenerCode, lookalikes: readonly FindingCode[]) =>
  ({
    place: NOWHERE,
    owner: (): Owner => 'target',
    judge: judgeListeners(code),
    lookalikes: [
      ...lookalikes.map((other): Lookalike => ({ code: other, fits: 'less', excluded: isTableSure })),
      { code: 'forwarded-port-fails', fits: 'less', excluded: isNotPassedOn },
    ],
  }) satisfies CodeRules;

type ListenerCode =
  | 'not-listening'
  | 'listening-on-loopback'
  | 'listening-on-other-address'
  | 'listening-other-family'
  | 'accept-queue-full';

/** What the sockets of the target tell of its port. */
export const LISTENER_CODES = {
  'not-listening': ofListeners('not-listening', ['port-closed', 'listening-on-other-address']),
  'listening-on-loopback': ofListeners('listening-on-loopback', ['firewall-blocks-port']),
  'listening-on-other-address': ofListeners('listening-on-other-address', [
    'name-from-hosts-file',
    'firewall-blocks-port',
  ]),
  'listening-other-family': {
    ...ofListeners('listening-other-family', ['listening-on-other-address']),
    observed: (evidence, context) => (isFamilyOfLoopbackClosed(evidence, context) ? 'warning' : null),
  },
  'accept-queue-full': ofListeners('accept-queue-full', ['port-filtered']),
  'firewall-blocks-port': {
    place: blockPlace,
    owner: ownerOfFilter,
    judge: judgeBlock,
    lookalikes: ruledBy([
      { code: 'listening-on-other-address', fits: 'less', excluded: ({ sockets }) => sockets?.ownsTarget === true },
      {
        code: 'listening-on-other-address',
        cause: 'interface',
        fits: 'less',
        excluded: everyListener((listener) => listener.interface !== undefined),
      },
      {
        code: 'listening-other-family',
        fits: 'less',
        excluded: everyListener(({ family, v6Only }, context) => v6Only !== null || family === familyOf(context)),
      },
      { code: 'accept-queue-full', fits: 'less', excluded: hasRoomForAll },
      {
        code: 'forwarded-port-fails',
        fits: 'less',
        excluded: (evidence, context) => endsBeforeTarget(evidence) || isNotPassedOn(evidence, context),
      },
      // Neither its way back nor its reverse-path filter keeps the answers of the port alone.
      { code: 'path-blackhole', cause: 'way-back', fits: 'less', excluded: hostAnswered },
      {
        code: 'local-firewall',
        fits: 'less',
        excluded: (evidence, context) => isOwn(evidence) || leftOrAnswered(evidence, context),
      },
    ]),
  },
  'forwarded-port-fails': {
    place: ({ trace }, { address }) => ({ hop: trace?.targetAnswer?.ttl ?? null, address }),
    owner: () => 'target',
    judge: (evidence, context) => (allOpen(evidence, context) ? 'ruled-out' : null),
    lookalikes: [
      {
        code: 'port-closed',
        fits: 'less',
        excluded: (evidence, context) => isPortTranslated(evidence) || !hasEnded(evidence, context, 'closed'),
      },
      {
        code: 'firewall-blocks-port',
        fits: 'less',
        // Even behind the target a rule may drop or reject what it has passed on.
        excluded: (evidence, context) =>
          hasEnded(evidence, context, 'open') || (isPortTranslated(evidence) && hasEnded(evidence, context, 'closed')),
      },
      {
        code: 'connection-dropped',
        fits: 'less',
        excluded: (evidence, context) => !hasEnded(evidence, context, 'open'),
      },
    ],
  },
} as const satisfies Record<string, CodeRules>;

/** Of a name of loopback, one family lets in and the other refuses: programs that try that one first are refused. */
function isFamilyOfLoopbackClosed(evidence: Evidence, context: Context): boolean {
  const attempts = asked(evidence, context).filter(({ address }) => bindScopeOf(address) === 'loopback');
  const families = (state: 'open' | 'closed') =>
    new Set(attempts.filter((attempt) => attempt.state === state).map(({ address }) => familyOf({ address })));
  const open = families('open');
  return open.size > 0 && [...families('closed')].some((family) => !open.has(family));
}

function isTableSure(evidence: Evidence, context: Context): boolean {
  const { outcome, confidence } = read('sockets', evidence, context);
  return outcome !== 'no-vantage' && outcome !== 'not-permitted' && confidence === 'certain';
}

/** The listeners of the asked port, of which nothing is known where nobody could look. */
function listenersAt({ sockets }: Evidence, { target }: Context): readonly Listener[] {
  const protocol = transportOf(target.scheme);
  return (sockets?.listening ?? []).filter((each) => each.port === target.port && each.protocol === protocol);
}

function everyListener(holds: (listener: Listener, context: Context) => boolean): From<boolean> {
  return (evidence, context) => {
    const listeners = listenersAt(evidence, context);
    return listeners.length > 0 && listeners.every((listener) => holds(listener, context));
  };
}

function familyOf({ address }: Pick<Context, 'address'>): 4 | 6 {
  return address?.includes(':') ? 6 : 4;
}

/** A full queue is silent, and of a queue whose limit is not known nobody can tell. */
function hasRoomForAll(evidence: Evidence, context: Context): boolean {
  const attempts = asked(evidence, context);
  if (attempts.length > 0 && attempts.every(({ state }) => state !== 'filtered')) return true;
  return isTableSure(evidence, context);
}

function hasEnded(evidence: Evidence, context: Context, state: 'open' | 'closed' | 'filtered'): boolean {
  return asked(evidence, context).some((attempt) => attempt.state === state);
}

/** Whether it is seen that the target takes the port itself: by its packets, and by the program that holds it. */
function isNotPassedOn(evidence: Evidence, context: Context): boolean {
  return isTakenByTarget(evidence) && !isSeenPassedOn(evidence, context);
}

/** Whether the program that holds the port is known, and is none that passes on what it gets. */
export function isHeldByItself(evidence: Evidence, context: Context): boolean {
  const listeners = listenersAt(evidence, context);
  const isKnown = listeners.length > 0 && listeners.every(({ process }) => process !== null);
  // It was let in, and beside a program that listens no rule is there that would send others elsewhere.
  return isKnown && evidence.sockets?.ownsTarget === true && !isSeenPassedOn(evidence, context);
}

/** Whether it is seen that it does not: by a trace, by what it says when it has looked in vain, or by the program. */
function isSeenPassedOn(evidence: Evidence, context: Context): boolean {
  const isLetIn = hasEnded(evidence, context, 'open');
  if (listenersAt(evidence, context).some((listener) => isForwarder(listener, isLetIn))) return true;
  return isPortTranslated(evidence) || asked(evidence, context).some(isTargetSearching);
}

function isOwn({ route }: Evidence): boolean {
  return route?.status === 'local';
}

function leftOrAnswered(evidence: Evidence, context: Context): boolean {
  return (
    leftThisMachine(evidence, context) ||
    asked(evidence, context).some(({ state }) => state === 'closed' || state === 'rejected')
  );
}

/** A rule whose counter rose by our own probes leaves nothing else to be thought of. */
function ruledBy(lookalikes: readonly Lookalike[]): readonly Lookalike[] {
  return lookalikes.map((lookalike) => ({
    ...lookalike,
    excluded: (evidence, context) => provenRule(evidence.witness) !== null || lookalike.excluded(evidence, context),
  }));
}

function blockPlace(evidence: Evidence, context: Context): Where | null {
  if (provenRule(evidence.witness) !== null && !isOwn(evidence)) {
    return { hop: evidence.trace?.targetAnswer?.ttl ?? null, address: context.address };
  }
  const own = isOwn(evidence) ? { hop: 0, address: context.address } : null;
  return attemptErrorPlace(evidence, context) ?? filterPlace(evidence) ?? own;
}

/** Who runs what drops or refuses the attempt. */
export function ownerOfFilter(evidence: Evidence, context: Context): Owner {
  if (evidence.route?.status === 'local') return 'this-machine';
  const { outcome } = readWitness(evidence);
  if (outcome === 'dropped' || outcome === 'arrived') return 'target';
  if (outcome === 'never-arrived') return 'path';
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

/** A table that may not be the target's, or that holds a port which is passed on, excludes nothing. */
function tableOf(evidence: Evidence, context: Context): 'seen' | Judgement {
  if (context.target.port === null || evidence.resolve === undefined || evidence.resolve.addresses.length === 0)
    return null;
  if (allOpen(evidence, context)) return 'ruled-out';
  const { sockets } = evidence;
  if (sockets === undefined) return 'no-vantage';
  if (sockets.listening === null) {
    // Somebody was asked to look: what kept it from looking stands in the evidence.
    return sockets.unavailable?.reason === 'not-permitted' ? 'not-permitted' : 'not-answered';
  }
  return sockets.ownsTarget !== false && !isSeenPassedOn(evidence, context) ? 'seen' : null;
}

function judgeListeners(code: ListenerCode): From<Judgement> {
  return (evidence, context) => {
    const table = tableOf(evidence, context);
    if (table !== 'seen') return table;
    // Of a queue whose limit is not known nothing is ruled out.
    if (code === 'accept-queue-full' && !hasRoomForAll(evidence, context)) return null;
    return 'ruled-out';
  };
}

/** What keeps an attempt from a listener that should answer is not ruled out by the listener. */
function judgeBlock(evidence: Evidence, context: Context): Judgement {
  const table = tableOf(evidence, context);
  if (table !== 'seen') return table;
  const { outcome } = read('sockets', evidence, context);
  return outcome === 'listening' || outcome === 'queue-full' ? null : 'ruled-out';
}
