import ipaddr from 'ipaddr.js';
import type { Report } from '../../domain/report.ts';

/** Names that say nothing about anyone. */
const PUBLIC: ReadonlySet<string> = new Set(['', 'localhost', 'local', '?']);

/** Names of a report in lower case, each with its stand-in. */
export type SensitiveNames = {
  /** Hosts, containers and users. */
  readonly places: ReadonlyMap<string, string>;
  readonly processes: ReadonlyMap<string, string>;
};

/** The names that a report gives away. Addresses are not among them. */
export function sensitiveNames({ target, from, evidence, comparison }: Report): SensitiveNames {
  const others = comparison?.others.map((other) => other.from) ?? [];
  const vantages = [from, evidence.sockets?.host ?? '', ...others].map(partsOfVantage);
  const hosts = [
    target.host,
    evidence.resolve?.host ?? '',
    ...vantages.flatMap(({ hosts }) => hosts),
    ...serviceHosts(evidence),
  ]
    .map((host) => host.replace(/\.$/, ''))
    .filter((host) => !ipaddr.isValid(host.replace(/%.*$/s, '')));
  const users = vantages.flatMap(({ users }) => users);
  const processes = (evidence.sockets?.listening ?? []).flatMap(({ process }) => (process === null ? [] : [process]));
  return {
    places: new Map([...numbered(users, (index) => `user-${index}`), ...hostNames(hosts), ...ownerNames(evidence)]),
    processes: new Map(numbered(processes, (index) => `process-${index}`)),
  };
}

/**
 * Stand-ins for hosts. Where a wildcard of a certificate covers one of them, its stand-in covers the other's, so that a
 * replay comes to the same.
 */
function hostNames(hosts: readonly string[]): readonly (readonly [string, string])[] {
  const parents = hosts.flatMap((host) => (host.startsWith('*.') ? [host.slice(2)] : []));
  const plain = hosts.filter((host) => !host.startsWith('*.'));
  const covered = (host: string) =>
    parents.find((parent) => parent.includes('.') && host.slice(host.indexOf('.') + 1) === parent);
  const bare = new Map(numbered([...parents, ...plain], (index) => `host-${index}.example`));
  const standFor = (host: string, stand: string) => {
    const above = bare.get(covered(host) ?? '');
    return above === undefined ? stand : `${stand.replace(/\..*$/u, '')}.${above}`;
  };
  return [
    ...[...bare].map(([host, stand]) => [host, standFor(host, stand)] as const),
    ...parents.map((parent) => [`*.${parent}`, `*.${standFor(parent, bare.get(parent) ?? '')}`] as const),
  ];
}

/** The names that the certificates and the answer of a service give away. */
function serviceHosts({ tls, http }: Report['evidence']): readonly string[] {
  const location = /^[a-z]+:\/\/(\[[^\]]*\]|[^/:]*)/iu.exec(http?.headers?.location ?? '')?.[1] ?? '';
  const names = tls?.certificates.flatMap((certificate) => certificate.names) ?? [];
  // A common name may be any words.
  const common = tls?.certificates
    .flatMap(({ commonName }) => commonName ?? [])
    .filter((name) => /^\S+\.\S+$/u.test(name));
  return [tls?.serverName ?? '', location, ...names, ...(common ?? [])].map((name) => name.toLowerCase());
}

/** Whoever stands in a certificate: its subject and issuer as a whole, for their words are those of any sentence. */
function ownerNames({ tls }: Report['evidence']): readonly (readonly [string, string])[] {
  const whole = tls?.certificates.flatMap(({ subject, issuer }) => [subject, issuer]) ?? [];
  const store = tls?.trustStore ?? '';
  return [
    ...numbered(whole, (index) => `CN=owner-${index}`),
    ...(store.startsWith('/') && !store.startsWith('/etc/') ? [[store.toLowerCase(), 'store.pem'] as const] : []),
  ];
}

function numbered(names: readonly string[], nameOf: (index: number) => string): readonly (readonly [string, string])[] {
  const distinct = [...new Set(names.map((name) => name.toLowerCase()))].filter((name) => !PUBLIC.has(name));
  return distinct.map((name, index) => [name, nameOf(index + 1)]);
}

/** `ssh://user@host:22`, `docker://container`, `kubectl://namespace/pod/container`. */
function partsOfVantage(vantage: string): { readonly hosts: readonly string[]; readonly users: readonly string[] } {
  const parts = /^[a-z]+:\/\/(?:([^/@]*)@)?(.*)$/s.exec(vantage);
  if (parts === null) return { hosts: [], users: [] };
  const [, user, rest = ''] = parts;
  const hosts = rest.split('/').map((part) => part.replace(/:\d+$/, '').replace(/^\[|\]$/g, ''));
  return { hosts, users: user === undefined ? [] : [user] };
}
