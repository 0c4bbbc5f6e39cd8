import type { Family, IpAddress } from './address.ts';

export type Scheme = 'tcp' | 'udp' | 'http' | 'https';

/** What the user asked for, before anything was looked up. `port` is null where none was asked for. */
export type Target = {
  readonly input: string;
  readonly scheme: Scheme;
  readonly host: string;
  /** The address, when `host` is one. */
  readonly literal: IpAddress | null;
  readonly port: number | null;
};

/** The target as the report shows it: `address` is the one that the walk is about, null while unknown. */
export type ReportTarget = {
  /** What a list of targets calls it; absent where it calls it nothing. */
  readonly name?: string;
  readonly input: string;
  readonly scheme: Scheme;
  readonly host: string;
  readonly address: IpAddress | null;
  readonly family: Family | null;
  readonly port: number | null;
};

/** The transport that carries the asked service. */
export function transportOf(scheme: Scheme): 'tcp' | 'udp' {
  return scheme === 'udp' ? 'udp' : 'tcp';
}

const LONGEST_PATH = 2000;

/** What a request of an http:// or https:// target asks for: its path and query in printable ASCII (RFC 3986 2), without quotes. */
export function pathOf(input: string): string {
  const rest = /^[a-z]+:\/\/[^/?#]*([^#]*)/iu.exec(input)?.[1] ?? '';
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  return path
    .slice(0, LONGEST_PATH)
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/[^!#-&(-;=?-[\]_a-z~]/gu, (character) => (character === "'" ? '%27' : encodeURIComponent(character)));
}
