import type { TraceOddity, TraceProtocol } from '../../evidence/trace.ts';

/** Somebody on the path: its address, and its hop where that is known. */
export type AtHop = { readonly address: string; readonly hop: number | null };

/** The words of the table of hops and of the sentences under it. Milliseconds come with their unit. */
export type TraceWords = {
  readonly title: (host: string, address: string | null, vehicle: string) => string;
  readonly vehicle: Readonly<Record<TraceProtocol, (port: number | null) => string>>;
  readonly hop: string;
  readonly host: string;
  readonly lost: string;
  readonly sent: string;
  readonly last: string;
  readonly median: string;
  readonly best: string;
  readonly worst: string;
  readonly spark: string;
  readonly noAnswer: string;
  readonly running: string;
  readonly keys: string;

  readonly reached: (address: string, hops: number, ms: string | null) => string;
  readonly accepts: (port: string) => string;
  readonly resets: (port: string) => string;
  readonly portUnreachable: string;
  readonly stopped: (at: AtHop) => string;
  readonly pathGoesOn: (at: AtHop) => string;
  readonly silent: string;
  readonly onLink: (address: string) => string;
  readonly loop: (hop: number | null, round: string) => string;
  readonly hostUnreachable: (at: AtHop, icmp: string, target: string) => string;
  readonly networkUnreachable: (at: AtHop, icmp: string, target: string) => string;
  readonly prohibited: (at: AtHop, icmp: string) => string;
  readonly rejected: (at: AtHop, icmp: string) => string;
  readonly unavailable: (hint: string) => string;
  readonly refused: (error: string | null) => string;
  readonly endedEarly: (last: AtHop | null) => string;

  readonly silentHops: (hops: readonly number[]) => string;
  readonly limitedHops: (hops: readonly number[]) => string;
  readonly slowHops: (hops: readonly number[]) => string;
  readonly severalRouters: (hops: readonly number[]) => string;
  readonly fewLost: (lost: number, sent: number) => string;
  readonly loss: (lost: number, sent: number, first: number | null, last: number | null) => string;
  readonly rise: (first: number, last: number, ms: string) => string;
  readonly oddity: Readonly<Record<TraceOddity, string>>;
  readonly why: (command: string) => string;
};
