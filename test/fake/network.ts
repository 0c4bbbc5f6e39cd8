import type { IpAddress } from '../../src/domain/address.ts';
import type { Unavailable } from '../../src/domain/evidence.ts';
import type { MplsLabel } from '../../src/domain/hop-extension.ts';
import type { IcmpError, IcmpErrorKind } from '../../src/domain/icmp-error.ts';
import type { Answer, Probe, Prober } from '../../src/domain/prober.ts';
import type { FakeClock } from './clock.ts';
import type { Limit } from './limiter.ts';
import { createLimiter, LINUX_ERRORS } from './limiter.ts';

/** A refusal: which error, and whether it is sent before or after the TTL was looked at (Linux: routes before, filters after). */
export type Refusal = {
  readonly kind: Exclude<IcmpErrorKind, 'time-exceeded'>;
  readonly type: number;
  readonly code: number;
  /** Default `after`. */
  readonly ttlCheck?: 'before' | 'after';
  /** Only the packets (from 0, of those that reach it) for which this holds. Default all. */
  readonly when?: (packet: number) => boolean;
};

export type FakeRouter = {
  readonly address: IpAddress;
  /** From this machine to here and back. Default 1 per hop. */
  readonly rttMs?: number;
  /** Sends no errors at all. */
  readonly silent?: boolean;
  /** Passes nothing on, and says nothing. */
  readonly drops?: boolean;
  readonly refuses?: Refusal;
  /** What it does to SYNs when it forwards them: nothing comes of them, or it resets them in the host's name. */
  readonly toSyns?: 'drop' | 'reset';
  /** Whom it answers from, by the probe: balanced load is several routers at one hop. Default its address. */
  readonly addressFor?: (probe: Probe) => IpAddress;
  /** What it tells beside its errors. */
  readonly mpls?: readonly MplsLabel[];
  /** Passes packets on whose TTL is used up, so that the next hop appears twice. */
  readonly forwardsZeroTtl?: boolean;
  /** Default as Linux; null: none. */
  readonly errorLimit?: Limit | null;
};

export type FakeHost = {
  readonly address: IpAddress;
  /** By the number of the echo that reaches it, from 0. Default 1 per hop. */
  readonly rttMs?: number | ((packet: number) => number);
  /** Drops echoes. */
  readonly silent?: boolean;
  /** Loses the echoes (by number, from 0, of those that reach it) for which this holds. */
  readonly loses?: (packet: number) => boolean;
  /** Further replies to each echo. */
  readonly duplicates?: number;
  /** Limits its echo replies. */
  readonly replyLimit?: Limit;
  readonly initialTtl?: number;
  readonly refuses?: Refusal;
  readonly openPorts?: readonly number[];
  /** Drops every SYN. */
  readonly dropsSyns?: boolean;
};

export type FakeNetworkOptions = {
  readonly clock: FakeClock;
  readonly routers?: readonly FakeRouter[];
  /** Where the path turns back: the place in `routers` (from 0) that follows the last of them. */
  readonly loopsBackTo?: number;
  /** All behind the same routers. Default one. */
  readonly hosts?: readonly FakeHost[];
  /** What this machine refuses to send: an errno name, by the number of the probe from 0. */
  readonly localError?: (packet: number) => string | null;
  readonly lacks?: { readonly [kind in Probe['kind']]?: Unavailable };
};

export type SentProbe = { readonly probe: Probe; readonly atMs: number };

export type FakeNetwork = Prober & {
  /** Everything that left this machine. */
  readonly sent: readonly SentProbe[];
  /** How many errors the router or host at the address was asked for, limited or not. */
  errorsAskedOf(address: IpAddress): number;
  /** Probes that have not settled. */
  inFlight(): number;
};

type Arrival = { readonly answer: Answer; readonly delayMs: number; readonly duplicates: number };

const DEFAULT_TTL = 64;
/** Rounds of a loop before even the longest TTL is used up. */
const MOST_HOPS = 256;

