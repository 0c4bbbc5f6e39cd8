import { bundleOf } from './bundle.ts';
import { startChild } from './child.ts';
import type { Namespace } from './namespaces.ts';

/** What a DNS server says to one name. Nothing given: NOERROR without an answer. */
export type DnsAnswer = {
  readonly a?: readonly string[];
  readonly aaaa?: readonly string[];
  readonly rcode?: 'NOERROR' | 'SERVFAIL' | 'NXDOMAIN' | 'REFUSED';
  readonly delayMs?: number;
  /** Says nothing to the first so many queries. */
  readonly ignoreFirst?: number;
  readonly silent?: boolean;
  /** Types of which nothing is said. */
  readonly silentTypes?: readonly ('A' | 'AAAA')[];
  /** The names behind an alias; addresses are those of the last. */
  readonly chain?: readonly string[];
  /** Words on a failure (RFC 8914), for who speaks EDNS. */
  readonly extendedError?: { readonly code: number; readonly text: string };
  /**
   * In place of an answer. `forged-first`: answers with a wrong id before the right one. `truncated`: over UDP, come by TCP.
   * `truncated-for-ever`: over TCP as well. `short-first`: five bytes before the right answer.
   */
  readonly garbage?:
    | 'noise'
    | 'short'
    | 'pointer-loop'
    | 'wrong-id'
    | 'wrong-question'
    | 'forged-first'
    | 'short-first'
    | 'truncated'
    | 'truncated-for-ever';
};

/** A server of TLS with HTTP behind it. */
export type TlsService = {
  readonly kind: 'tls';
  readonly host: string;
  readonly port: number;
  readonly key: string;
  readonly cert: string;
  readonly minVersion?: 'TLSv1' | 'TLSv1.2' | 'TLSv1.3';
  readonly maxVersion?: 'TLSv1.1' | 'TLSv1.2';
  /** Demands a certificate of its clients. */
  readonly requestCert?: boolean;
  /** How many further certificates are sent, none of use. */
  readonly padding?: number;
  /** Lets so many bytes of its own out, and nothing more. */
  readonly cutAfter?: number;
  /** Of the answer to a request; 200 unless said. */
  readonly status?: number;
  /** Of the answer's date, in ms beside the true one. */
  readonly skewMs?: number;
};

export type Service =
  /** Accepts, then holds the connection, ends it, resets it, or greets and holds it. */
  | {
      readonly kind: 'tcp';
      readonly host: string;
      readonly port: number;
      readonly does?: 'hold' | 'close' | 'reset' | 'greet';
      readonly backlog?: number;
      readonly ipv6Only?: boolean;
      /** The interface that it is bound to (SO_BINDTODEVICE): IPv4 only. */
      readonly device?: string;
      /** The name of the process. */
      readonly title?: string;
    }
  | TlsService
  /** Answers every request so; `reason` and `headers` as they stand on the wire. */
  | {
      readonly kind: 'http';
      readonly host: string;
      readonly port: number;
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** How long each request waits for its answer. */
      readonly delayMs?: number;
    }
  /** Says the first of its words at once, unless it is null, and the next whenever it is spoken to; behind the last it is a server of TLS. */
  | {
      readonly kind: 'start-tls';
      readonly host: string;
      readonly port: number;
      readonly words: readonly (string | null)[];
      readonly key: string;
      readonly cert: string;
    }
  /** Says something of its own, when it is spoken to or at once; then holds the connection, ends or resets it. */
  | {
      readonly kind: 'says';
      readonly host: string;
      readonly port: number;
      /** `endless`: a header that never ends. */
      readonly what: { readonly base64: string } | 'endless';
      readonly when: 'at once' | 'spoken to';
      readonly after: 'hold' | 'close' | 'reset';
    }
  | { readonly kind: 'udp'; readonly host: string; readonly port: number; readonly does?: 'echo' | 'nothing' }
  /** Connections that are opened and kept. */
  | { readonly kind: 'clients' | 'attempts'; readonly host: string; readonly port: number; readonly count: number }
  | {
      readonly kind: 'dns';
      readonly host: string;
      readonly port?: number;
      /** By name in lower case without the final dot; `*` for every other. */
      readonly zone: Readonly<Record<string, DnsAnswer>>;
      /** Does not see a second query of one source port within so long. */
      readonly onceAPortMs?: number;
      /** Over TCP: refuses, or ends each connection after one answer. */
      readonly tcp?: 'refused' | 'one-query';
    };

export type Services = {
  /** Stops the program in its tracks: the kernel still completes connections, nobody accepts them. */
  freeze(): void;
};

/** Runs servers in a namespace until the test ends. Settles when all of them listen. */
export async function serve(namespace: Namespace, ...services: readonly Service[]): Promise<Services> {
  const child = await startChild(namespace, bundleOf('services'), services);
  return { freeze: () => void child.kill('SIGSTOP') };
}
