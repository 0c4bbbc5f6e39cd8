import ipaddr from 'ipaddr.js';
import { pathOf } from '../../domain/target.ts';
import { mapTexts } from '../../evidence/report/map-texts.ts';
import type { Report } from '../../evidence/report/report.ts';
import type { Secret } from '../../evidence/secret.ts';

/** Names that say nothing about anyone. */
const PUBLIC: ReadonlySet<string> = new Set(['', 'localhost', 'local', 'pasted', '?', 'lo', '/']);

/** What a report gives away, by what takes its place; addresses are replaced wherever they stand. */
export type Originals = {
  readonly users: readonly string[];
  readonly hosts: readonly string[];
  readonly interfaces: readonly string[];
  readonly processes: readonly string[];
  readonly files: readonly string[];
  readonly owners: readonly string[];
  readonly flows: readonly string[];
  readonly urls: readonly string[];
  readonly paths: readonly string[];
  readonly texts: readonly string[];
};

/** Everything that a report gives away by the schema of its fields, in the order in which it is met, each once. */
export function originalsOf(report: Report): Originals {
  const users: string[] = [];
  const hosts: string[] = isAddress(report.target.host) ? [] : [report.target.host];
  const interfaces: string[] = [];
  const found: Record<'process' | 'file' | 'owner' | 'flow' | 'url' | 'path' | 'text', string[]> = {
    process: [],
    file: [],
    owner: [],
    flow: [],
    url: [],
    path: [],
    text: [],
  };
  const note = (text: string, secret: Secret) => {
    switch (secret) {
      case 'none':
      case 'sentence':
        return;
      case 'address':
        interfaces.push(zoneOf(text));
        return;
      case 'host':
        if (isAddress(text)) interfaces.push(zoneOf(text));
        else hosts.push(text.replace(/\.$/, ''));
        return;
      case 'interface':
        interfaces.push(text);
        return;
      case 'vantage': {
        const parts = partsOfVantage(text);
        if (parts === null) return void found.text.push(text);
        users.push(...parts.users);
        hosts.push(...parts.hosts);
        return;
      }
      case 'url': {
        const url = partsOfUrl(text);
        found.url.push(text);
        if (url === null) return;
        hosts.push(url.host);
        users.push(url.user);
        found.text.push(url.password);
        found.path.push(...pathsOf(url.path));
        return;
      }
      case 'target': {
        const url = partsOfUrl(text);
        users.push(url?.user ?? '');
        found.text.push(url?.password ?? '');
        found.path.push(...(url === null ? [] : [...pathsOf(url.path), ...pathsOf(pathOf(text))]));
        return;
      }
      case 'path':
        found.path.push(...pathsOf(text));
        return;
      case 'owner':
        // A common name is often a host's.
        if (/^(?:\*\.)?[^\s=,]+\.[^\s=,]+$/.test(text)) hosts.push(text);
        found.owner.push(text);
        return;
      case 'process':
      case 'file':
      case 'flow':
      case 'text':
        found[secret].push(text);
    }
  };
  mapTexts(report, (text, secret) => {
    note(text, secret);
    return text;
  });
  return {
    users: distinct(users),
    hosts: distinct(hosts.filter((host) => !isAddress(host) && !/^\d*$/.test(host))),
    interfaces: distinct(interfaces),
    processes: distinct(found.process),
    files: distinct(found.file),
    owners: distinct(found.owner),
    flows: distinct(found.flow),
    urls: distinct(found.url),
    paths: distinct(found.path),
    texts: distinct(found.text),
  };
}

/** Names compare without case. */
function distinct(names: readonly string[]): readonly string[] {
  const byName = new Map(names.map((name) => [name.toLowerCase(), name]));
  return [...byName.keys()].filter((name) => !PUBLIC.has(name));
}

export function isAddress(text: string): boolean {
  const bare = text.replace(/%.*$/s, '');
  return ipaddr.IPv4.isValidFourPartDecimal(bare) || (bare.includes(':') && ipaddr.IPv6.isValid(bare));
}

function zoneOf(address: string): string {
  return address.split('%')[1] ?? '';
}

/** A path with its query, and without it. */
function pathsOf(path: string): readonly string[] {
  return [path, path.replace(/[?#].*$/s, '')];
}

type Url = { readonly user: string; readonly password: string; readonly host: string; readonly path: string };

/** Leniently: what is behind the last `@` of the authority is the host, whoever wrote it. */
export function partsOfUrl(text: string): Url | null {
  const parts = /^[a-z][a-z0-9+.-]*:\/\/(?:([^/?#]*)@)?(\[[^\]/?#]*\]|[^/?#:@]*)(?::\d*)?(.*)$/isu.exec(text);
  if (parts === null) return null;
  const [, login = '', host = '', path = ''] = parts;
  const [, user = '', password = ''] = /^([^:]*):?(.*)$/su.exec(login) ?? [];
  return { user, password, host: host.replace(/^\[|\]$/g, ''), path };
}

/** `ssh://user@host:22`, `docker://container`, `kubectl://namespace/pod/container`; null for what is no vantage. */
function partsOfVantage(text: string): { readonly hosts: readonly string[]; readonly users: readonly string[] } | null {
  if (text === 'local' || text === 'pasted') return { hosts: [], users: [] };
  const parts = /^[a-z]+:\/\/(?:([^/@]*)@)?(.*)$/s.exec(text);
  if (parts === null) return null;
  const [, user, rest = ''] = parts;
  const hosts = rest.split('/').map((part) => part.replace(/:\d+$/, '').replace(/^\[|\]$/g, ''));
  return { hosts, users: user === undefined ? [] : [user] };
}
