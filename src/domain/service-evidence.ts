import type { IpAddress } from './address.ts';

/**
 * How a TLS handshake ended. `not-tls`: the first bytes were of something else. `silent`: its time ran out. `unusable`: this
 * side could not take what came. `no-connection`: TCP did not open. `not-begun`: see StartTls.
 */
export type TlsState =
  | 'established'
  | 'alert'
  | 'not-tls'
  | 'closed'
  | 'reset'
  | 'silent'
  | 'unusable'
  | 'no-connection'
  | 'not-begun';

/** What a certificate says. Every text is the server's own word, bounded, and may be meant to mislead. */
export type Certificate = {
  readonly subject: string;
  readonly issuer: string;
  readonly commonName: string | null;
  /** Of its subject alternative names: DNS names in lower case, and addresses. */
  readonly names: readonly string[];
  readonly addresses: readonly IpAddress[];
  /** ISO 8601; null where the date cannot be read. */
  readonly validFrom: string | null;
  readonly validTo: string | null;
  /** Signed with its own key. */
  readonly selfSigned: boolean;
};

/** The protocols that begin in the clear and are asked for TLS in their own words. */
export const START_TLS_PROTOCOLS = ['smtp', 'imap', 'pop3', 'ftp', 'ldap', 'postgres', 'mysql', 'xmpp'] as const;

export type StartTlsProtocol = (typeof START_TLS_PROTOCOLS)[number];

/**
 * How a server took the request for TLS. `no-greeting`: it never spoke first, as its protocol demands. `not-spoken`: what
 * came is not of that protocol. `not-offered`: it does not list TLS among what it can do. `refused`: it said no.
 * `no-answer`: it fell silent behind its greeting. `ended`: it ended the connection before.
 */
export const START_TLS_STATES = [
  'ready',
  'no-greeting',
  'not-spoken',
  'not-offered',
  'refused',
  'no-answer',
  'ended',
] as const;

export type StartTls = {
  readonly protocol: StartTlsProtocol;
  readonly state: (typeof START_TLS_STATES)[number];
  /** The line with which it greeted or refused, printable ASCII only. */
  readonly said: string | null;
  /** Until the server spoke first, or answered what was asked first; null where it did not. */
  readonly greetingMs: number | null;
};

/** One handshake, without a judgement. What was not come to is null. */
export type TlsAttempt = {
  /** null: it could not be tried. */
  readonly state: TlsState | null;
  /** Until TCP opened; from the ClientHello until the first byte came back, and until the handshake was done. */
  readonly connectMs: number | null;
  readonly firstByteMs: number | null;
  readonly handshakeMs: number | null;
  readonly receivedBytes: number;
  /**
   * Of a handshake that fell silent: whether the other side's kernel had acknowledged all that was sent. null where this
   * machine does not tell; absent in the reports of before.
   */
  readonly acknowledged?: boolean | null;
  /** How TLS was asked for in the words of the port's own protocol; absent where it was not. */
  readonly startTls?: StartTls;
  readonly protocol: string | null;
  readonly cipher: string | null;
  readonly alpn: string | null;
  /** The alert that the server sent (RFC 8446 6), while the handshake ran or right behind it. */
  readonly alert: { readonly code: number; readonly name: string } | null;
  /** What became of the connection right behind the handshake; null where it stayed. */
  readonly afterwards: 'alert' | 'closed' | 'reset' | null;
  /** The first line of what was no TLS, printable ASCII only. */
  readonly said: string | null;
  /** The word of the TLS library or of the kernel for what went wrong (`ERR_SSL_UNSUPPORTED_PROTOCOL`, `ECONNREFUSED`). */
  readonly error: string | null;
  /** As sent, the server's own first; at most ten. */
  readonly certificates: readonly Certificate[];
  /** How many were sent. */
  readonly chainLength: number | null;
  /** Whether the chain leads to an authority of the store, dates and names aside. */
  readonly trusted: boolean | null;
  /** OpenSSL's name of what it found wrong with the chain (`CERT_HAS_EXPIRED`, …); null for nothing. */
  readonly trustError: string | null;
  /** Where the authorities that this machine trusts were read: a file, or `node` for those that come with Node. */
  readonly trustStore: string | null;
};

/**
 * The same question over further connections, after a first one had fallen silent: `small` are those on which no segment
 * has more than `segmentBytes` of payload, `usual` those as of any program, the first among them.
 */
export type SegmentTrial = {
  readonly segmentBytes: number;
  readonly small: { readonly tried: number; readonly answered: number };
  readonly usual: { readonly tried: number; readonly answered: number };
};

/** How a request went. `not-http`: what came was no HTTP/1 answer. The others as of a handshake; `tls-failed`: it came first. */
export type HttpState =
  | 'answered'
  | 'not-http'
  | 'http2-only'
  | 'closed'
  | 'reset'
  | 'silent'
  | 'unusable'
  | 'tls-failed'
  | 'no-connection';

/** The few headers that tell who answered and why. Each at most 200 characters, printable ASCII only. */
export type HttpHeaders = {
  readonly server: string | null;
  readonly via: string | null;
  readonly date: string | null;
  readonly contentType: string | null;
  /** Without its query. */
  readonly location: string | null;
  readonly retryAfter: string | null;
};

/** One request, without a judgement. */
export type HttpAttempt = {
  /** null: it could not be tried. */
  readonly state: HttpState | null;
  readonly status: number | null;
  readonly reason: string | null;
  readonly headers: HttpHeaders | null;
  readonly connectMs: number | null;
  /** From the request until the first byte of its answer came; absent in the reports of before. */
  readonly firstByteMs?: number | null;
  /** From the request until its answer's head was there. */
  readonly answerMs: number | null;
  readonly receivedBytes: number;
  /** See TlsAttempt: of a request that got no answer. */
  readonly acknowledged?: boolean | null;
  readonly said: string | null;
  readonly error: string | null;
};

/** Where a redirect (RFC 9110 15.4) leads to. `unusable`: to nothing that can be asked for by HTTP (`javascript:`, no URL). */
export const REDIRECTS = ['same-url', 'same-host', 'other-host', 'unusable'] as const;

export type Redirect = {
  readonly to: (typeof REDIRECTS)[number];
  /** How many more requests were made, within the host, to see where it ends. */
  readonly followed: number;
  /** Whether it comes back to where it began, cookies kept; null where it leads elsewhere or was not followed to an end. */
  readonly loops: boolean | null;
};
