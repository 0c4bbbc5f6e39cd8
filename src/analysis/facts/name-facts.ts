import type { ServerAnswer } from '../../domain/evidence.ts';
import type { FactName } from '../../domain/fact.ts';
import type { ResolveEvidence } from '../../evidence/resolve.ts';
import { disagreement } from '../name/disagreement.ts';
import { extendedErrorName } from '../name/extended-error-name.ts';
import { cuttingServer, failingServer, isStub, ownFailure } from '../name/own-failure.ts';
import { foundBySearch } from '../name/search-list.ts';
import { sinkholeAddresses } from '../name/sinkhole.ts';
import { slowLookup } from '../name/slow-lookup.ts';

type Known = Partial<Record<FactName, string | number | null | undefined>>;

/** What is known of the name and of those who were asked for it, for the texts of a finding. */
export function nameFacts(resolve: ResolveEvidence | undefined): Known {
  if (resolve === undefined) return {};
  const { servers, hostsFile, setup } = resolve;
  const own = ownFailure(resolve);
  const failing = own === null ? failingServer(resolve) : null;
  const cutting = own === null && failing === null ? cuttingServer(resolve) : null;
  const telling =
    failing ??
    cutting ??
    servers.find(({ rcode }) => rcode !== null && rcode !== 'NOERROR') ??
    servers.find(({ rcode }) => rcode !== null) ??
    servers[0];
  return {
    resolvers: listed(servers.map(({ address }) => address)),
    resolver: telling?.address,
    rcode: telling?.rcode,
    'hosts-addresses': listed(hostsFile),
    'dns-addresses': listed([...new Set(servers.flatMap(({ addresses }) => addresses))]),
    'failing-rcode': failing?.rcode,
    'extended-error': listed(
      (failing?.extendedErrors ?? []).map(({ code, text }) => {
        const name = extendedErrorName(code);
        return `EDE ${code}${name === null ? '' : ` (${name})`}${text === '' ? '' : `: ${text}`}`;
      }),
    ),
    stub: failing !== null && isStub(failing) ? failing.address : null,
    upstreams: listed(setup?.upstreams ?? []),
    'cutting-resolver': cutting?.address,
    'cut-refused': cutting?.error == null || cutting.error === 'malformed' ? null : cutting.error,
    'cut-silent': cutting !== null && cutting.error === null ? cutting.address : null,
    'cut-again': cutting?.error === 'malformed' ? cutting.address : null,
    ...ownFacts(resolve),
    ...silenceFacts(resolve),
    ...chainFacts(resolve),
    ...originFacts(resolve),
    ...slowFacts(resolve),
  };
}

function ownFacts(resolve: ResolveEvidence): Known {
  const own = ownFailure(resolve);
  if (own === null) return {};
  const isOdd = resolve.servers.some(({ garbage }) => garbage === true);
  return {
    'lookup-error': own.error,
    'knowing-resolvers': listed(own.knowing),
    'sources-without-dns': own.sourcesWithoutDns?.join(' '),
    sources: own.sourcesWithoutDns === null ? resolve.setup?.nsswitch?.join(' ') : null,
    'odd-resolvers': isOdd
      ? listed(resolve.servers.filter(({ garbage }) => garbage).map(({ address }) => address))
      : null,
  };
}

/** How those who gave no answer did so. */
function silenceFacts({ servers, setup }: ResolveEvidence): Known {
  const isGarbage = ({ error, garbage }: ServerAnswer): boolean => error === 'malformed' || garbage === true;
  const mute = servers.filter(({ rcode, truncated }) => rcode === null && truncated !== true);
  const refusing = mute.filter((server) => server.error !== null && !isGarbage(server));
  return {
    'fallback-resolver': setup?.isConfigured === false ? servers[0]?.address : null,
    'silent-resolvers': listed(
      mute.filter((server) => server.error === null && !isGarbage(server)).map(({ address }) => address),
    ),
    'refusing-resolvers': listed(refusing.map(({ address, error }) => `${address} (${error})`)),
    'garbage-resolvers': listed(mute.filter(isGarbage).map(({ address }) => address)),
  };
}

function chainFacts({ host, servers }: ResolveEvidence): Known {
  const chain = servers.find(({ rcode, chain: names }) => names !== undefined && rcode !== null)?.chain;
  const end = chain?.at(-1);
  if (chain === undefined || end === undefined) return {};
  const names = [host, ...chain].map((name) => name.replace(/\.$/u, '').toLowerCase());
  const isLoop = names.slice(0, -1).includes(names.at(-1) ?? '');
  return {
    aliases: [host, ...chain].join(' → '),
    'missing-link': isLoop ? null : end,
    'looping-link': isLoop ? end : null,
  };
}

function originFacts(resolve: ResolveEvidence): Known {
  const sinkhole = sinkholeAddresses(resolve);
  const senders = resolve.servers.filter(({ addresses }) => addresses.some((address) => sinkhole.includes(address)));
  const found = foundBySearch(resolve);
  const differing = disagreement(resolve);
  return {
    sinkhole: listed(sinkhole),
    'sinkhole-resolvers': listed(senders.map(({ address }) => address)),
    'found-as': found?.name,
    suffix: found?.suffix,
    'typed-addresses': listed(found?.typed?.addresses ?? []),
    'typed-missing': found?.typed?.rcode === 'NXDOMAIN' ? resolve.host : null,
    'resolver-words':
      differing.length === 0
        ? null
        : differing.map(({ address, rcode, addresses }) => `${address}: ${listed(addresses) ?? `${rcode}`}`).join('; '),
  };
}

function slowFacts(resolve: ResolveEvidence): Known {
  const slow = slowLookup(resolve);
  if (slow === null) return {};
  const { cause } = slow;
  return {
    'lookup-ms': Math.round(slow.longestMs),
    'lookup-open': slow.isOpen ? Math.round(slow.longestMs) : null,
    'lookups-slow': slow.slow,
    lookups: slow.all,
    'silent-resolver': cause?.kind === 'silent' ? cause.server : null,
    'late-resolver': cause?.kind === 'late' ? cause.server : null,
    'late-types': cause?.kind === 'late' ? cause.types.join(', ') : null,
    'late-ms': cause?.kind === 'late' && cause.ms !== null ? Math.round(cause.ms) : null,
    'unanswered-types': cause?.kind === 'late' && cause.ms === null ? cause.types.join(', ') : null,
    'paired-resolver': cause?.kind === 'paired' ? cause.server : null,
    'paired-type': cause?.kind === 'paired' ? cause.type : null,
  };
}

function listed(values: readonly string[]): string | null {
  return values.length === 0 ? null : values.join(', ');
}
