import type { OutcomeOf } from '../../domain/outcome.ts';
import type { ResolveStatus } from '../../evidence/resolve.ts';

/** What a sentence about echoes may name; values come with their units, `icmp` as `ICMP 3/1`. */
export type PingFacts = {
  readonly address: string;
  readonly median: string;
  readonly jitter: string;
  readonly lost: number;
  readonly sent: number;
  readonly duplicates: number;
  readonly from: string;
  readonly icmp: string;
  readonly hint: string;
};

/** The words around the measured values of `netwhy ping`, and of a name that has no address. */
export type PingWords = {
  readonly title: (host: string, address: string | null, count: number) => string;
  readonly reply: (address: string, sequence: number, ttl: number | null, ms: string) => string;
  readonly error: (from: string, sequence: number, kind: string, icmp: string) => string;
  readonly noAnswer: (sequences: string) => string;
  readonly counts: (sent: number, received: number, open: number) => string;
  readonly loss: (percent: string, interval: string | null) => string;
  readonly rtt: (values: string) => string;
  readonly jitter: (ms: string) => string;
  readonly duplicates: (count: number) => string;
  readonly errors: (from: string, kind: string, icmp: string, count: number) => string;
  readonly replyTtl: (ttl: number) => string;
  readonly method: (method: string) => string;
  readonly outcome: Readonly<Record<OutcomeOf<'ping'>, (facts: PingFacts) => string>>;
  readonly notSent: (error: string) => string;
  readonly endedEarly: string;
  readonly fewLost: (lost: number, sent: number) => string;
  readonly rateLimited: string;
  readonly why: (command: string) => string;
  readonly nameFailed: Readonly<Record<Exclude<ResolveStatus, 'ok' | 'literal'>, (host: string) => string>>;
};
