import type { IcmpErrorKind } from '../../domain/icmp-error.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import { proofOf } from '../alive.ts';
import type { Context } from '../context.ts';
import { readFlows } from '../flows.ts';
import { readMtu, sureOf } from '../mtu.ts';
import { answeredNearer } from '../nearer.ts';
import { foreignErrors, placeOfError } from '../path.ts';
import { allOpen, asked } from './asked.ts';
import { errorPlace } from './error-place.ts';
import { hostAnswered, noEcho } from './host-answers.ts';
import { type CodeRules, type Judgement, type Lookalike, NOWHERE } from './rules.ts';
import { refusedToSend } from './sending.ts';
import { judgeLink } from './this-machine.ts';

/** Half of what Linux waits for three solicitations before it reports a neighbour unreachable: nothing else takes so long. */
const LATE_REPORT_MS = 1500;

const FAMILY_LOOKALIKES: readonly Lookalike[] = [
  {
    code: 'listening-other-family',
    fits: 'less',
    excluded: (evidence, context) => isFamilySilent(evidence, context),
  },
];

/** Another address of the link has the same link-layer address: its machine may answer in the target's name. */
function sharesLinkAddress(route: Evidence['route']): boolean {
  const { entry, claims = [] } = route ?? {};
  if (entry === undefined) return false;
  const isGateways = claims.some(
    ({ of, linkAddresses }) => of === 'gateway' && linkAddresses.includes(entry.linkAddress),
  );
  return entry.sharedWith.length > 0 || isGateways;
}

/** The link-layer address is the target's alone: no router on the link has it, as far as they are known. */
function answersForItself({ route }: Evidence): boolean {
  const { entry, gateways = [], claims = [], gatewayEcho } = route ?? {};
  if (entry === undefined || entry.isPermanent || sharesLinkAddress(route)) return false;
  const known = claims.filter(({ of }) => of === 'gateway');
  const echoed = gatewayEcho !== undefined && gatewayEcho.received > 0 ? gatewayEcho.address : null;
  return gateways.every(
    (gateway) =>
      gateway === echoed || known.some(({ address, linkAddresses }) => address === gateway && linkAddresses.length > 0),
  );
}

export const HOST_CODES = {
  'ipv6-broken': { place: NOWHERE, owner: () => 'unknown', judge: judgeAddresses, lookalikes: FAMILY_LOOKALIKES },
  'ipv4-broken': { place: NOWHERE, owner: () => 'unknown', judge: judgeAddresses, lookalikes: FAMILY_LOOKALIKES },
  'partly-reachable': {
    place: NOWHERE,
    owner: (evidence, context) => (failsWithAnswer(evidence, context) ? 'target' : 'unknown'),
    observed: (evidence, context) => (readFlows(evidence, context).kind === 'partly' ? 'warning' : null),
    judge: judgeAddresses,
    // One lost SYN is chance; the attempt is repeated by the kernel, and a refusal is none.
    lookalikes: [{ code: 'packet-loss', fits: 'less', excluded: failsWithAnswer }],
  },
  'neighbour-unreachable': {
    place: (_, { address }) => ({ hop: 1, address }),
    owner: () => 'target',
    judge: (evidence) => (evidence.route?.gateway === null ? judgeLink(evidence) : null),
    lookalikes: [
      // Nobody is asked for on the link in vain unless a packet has passed the rules for what goes out.
      { code: 'local-firewall', fits: 'less', excluded: ({ route }) => route?.neighbour === 'failed' },
      { code: 'host-silent', fits: 'less', excluded: ({ route }) => route?.neighbour === 'failed' },
      {
        code: 'local-network-overlap',
        fits: 'less',
        excluded: ({ route }) => route?.link !== undefined && route.without === undefined,
      },
    ],
  },
  'host-unreachable': {
    place: (evidence) => errorPlace(evidence, ['host-unreachable', 'other-unreachable', 'protocol-unreachable']),
    owner: () => 'target',
    judge: judgeHost,
    lookalikes: [
      // A router gives up on a host after three seconds; a rule says so at once.
      { code: 'admin-prohibited', fits: 'less', excluded: tookAsLongAsResolution },
      { code: 'no-route', fits: 'less', excluded: (evidence) => saidAbroad(evidence, 'host-unreachable') },
    ],
  },
  'network-unreachable': {
    place: (evidence) => errorPlace(evidence, ['network-unreachable']),
    owner: () => 'path',
    judge: judgeHost,
    lookalikes: [
      { code: 'no-route', fits: 'less', excluded: (evidence) => saidAbroad(evidence, 'network-unreachable') },
      { code: 'admin-prohibited', fits: 'less', excluded: () => false },
    ],
  },
  'admin-prohibited': {
    place: (evidence) =>
      errorPlace(evidence, ['prohibited']) ?? errorPlace(evidence, ['port-unreachable', 'protocol-unreachable']),
    owner: () => 'path',
    judge: judgeHost,
    // An error that only a filter sends for a host behind it does not say outright that it forbids.
    lookalikes: [{ code: 'no-route', fits: 'less', excluded: (evidence) => saidAbroad(evidence, 'prohibited') }],
  },
  'icmp-filtered': {
    place: echoErrorPlace,
    owner: (evidence, context) => (echoErrorPlace(evidence)?.address === context.address ? 'target' : 'unknown'),
    observed: (evidence) => (echoFiltered(evidence) ? 'info' : null),
    judge: (evidence) => (mayFilterLargeEchoes(evidence) ? null : judgeEcho(evidence)),
    lookalikes: [
      { code: 'path-blackhole', fits: 'less', excluded: hostProven },
      { code: 'packet-loss', fits: 'less', excluded: isNoChance },
      {
        code: 'answered-on-the-way',
        fits: 'less',
        excluded: (evidence, context) => answeredNearer(evidence, context) === null,
      },
    ],
  },
  'host-silent': {
    place: (_, { address }) => ({ hop: 1, address }),
    owner: ({ route }) => (sharesLinkAddress(route) ? 'unknown' : 'target'),
    judge: judgeHost,
    lookalikes: [
      { code: 'neighbour-unreachable', fits: 'less', excluded: answersForItself },
      // What passes frames on may pass ARP and drop the rest: nothing of it shows from here.
      { code: 'admin-prohibited', fits: 'less', excluded: () => false },
      { code: 'local-firewall', fits: 'less', excluded: (evidence) => !refusedToSend(evidence) },
    ],
  },
} as const satisfies Record<string, CodeRules>;

