import type { Where } from '../../domain/verdict.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import type { Context } from '../context.ts';
import { readLink } from '../link.ts';
import { conflictOf } from '../links/conflict.ts';
import { type LinkRole, linkRole } from '../links/role.ts';
import { allOpen, asked } from './asked.ts';
import { hostAnswered } from './host-answers.ts';
import type { CodeRules, Judgement } from './rules.ts';
import { leftThisMachine, refusedToSend } from './sending.ts';

const here = ({ route }: Evidence): Where => ({ hop: 0, address: route?.source ?? null });
const hasRoute = ({ route }: Evidence): Judgement =>
  route?.status === 'ok' || route?.status === 'local' ? 'ruled-out' : null;

export const THIS_MACHINE_CODES = {
  'no-network': {
    place: here,
    owner: () => 'this-machine',
    judge: hasRoute,
    // Without an interface that has an address nothing can be asked of a gateway, nor of a route.
    lookalikes: [
      { code: 'gateway-unreachable', fits: 'less', excluded: ({ route }) => route?.status === 'no-network' },
      { code: 'no-route', fits: 'less', excluded: ({ route }) => route?.status === 'no-network' },
    ],
  },
  'local-firewall': {
    place: here,
    owner: () => 'this-machine',
    observed: (evidence) => (refusedToSend(evidence) ? 'warning' : null),
    judge: judgeFirewall,
    lookalikes: [{ code: 'no-route', fits: 'less', excluded: refusedToSend }],
  },
  'local-ports-exhausted': {
    place: here,
    owner: () => 'this-machine',
    judge: (evidence, context) =>
      asked(evidence, context).some(({ protocol }) => protocol === 'tcp') ? 'ruled-out' : null,
    lookalikes: [{ code: 'no-route', fits: 'less', excluded: (evidence) => hasRoute(evidence) === 'ruled-out' }],
  },
  'gateway-unreachable': {
    place: ({ route }) => ({ hop: 1, address: route?.gateway ?? null }),
    owner: () => 'path',
    judge: (evidence) => (evidence.route?.gateway === null ? null : judgeLink(evidence)),
    lookalikes: [
      // Nobody is asked for on the link in vain unless a packet has passed the rules for what goes out.
      { code: 'local-firewall', fits: 'less', excluded: ({ route }) => route?.neighbour === 'failed' },
      { code: 'no-network', fits: 'less', excluded: (evidence) => hasRoute(evidence) === 'ruled-out' },
    ],
  },
  'no-route': {
    place: here,
    owner: () => 'this-machine',
    judge: hasRoute,
    // The kernel's own refusal: a firewall would have let the look-up of the route pass, a router is not asked.
    lookalikes: [
      {
        code: 'local-firewall',
        fits: 'less',
        excluded: (evidence) => kernelRefused(evidence) && !refusedToSend(evidence),
      },
      { code: 'network-unreachable', fits: 'less', excluded: kernelRefused },
    ],
  },
  'address-conflict': {
    verdict: (evidence, context) => (isAskedAnswered(evidence, context) ? 'degraded' : 'fault'),
    place: conflictPlace,
    owner: ({ route }) => CONFLICT_OWNERS[conflictOf(route)?.of ?? 'target'],
    observed: ({ route }) => (conflictOf(route) === null ? null : 'warning'),
    judge: ({ route }) => (route?.claims === undefined || conflictOf(route) !== null ? null : 'ruled-out'),
    // One machine may answer by two of its interfaces, each with its own link-layer address.
    lookalikes: [{ code: 'multipath', fits: 'less', excluded: () => false }],
  },
  'local-network-overlap': {
    place: here,
    owner: () => 'this-machine',
    judge: (evidence) => judgeRole(evidence, 'own-network'),
    lookalikes: [{ code: 'neighbour-unreachable', fits: 'less', excluded: () => false }],
  },
  'tunnel-silent': {
    place: here,
    owner: () => 'this-machine',
    judge: (evidence) => judgeRole(evidence, 'tunnel'),
    lookalikes: [{ code: 'path-blackhole', fits: 'less', excluded: () => false }],
  },
} as const satisfies Record<string, CodeRules>;

const CONFLICT_OWNERS = { own: 'this-machine', gateway: 'path', target: 'target' } as const;
const CONFLICT_HOPS = { own: 0, gateway: 1, target: 1 } as const;

function conflictPlace({ route }: Evidence): Where | null {
  const conflict = conflictOf(route);
  return conflict === null ? null : { hop: CONFLICT_HOPS[conflict.of], address: conflict.address };
}

/** Whether what was asked for works: the port where one was asked for, else the host. */
function isAskedAnswered(evidence: Evidence, context: Context): boolean {
  if (context.target.port === null) return hostAnswered(evidence, context);
  return allOpen(evidence, context);
}

/** Of a route that leads into such a link: whether something came back by it. */
function judgeRole(evidence: Evidence, role: LinkRole): Judgement {
  const { route } = evidence;
  if (route?.status !== 'ok' || linkRole(route) !== role) return null;
  return readLink(evidence).outcome === 'answers' ? 'ruled-out' : null;
}

function kernelRefused({ route, connect, ping }: Evidence): boolean {
  if (route?.status === 'no-route' || ping?.localError != null) return true;
  return connect?.attempts.some(({ state }) => state === 'local-error') ?? false;
}

/** Of the next hop, whichever it is. */
export function judgeLink(evidence: Evidence): Judgement {
  if (evidence.route?.status !== 'ok') return null;
  return readLink(evidence).outcome === 'answers' ? 'ruled-out' : null;
}

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
