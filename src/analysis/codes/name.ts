import type { ServerAnswer } from '../../domain/evidence.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import { definite, disagreement } from '../name/disagreement.ts';
import { cuttingServer, failingServer, isStub, ownFailure } from '../name/own-failure.ts';
import { foundBySearch } from '../name/search-list.ts';
import { isSinkholed, isUnspecified, sinkholeAddresses } from '../name/sinkhole.ts';
import { slowLookup } from '../name/slow-lookup.ts';
import { asked } from './asked.ts';
import { type CodeRules, type From, type Judgement, NOT_JUDGED, NOWHERE } from './rules.ts';

const some =
  (says: (server: ServerAnswer) => boolean) =>
  ({ resolve }: Evidence): boolean =>
    resolve?.servers.some(says) ?? false;

const saidNxdomain = some(({ rcode }) => rcode === 'NXDOMAIN');
const saidNoerror = some(({ rcode }) => rcode === 'NOERROR');
const gaveAddresses = some(({ addresses }) => addresses.length > 0);
/** A cut answer is one. */
const answered = some(({ rcode, truncated }) => rcode !== null || truncated === true);
const saidGarbage = some(({ error, garbage }) => error === 'malformed' || garbage === true);
/** Whether each resolver was asked often enough for its silence to count. */
const askedEnough = ({ resolve }: Evidence): boolean =>
  resolve?.servers.every(({ sent, error }) => sent >= 2 || error !== null) ?? false;
const failsByItself = ({ resolve }: Evidence): boolean => resolve !== undefined && ownFailure(resolve) !== null;
/** Whether the name has an alias, so that it exists whatever its end does. */
const hasAlias = some(({ chain }) => chain !== undefined);

