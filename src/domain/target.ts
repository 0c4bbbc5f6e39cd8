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