/** A prober over a network of routers and hosts that exist only here. Deterministic: it has no chance and no time of its own. */
export function createFakeNetwork(options: FakeNetworkOptions): FakeNetwork {
  const { clock, routers = [], hosts = [], loopsBackTo } = options;
  const sent: SentProbe[] = [];
  const asked = new Map<IpAddress, number>();
  const seen = new Map<IpAddress, number>();
  let attempts = 0;
  let pending = 0;
  const errorLimiters = new Map(
    [
      ...routers.map(({ address, errorLimit }) => ({ address, errorLimit })),
      ...hosts.map(({ address }) => ({ address, errorLimit: undefined })),
    ].map(({ address, errorLimit }) => [address, createLimiter(errorLimit === undefined ? LINUX_ERRORS : errorLimit)]),
  );
  const replyLimiters = new Map(hosts.map(({ address, replyLimit }) => [address, createLimiter(replyLimit ?? null)]));

  const count = (counts: Map<IpAddress, number>, address: IpAddress): number => {
    const before = counts.get(address) ?? 0;
    counts.set(address, before + 1);
    return before;
  };

  const errorFrom = (
    from: IpAddress,
    hop: number,
    rttMs: number,
    error: Omit<IcmpError, 'from'>,
    isSilent: boolean,
  ): Arrival | null => {
    count(asked, from);
    const isPassed = errorLimiters.get(from)?.(clock.nowMs() + rttMs / 2) ?? true;
    if (isSilent || !isPassed) return null;
    const full = { kind: error.kind, from, type: error.type, code: error.code };
    const answer: Answer = { kind: 'icmp-error', error: full, rttMs, replyTtl: DEFAULT_TTL - hop + 1, mtu: null };
    return { answer, delayMs: rttMs, duplicates: 0 };
  };

  /** The router that is the nth on the way, n from 1; null behind the last. */
  const routerAt = (hop: number): FakeRouter | null => {
    const index = hop - 1;
    if (index < routers.length) return routers[index] ?? null;
    if (loopsBackTo === undefined) return null;
    return routers[loopsBackTo + ((index - loopsBackTo) % (routers.length - loopsBackTo))] ?? null;
  };

  const isRefused = (address: IpAddress, refusal: Refusal | undefined, when: 'before' | 'after'): boolean => {
    if (refusal === undefined || (refusal.ttlCheck ?? 'after') !== when) return false;
    return refusal.when?.(count(seen, `${address} refused`)) ?? true;
  };

  const atRouter = (router: FakeRouter, probe: Probe, hop: number, ttl: number): Arrival | 'passed' | null => {
    const { address, refuses, silent = false } = router;
    const rttMs = router.rttMs ?? hop;
    if (refuses !== undefined && isRefused(address, refuses, 'before')) {
      return errorFrom(address, hop, rttMs, refuses, silent);
    }
    if (ttl <= 1 && router.forwardsZeroTtl !== true) {
      const expired = errorFrom(address, hop, rttMs, timeExceeded(probe), silent);
      return expired === null ? null : dressed(expired, router, probe);
    }
    if (refuses !== undefined && isRefused(address, refuses, 'after')) {
      return errorFrom(address, hop, rttMs, refuses, silent);
    }
    return forwarded(router, probe, hop, rttMs);
  };

  const atHost = (host: FakeHost, probe: Probe, hop: number): Arrival | null => {
    const packet = count(seen, host.address);
    const rttMs = typeof host.rttMs === 'function' ? host.rttMs(packet) : (host.rttMs ?? hop);
    if (host.refuses !== undefined && isRefused(host.address, host.refuses, 'after')) {
      return errorFrom(host.address, hop, rttMs, host.refuses, false);
    }
    const reply = (kind: 'reply' | 'reset'): Arrival => ({
      answer: { kind, from: host.address, rttMs, replyTtl: (host.initialTtl ?? DEFAULT_TTL) - hop + 1 },
      delayMs: rttMs,
      duplicates: host.duplicates ?? 0,
    });
    switch (probe.kind) {
      case 'echo': {
        if (host.silent === true || host.loses?.(packet) === true) return null;
        const isPassed = replyLimiters.get(host.address)?.(clock.nowMs() + rttMs / 2) ?? true;
        return isPassed ? reply('reply') : null;
      }
      case 'syn':
        return reply(isOpen(host, probe.port) ? 'reply' : 'reset');
      case 'udp':
        return errorFrom(host.address, hop, rttMs, portUnreachable(probe), false);
    }
  };

  const travel = (probe: Probe): Arrival | null => {
    let ttl = probe.ttl ?? DEFAULT_TTL;
    for (let hop = 1; hop <= MOST_HOPS; hop += 1) {
      const router = routerAt(hop);
      if (router === null) {
        const host = hosts.find(({ address }) => address === probe.to);
        return host === undefined || isSynLost(host, probe) ? null : atHost(host, probe, hop);
      }
      const outcome = atRouter(router, probe, hop, ttl);
      if (outcome !== 'passed') return outcome;
      ttl = Math.max(1, ttl - 1);
    }
    return null;
  };

  return {
    method: 'raw',
    lacks: options.lacks ?? {},
    sent,
    errorsAskedOf: (address) => asked.get(address) ?? 0,
    inFlight: () => pending,
    send: (probe, { signal, onDuplicate }) => {
      const refusal = options.localError?.(attempts) ?? null;
      attempts += 1;
      if (refusal !== null) return Promise.resolve({ kind: 'local-error', code: refusal });
      const sentAtMs = clock.nowMs();
      sent.push({ probe, atMs: sentAtMs });
      const arrival = signal.aborted ? null : travel(probe);
      pending += 1;
      return new Promise((resolve) => {
        let isSettled = false;
        const settle = (answer: Answer): void => {
          if (isSettled) return;
          isSettled = true;
          pending -= 1;
          signal.removeEventListener('abort', giveUp);
          resolve(answer);
        };
        const giveUp = (): void => settle({ kind: 'silent', waitedMs: clock.nowMs() - sentAtMs });
        if (signal.aborted) {
          giveUp();
          return;
        }
        signal.addEventListener('abort', giveUp);
        if (arrival !== null && arrival.delayMs <= probe.timeoutMs) {
          clock.after(arrival.delayMs, () => settle(arrival.answer));
          for (let copy = 1; copy <= arrival.duplicates; copy += 1) {
            clock.after(arrival.delayMs + copy / 100, () => onDuplicate?.());
          }
          return;
        }
        void clock.sleep(probe.timeoutMs, signal).then(giveUp);
      });
    },
    watch: () => () => undefined,
    close: () => undefined,
  };
}

