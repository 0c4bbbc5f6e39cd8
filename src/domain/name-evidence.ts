import type { IpAddress } from './address.ts';

/** A look-up that takes longer than this is slow: programs wait for it before every first connection. Milliseconds. */
export const SLOW_LOOKUP_MS = 1000;

export type AddressType = 'A' | 'AAAA';

/** What a server adds to an answer in words of its own (RFC 8914): the code of the registry, and its text, which may be empty. */
export type ExtendedError = { readonly code: number; readonly text: string };

/** One question to one resolver. `rcode` and `ms` are null where no answer came; `sent` counts UDP and TCP. */
export type RecordAnswer = {
  readonly type: AddressType;
  readonly rcode: string | null;
  readonly ms: number | null;
  readonly sent: number;
};

/**
 * One look-up by getaddrinfo for all families asked for. `pending`: not over when nobody waited any more; `ms` is then
 * how long it had taken by that time. `ms` null: the time could not be told from that of the way to the vantage.
 */
export type SystemLookup = {
  readonly state: 'addresses' | 'error' | 'pending';
  /** The name of getaddrinfo's error (`EAI_NONAME`, `EAI_AGAIN`; `ENOTFOUND` where it is not known which); else null. */
  readonly error: string | null;
  readonly ms: number | null;
};

/**
 * The questions for A and AAAA sent to one resolver one after the other from one port, as the C library sends them. null:
 * not answered within `waitedMs`.
 */
export type PairedQuestions = {
  readonly server: IpAddress;
  readonly aMs: number | null;
  readonly aaaaMs: number | null;
  readonly waitedMs: number;
};

/** What this machine is told about where to look names up; null where it cannot be read. */
export type LookupSetup = {
  /** The sources of the line `hosts` of nsswitch.conf(5), in order. */
  readonly nsswitch: readonly string[] | null;
  /** False where no resolver is configured and the C library falls back on one of its own. */
  readonly isConfigured: boolean;
  /** Whom a stub resolver on this machine passes its questions on to, as far as it says so in a file; else empty. */
  readonly upstreams: readonly IpAddress[];
};