/** The chance at which nobody believes that every echo was lost by it. */
const UNLIKELY = 0.01;
/** What a path may lose that lets most connections through in a second or two. */
const HEAVY_LOSS = 0.5;

/** Whether chance does not lose all of so many echoes, on a path that lets connections through. */
function isNoChance({ ping }: Evidence): boolean {
  return ping !== undefined && ping.received === 0 && HEAVY_LOSS ** ping.sent < UNLIKELY;
}

function judgeAddresses(evidence: Evidence, context: Context): Judgement {
  return allOpen(evidence, context) && (evidence.resolve?.addresses.length ?? 0) > 1 ? 'ruled-out' : null;
}

/** Whether what fails is no listener's: echoes were asked of, or no attempt was refused. */
function isFamilySilent({ ping, ...evidence }: Evidence, context: Context): boolean {
  const attempts = asked(evidence, context);
  if (context.target.port === null) return ping !== undefined;
  return attempts.length > 0 && attempts.every(({ state }) => state !== 'closed');
}

function failsWithAnswer(evidence: Evidence, context: Context): boolean {
  const several = readFlows(evidence, context);
  if (several.kind === 'partly') return several.ways.some((way) => way !== 'filtered');
  const failing = asked(evidence, context).filter(({ state }) => state !== 'open');
  if (failing.length > 0) return failing.every(({ state, ms }) => state !== 'filtered' || ms >= LATE_REPORT_MS / 2);
  return (evidence.ping?.others ?? []).some(({ errors }) => errors.length > 0);
}

/** The report came as late as that of a router which has looked for the host in vain. */
function tookAsLongAsResolution(evidence: Evidence, context: Context): boolean {
  if (evidence.ping?.late?.error) return true;
  const reported = asked(evidence, context).filter(({ icmp }) => icmp?.kind === 'host-unreachable');
  if (reported.some(({ ms }) => ms >= LATE_REPORT_MS)) return true;
  const isOfEcho = evidence.ping?.errors.some(({ kind }) => kind === 'host-unreachable') ?? false;
  return reported.length === 0 && isOfEcho && (evidence.ping?.durationMs ?? 0) >= LATE_REPORT_MS;
}

function saidAbroad(evidence: Evidence, kind: IcmpErrorKind): boolean {
  return foreignErrors(evidence, evidence.route?.source ?? null)[0]?.kind === kind;
}

/** Not only some address of the name, but the one that the walk is about. */
function hostProven(evidence: Evidence, { address }: Context): boolean {
  return address !== null && proofOf(evidence.connect?.attempts ?? [], address) !== null;
}

function judgeHost(evidence: Evidence, context: Context): Judgement {
  if (hostAnswered(evidence, context)) return 'ruled-out';
  return noEcho(evidence) ? 'not-permitted' : null;
}

/** Of what an echo alone tells. */
export function judgeEcho({ ping }: Evidence): Judgement {
  if (ping === undefined) return null;
  if (ping.method === null) return 'not-permitted';
  return ping.received > 0 ? 'ruled-out' : 'not-answered';
}

/** The small echoes were let through; whether the target refuses large ones is what remains open. */
function mayFilterLargeEchoes(evidence: Evidence): boolean {
  return readMtu(evidence).outcome === 'blackhole' && sureOf(evidence.mtu) !== 'certain';
}

function echoErrorPlace(evidence: Evidence) {
  const error = evidence.ping?.errors.find(({ kind }) => kind === 'prohibited');
  return error === undefined ? null : placeOfError(evidence, error);
}

/** Echo was sent and got silence or a prohibition, while the host itself is proven up. */
function echoFiltered({ ping, connect }: Evidence): boolean {
  if (ping === undefined || ping.cutShort || ping.received > 0 || ping.sent === 0) return false;
  if (ping.errors.some(({ kind }) => kind !== 'prohibited' && kind !== 'port-unreachable')) return false;
  return proofOf(connect?.attempts ?? [], ping.address) !== null;
}
