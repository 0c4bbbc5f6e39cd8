import { setMaxListeners } from 'node:events';
import type { IpAddress } from '../../../domain/address.ts';
import type { Clock } from '../../../domain/ports.ts';
import type { Answer, Probe, SendOptions } from '../../../domain/prober.ts';
import { wireAddress } from '../../../packet/address.ts';

/** What came back, before it is told how long it took. */
type Arrival =
  | { readonly kind: 'reply' | 'reset'; readonly from: IpAddress; readonly replyTtl: number | null }
  | Omit<Extract<Answer, { readonly kind: 'icmp-error' }>, 'rttMs'>;

/** A probe that was sent, until a few seconds after it settled. */
export type Flight = {
  readonly probe: Probe;
  /** Where its answers come from and what errors quote as destination. */
  readonly target: IpAddress;
  readonly answered: Promise<Answer>;
  isPending(): boolean;
  /** When it settled; null while it is pending. */
  settledAtMs(): number | null;
  /** The first arrival settles it. Later ones change nothing; a reply after a reply is told as a duplicate. */
  arrive(arrival: Arrival, atMs: number): void;
  /** Settles a probe that the kernel refused after all. */
  refuse(code: string): void;
  /** Settles it as silent, now. */
  giveUp(): void;
};

export type FlightOptions = {
  readonly clock: Clock;
  readonly sentAtMs: number;
  /** Reads what waits unread, before silence is believed. */
  readonly beforeSilence: () => void;
  readonly onSettled: () => void;
};

/** Starts the clock of a probe that has just been sent. */
export function startFlight(
  probe: Probe,
  { signal, onDuplicate }: SendOptions,
  { clock, sentAtMs, beforeSilence, onSettled }: FlightOptions,
): Flight {
  const ended = new AbortController();
  let answer: Answer | null = null;
  let settledAt: number | null = null;
  let resolveAnswered: (answer: Answer) => void = () => {};
  const answered = new Promise<Answer>((resolve) => {
    resolveAnswered = resolve;
  });

  const settle = (final: Answer): void => {
    if (answer !== null) return;
    answer = final;
    settledAt = clock.nowMs();
    ended.abort();
    signal.removeEventListener('abort', giveUp);
    resolveAnswered(final);
    onSettled();
  };
  const giveUp = (): void => settle({ kind: 'silent', waitedMs: clock.nowMs() - sentAtMs });
  // All probes of a burst share one signal; Node warns of a leak from the eleventh listener on.
  setMaxListeners(0, signal);
  signal.addEventListener('abort', giveUp, { once: true });

  const waitForSilence = async (): Promise<void> => {
    await clock.sleep(probe.timeoutMs, ended.signal);
    if (answer !== null) return;
    // A busy event loop runs its timers before it reads its sockets: the answer may be there already.
    await new Promise((resolve) => setImmediate(resolve));
    beforeSilence();
    giveUp();
  };
  void waitForSilence();

  return {
    probe,
    target: answeringAddress(probe.to),
    answered,
    isPending: () => answer === null,
    settledAtMs: () => settledAt,
    arrive(arrival, atMs) {
      if (answer === null) settle({ ...arrival, rttMs: atMs - sentAtMs });
      else if (answer.kind === 'reply' && arrival.kind === 'reply') onDuplicate?.();
    },
    refuse: (code) => settle({ kind: 'local-error', code }),
    giveUp,
  };
}

/** Who answers a probe, as packets spell it. The kernel sends what goes to the unspecified address to this machine itself. */
export function answeringAddress(to: IpAddress): IpAddress {
  const target = wireAddress(to);
  if (target === '0.0.0.0') return '127.0.0.1';
  return target === '::' ? '::1' : target;
}
