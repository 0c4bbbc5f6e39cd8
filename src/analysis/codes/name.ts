import type { Evidence } from '../../evidence/kinds.ts';
import { type CodeRules, type From, type Judgement, NOT_JUDGED, NOWHERE } from './rules.ts';

const saidNxdomain = ({ resolve }: Evidence): boolean =>
  resolve?.servers.some(({ rcode }) => rcode === 'NXDOMAIN') ?? false;
const answered = ({ resolve }: Evidence): boolean => resolve?.servers.some(({ rcode }) => rcode !== null) ?? false;
const saidGarbage = ({ resolve }: Evidence): boolean =>
  resolve?.servers.some(({ error }) => error === 'malformed') ?? false;

export const NAME_CODES = {
  'name-not-found': {
    place: NOWHERE,
    owner: () => 'unknown',
    judge: judgeName('name-not-found'),
    lookalikes: [
      { code: 'name-no-address', fits: 'less', excluded: saidNxdomain },
      { code: 'resolver-failure', fits: 'less', excluded: saidNxdomain },
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
        excluded: ({ resolve }) =>
          (resolve?.hostsFile.length ?? 0) > 0 || (resolve?.servers.some(({ rcode }) => rcode === 'NOERROR') ?? false),
      },
    ],
  },
  'resolver-unreachable': {
    place: NOWHERE,
    owner: () => 'resolver',
    judge: judgeName('resolver-unreachable'),
    lookalikes: [
      { code: 'path-blackhole', fits: 'less', excluded: (evidence) => !saidGarbage(evidence) },
      { code: 'resolver-failure', fits: 'less', excluded: (evidence) => !saidGarbage(evidence) },
    ],
  },
  'resolver-failure': {
    place: NOWHERE,
    owner: () => 'resolver',
    judge: judgeName('resolver-failure'),
    lookalikes: [{ code: 'resolver-unreachable', fits: 'less', excluded: answered }],
  },
  'name-from-hosts-file': {
    place: NOWHERE,
    owner: () => 'this-machine',
    observed: (evidence) => (hostsFileDiffers(evidence) ? 'info' : null),
    judge: NOT_JUDGED,
    lookalikes: [],
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
  const failed = resolve?.servers.some(({ rcode }) => rcode === 'SERVFAIL' || rcode === 'REFUSED') ?? false;
  return resolve?.status === 'ok' && answered(evidence) && !failed ? 'ruled-out' : null;
}
