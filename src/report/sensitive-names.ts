import ipaddr from 'ipaddr.js';
import type { Report } from '../domain/report.ts';

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
  const hosts = [target.host, evidence.resolve?.host ?? '', ...vantages.flatMap(({ hosts }) => hosts)]
    .map((host) => host.replace(/\.$/, ''))
    .filter((host) => !ipaddr.isValid(host.replace(/%.*$/s, '')));
  const users = vantages.flatMap(({ users }) => users);
  const processes = (evidence.sockets?.listening ?? []).flatMap(({ process }) => (process === null ? [] : [process]));
  return {
    places: new Map([
      ...numbered(users, (index) => `user-${index}`),
      ...numbered(hosts, (index) => `host-${index}.example`),
    ]),
    processes: new Map(numbered(processes, (index) => `process-${index}`)),
  };
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