function forwarded({ drops, toSyns }: FakeRouter, probe: Probe, hop: number, rttMs: number): Arrival | 'passed' | null {
  if (drops === true) return null;
  if (toSyns === undefined || probe.kind !== 'syn') return 'passed';
  if (toSyns === 'drop') return null;
  const answer: Answer = { kind: 'reset', from: probe.to, rttMs, replyTtl: DEFAULT_TTL - hop + 1 };
  return { answer, delayMs: rttMs, duplicates: 0 };
}

function isSynLost({ dropsSyns }: FakeHost, probe: Probe): boolean {
  return dropsSyns === true && probe.kind === 'syn';
}

function isOpen({ openPorts = [] }: FakeHost, port: number): boolean {
  return openPorts.includes(port);
}

function dressed(arrival: Arrival, { addressFor, mpls }: FakeRouter, probe: Probe): Arrival {
  const { answer } = arrival;
  if (answer.kind !== 'icmp-error') return arrival;
  const from = addressFor?.(probe) ?? answer.error.from;
  return { ...arrival, answer: { ...answer, error: { ...answer.error, from }, ...(mpls !== undefined && { mpls }) } };
}

function timeExceeded(probe: Probe): Omit<IcmpError, 'from'> {
  return { kind: 'time-exceeded', type: probe.to.includes(':') ? 3 : 11, code: 0 };
}

function portUnreachable(probe: Probe): Omit<IcmpError, 'from'> {
  return probe.to.includes(':')
    ? { kind: 'port-unreachable', type: 1, code: 4 }
    : { kind: 'port-unreachable', type: 3, code: 3 };
}
