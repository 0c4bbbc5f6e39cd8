import type { ConnectAttempt } from '../../domain/evidence.ts';
import { methodFor, type Prober } from '../../domain/prober.ts';

/** A rule of this machine resets at once. */
const RESET_WITHIN_MS = 150;

/**
 * Whether the RST of a refused port came from beyond the first hop: a SYN that may not go further (TTL 1) is then not
 * reset. A rule of this machine that resets is otherwise not to be told from the target by the kernel's own sockets; a
 * raw SYN tells it by its errno. undefined where it was not tried.
 */
export async function resetFromAfar(
  { state, icmp, address, port, protocol }: ConnectAttempt,
  prober: Prober | null,
  signal: AbortSignal,
): Promise<boolean | undefined> {
  const isReset = protocol === 'tcp' && state === 'closed' && icmp === null;
  if (!isReset || prober === null || methodFor(prober, 'syn') !== 'kernel' || prober.lacks.syn !== undefined) return;
  const answer = await prober.send(
    { kind: 'syn', to: address, port, sourcePort: null, ttl: 1, timeoutMs: RESET_WITHIN_MS },
    { signal },
  );
  if (signal.aborted || answer.kind === 'local-error') return;
  return answer.kind !== 'reset';
}
