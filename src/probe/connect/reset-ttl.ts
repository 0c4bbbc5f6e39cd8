import type { IpAddress } from '../../domain/address.ts';
import type { Prober } from '../../domain/prober.ts';

/**
 * The TTL with which the RST of a port that refuses arrives; null where the engine cannot see it, or where something else
 * or nothing came back. A connection of the kernel does not tell it.
 */
export async function resetTtl(
  to: { readonly address: IpAddress; readonly port: number; readonly timeoutMs: number },
  prober: Prober,
  signal: AbortSignal,
): Promise<number | null> {
  if (prober.lacks.syn !== undefined) return null;
  const { address, port, timeoutMs } = to;
  const answer = await prober.send(
    { kind: 'syn', to: address, port, sourcePort: null, ttl: null, timeoutMs },
    { signal },
  );
  return answer.kind === 'reset' ? answer.replyTtl : null;
}
