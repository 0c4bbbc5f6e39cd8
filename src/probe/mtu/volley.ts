import { type Family, familyOf, type IpAddress } from '../../domain/address.ts';
import type { Clock } from '../../domain/ports.ts';
import type { Answer, Prober } from '../../domain/prober.ts';
import { createFlights } from '../flights.ts';
import { isBelievable, payloadOf } from './sizes.ts';
import { type SizeTally, type Tally, withSize } from './tally.ts';

/** One echo that must not be fragmented. `ttl` null: the system's default. `to`: another than the address asked about. */
export type SizedShot = { readonly bytes: number; readonly ttl: number | null; readonly to?: IpAddress };

export type VolleyPorts = { readonly prober: Prober; readonly clock: Clock };

export type VolleyOptions = {
  readonly address: IpAddress;
  /** How long each echo is waited for. */
  readonly patienceMs: number;
};

/** Sends echoes at once and settles when each is answered or waited out, or the signal aborts; the answers in their order. */
export async function fire(
  shots: readonly SizedShot[],
  { address, patienceMs }: VolleyOptions,
  { prober, clock }: VolleyPorts,
  signal: AbortSignal,
): Promise<readonly Answer[]> {
  const flights = createFlights();
  const stop = (): void => flights.end();
  const send = async ({ bytes, ttl, to = address }: SizedShot): Promise<Answer> => {
    const answer = await prober.send(
      {
        kind: 'echo',
        to,
        ttl,
        timeoutMs: patienceMs,
        payloadBytes: payloadOf(bytes, familyOf(address)),
        dontFragment: true,
      },
      { signal: flights.open() },
    );
    if (answer.kind !== 'local-error' || answer.code !== 'ENOBUFS') return answer;
    // The packet was dropped between here and the link, for a full queue or for its size (veth). Linux says so for IPv6
    // and keeps silent for IPv4: the same silence for both.
    await clock.sleep(patienceMs, signal);
    return { kind: 'silent', waitedMs: patienceMs };
  };
  const answers = shots.map(send);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  const settled = await Promise.all(answers);
  signal.removeEventListener('abort', stop);
  return settled;
}

/** Sends one echo of each size to the target and counts what came of them. */
export async function fireSizes(
  tally: Tally,
  sizes: readonly number[],
  options: VolleyOptions,
  ports: VolleyPorts,
  signal: AbortSignal,
): Promise<Tally> {
  const answers = await fire(
    sizes.map((bytes) => ({ bytes, ttl: null })),
    options,
    ports,
    signal,
  );
  // An echo that was called back was not waited out: it is neither lost nor answered.
  const counted = answers.map((answer) => (signal.aborted && answer.kind === 'silent' ? null : answer));
  return counted.reduce<Tally>(
    (sum, answer, index) =>
      answer === null
        ? sum
        : withSize(sum, sizes[index] ?? 0, (size) => withAnswer(size, answer, familyOf(options.address))),
    tally,
  );
}

function withAnswer(size: SizeTally, answer: Answer, family: Family): SizeTally {
  switch (answer.kind) {
    case 'reply':
      return { ...size, sent: size.sent + 1, answered: size.answered + 1 };
    case 'icmp-error': {
      const { error, mtu } = answer;
      const report = error.kind === 'packet-too-big' ? { from: error.from, mtu } : null;
      return { ...size, sent: size.sent + 1, report: size.report ?? report };
    }
    case 'local-error':
      // A path MTU that this machine remembers from an earlier report is as good as the report, but for who made it.
      if (answer.code === 'EMSGSIZE' && answer.mtu !== undefined && isBelievable(answer.mtu, size.bytes, family)) {
        return { ...size, sent: size.sent + 1, report: size.report ?? { from: null, mtu: answer.mtu } };
      }
      return { ...size, localError: answer.code };
    case 'silent':
    case 'reset':
    case 'answered':
      return { ...size, sent: size.sent + 1 };
  }
}
