import type { IpAddress } from '../../domain/address.ts';
import type { Clock } from '../../domain/ports.ts';
import type { Answer, Probe, Prober } from '../../domain/prober.ts';
import { DEFAULT_ECHO_BYTES } from '../../domain/prober.ts';
import { roundMs } from '../../domain/statistics.ts';
import type { LateEcho } from '../../evidence/ping.ts';

/** Where traces end (traceroute(8)): nothing listens there. */
const TRACE_PORT = 33_434;
/** The last probe leaves so long before the end: enough for a router that is not far. */
const LAST_WORD_MS = 120;

export type LateOptions = {
  readonly address: IpAddress;
  readonly patienceMs: number;
  /** What still comes for the echoes that were sent before; never settles where nothing does. */
  readonly earlier: Promise<Answer>;
};

/**
 * Sends one echo (a datagram to a port on which nothing listens, where no echo can be sent) and waits for it, and for
 * those before it, as long as a router takes to give up looking for a host on its own link (three solicitations a second
 * apart). One more at the end finds a router that had no error left before: by then it has been asked nothing for a while.
 * Settles at `patienceMs` after the start, or when the signal aborts.
 */
export async function late(
  { address, patienceMs, earlier }: LateOptions,
  { prober, clock }: { readonly prober: Prober; readonly clock: Clock },
  signal: AbortSignal,
): Promise<LateEcho | null> {
  const startedMs = clock.nowMs();
  const enough = new AbortController();
  const within = AbortSignal.any([signal, enough.signal]);
  const send = (timeoutMs: number): Promise<Answer> =>
    prober.send(probeOf(address, timeoutMs, prober), { signal: within });
  const first = send(patienceMs);
  const last = clock
    .sleep(patienceMs - LAST_WORD_MS, within)
    .then(() => (within.aborted ? SILENCE : send(LAST_WORD_MS)));
  const answer = await firstWord([first, last], earlier);
  enough.abort();
  const waitedMs = roundMs(clock.nowMs() - startedMs);
  switch (answer.kind) {
    case 'reply':
    case 'reset':
    case 'answered':
      return { waitedMs, rttMs: roundMs(answer.rttMs), error: null };
    case 'icmp-error': {
      const { error, replyTtl } = answer;
      return { waitedMs, rttMs: null, error, ...(replyTtl !== null && { errorTtl: replyTtl }) };
    }
    case 'silent':
      return signal.aborted ? null : { waitedMs, rttMs: null, error: null };
    case 'local-error':
      return null;
  }
}

const SILENCE: Answer = { kind: 'silent', waitedMs: 0 };

/** The first of them that is not silence; silence where all that were sent have ended so. */
function firstWord(sent: readonly Promise<Answer>[], earlier: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve) => {
    const heed = (answer: Answer): void => {
      if (answer.kind !== 'silent') resolve(answer);
    };
    void earlier.then(heed);
    void Promise.all(sent.map((each) => each.then(heed))).then(() => resolve(SILENCE));
  });
}

function probeOf(address: IpAddress, timeoutMs: number, { lacks }: Prober): Probe {
  const common = { to: address, ttl: null, timeoutMs } as const;
  return lacks.echo !== undefined && lacks.udp === undefined
    ? { kind: 'udp', ...common, port: TRACE_PORT, sourcePort: null, payload: new Uint8Array(DEFAULT_ECHO_BYTES) }
    : { kind: 'echo', ...common, payloadBytes: DEFAULT_ECHO_BYTES, dontFragment: false };
}