export const NAME_CODES = {
  'name-not-found': {
    place: NOWHERE,
    owner: () => 'unknown',
    judge: judgeName('name-not-found'),
    lookalikes: [
      {
        code: 'name-no-address',
        fits: 'less',
        // The word of one resolver against that of another.
        excluded: (evidence) => saidNxdomain(evidence) && !saidNoerror(evidence),
      },
      {
        code: 'resolver-failure',
        fits: 'less',
        excluded: (evidence) => saidNxdomain(evidence) && !gaveAddresses(evidence),
      },
    ],
  },
  'name-no-address': {
    place: NOWHERE,
    owner: () => 'unknown',
    judge: judgeName('name-no-address'),
    lookalikes: [
      {
        code: 'name-not-found',
        fits: 'less',
        excluded: (evidence) =>
          (evidence.resolve?.hostsFile.length ?? 0) > 0 ||
          hasAlias(evidence) ||
          (saidNoerror(evidence) && !saidNxdomain(evidence)),
      },
    ],
  },
  'name-sinkholed': {
    verdict: ({ resolve }, { target }) =>
      target.port === null && resolve?.addresses.every((address) => !isUnspecified(address)) ? 'degraded' : 'fault',
    place: NOWHERE,
    // A loopback address may as well be what the zone has: a test entry, or one that leaked.
    owner: ({ resolve }) => (resolve?.addresses.some(isUnspecified) ? 'resolver' : 'unknown'),
    observed: (evidence, context) => {
      const { resolve } = evidence;
      if (resolve === undefined || sinkholeAddresses(resolve).length === 0) return null;
      const isOpen = asked(evidence, context).some(({ state }) => state === 'open');
      return isOpen || !isSinkholed(resolve) ? 'info' : 'fault';
    },
    judge: ({ resolve }) => (resolve?.status === 'ok' && resolve.source === 'dns' ? 'ruled-out' : null),
    lookalikes: [
      {
        code: 'name-from-hosts-file',
        fits: 'less',
        excluded: ({ resolve }) => resolve?.source === 'dns',
      },
    ],
  },
  'resolver-unreachable': {
    place: NOWHERE,
    owner: ({ resolve }) => {
      const servers = resolve?.servers ?? [];
      if (resolve?.setup?.isConfigured === false || (servers.length > 0 && servers.every(isStub)))
        return 'this-machine';
      return servers.some(({ error }) => error === 'ECONNREFUSED') ? 'resolver' : 'unknown';
    },
    judge: judgeName('resolver-unreachable'),
    lookalikes: [
      {
        code: 'path-blackhole',
        fits: 'less',
        excluded: (evidence) => askedEnough(evidence) && !saidGarbage(evidence),
      },
      { code: 'resolver-failure', fits: 'less', excluded: (evidence) => !saidGarbage(evidence) },
    ],
  },
  'resolver-failure': {
    place: NOWHERE,
    owner: ({ resolve }) => {
      if (resolve === undefined) return 'unknown';
      if (ownFailure(resolve) !== null) return 'this-machine';
      // Who drops a question over TCP is not known: its own firewall, or one on the way.
      return failingServer(resolve) === null && cuttingServer(resolve)?.error === null ? 'unknown' : 'resolver';
    },
    judge: judgeName('resolver-failure'),
    lookalikes: [
      { code: 'resolver-unreachable', fits: 'less', excluded: answered },
      // What a cache of this machine remembers is not to be seen from outside it.
      { code: 'name-not-found', fits: 'less', excluded: (evidence) => !failsByItself(evidence) },
      {
        code: 'port-filtered',
        fits: 'less',
        excluded: ({ resolve }) =>
          resolve === undefined || failingServer(resolve) !== null || cuttingServer(resolve)?.error !== null,
      },
    ],
  },
  'name-from-hosts-file': {
    place: NOWHERE,
    owner: () => 'this-machine',
    observed: (evidence) => (hostsFileDiffers(evidence) ? 'info' : null),
    judge: NOT_JUDGED,
    lookalikes: [],
  },
  'name-from-search-list': {
    place: NOWHERE,
    owner: () => 'this-machine',
    observed: ({ resolve }) => (resolve !== undefined && foundBySearch(resolve) !== null ? 'info' : null),
    judge: NOT_JUDGED,
    lookalikes: [],
  },
  'resolvers-disagree': {
    place: NOWHERE,
    owner: () => 'resolver',
    observed: ({ resolve }) => (resolve !== undefined && disagreement(resolve).length > 0 ? 'info' : null),
    judge: ({ resolve }) => (resolve !== undefined && definite(resolve).length > 1 ? 'ruled-out' : null),
    lookalikes: [],
  },
  'resolver-slow': {
    place: NOWHERE,
    owner: ({ resolve }) => {
      const kind = resolve === undefined ? undefined : slowLookup(resolve)?.cause?.kind;
      // A question that is lost when another goes with it is lost on the way as often as at the end.
      return kind === 'late' ? 'resolver' : 'unknown';
    },
    observed: ({ resolve }) => (resolve !== undefined && slowLookup(resolve) !== null ? 'warning' : null),
    judge: ({ resolve }) => {
      const timed = (resolve?.system ?? []).filter(({ ms }) => ms !== null);
      if (resolve?.status !== 'ok' || resolve.system === undefined) return null;
      return timed.length > 0 ? 'ruled-out' : 'no-vantage';
    },
    lookalikes: [
      {
        code: 'packet-loss',
        fits: 'less',
        excluded: ({ resolve }) => {
          const slow = resolve === undefined ? null : slowLookup(resolve);
          return slow !== null && slow.all > 1 && slow.slow === slow.all;
        },
      },
      {
        code: 'resolver-failure',
        fits: 'less',
        excluded: ({ resolve }) => resolve?.system?.some(({ state }) => state === 'addresses') ?? false,
      },
      {
        code: 'resolver-slow',
        cause: 'other-source',
        fits: 'less',
        excluded: ({ resolve }) => resolve !== undefined && slowLookup(resolve)?.cause != null,
      },
    ],
  },
} as const satisfies Record<string, CodeRules>;

/** The hosts file answered, and DNS gives other addresses for the same name. */
function hostsFileDiffers({ resolve }: Evidence): boolean {
  if (resolve?.source !== 'hosts') return false;
  const fromDns = resolve.servers.flatMap((server) => server.addresses);
  return fromDns.length > 0 && resolve.hostsFile.some((address) => !fromDns.includes(address));
}

type NameCode = 'name-not-found' | 'name-no-address' | 'resolver-unreachable' | 'resolver-failure';

function judgeName(code: NameCode): From<Judgement> {
  return (evidence) => {
    const { resolve } = evidence;
    if (resolve === undefined || resolve.status === 'literal') return null;
    if (code === 'resolver-unreachable') return answered(evidence) ? 'ruled-out' : null;
    if (resolve.status === 'timeout') return 'not-answered';
    if (code === 'resolver-failure') return judgeFailure(evidence);
    return resolve.status === 'server-failure' ? null : 'ruled-out';
  };
}

function judgeFailure(evidence: Evidence): Judgement {
  const { resolve } = evidence;
  if (resolve?.status !== 'ok' || !answered(evidence)) return null;
  return failingServer(resolve) === null && cuttingServer(resolve) === null ? 'ruled-out' : null;
}
