import type { ConnectAttempt } from '../../domain/evidence.ts';
import type { FlowAttempt } from '../../evidence/flows.ts';
import type { FlowsOptions, FlowsPorts } from './flows.ts';

/** Whole connections, all at once, as an ordinary program opens them; those that the signal ended are left out. */
export async function connectAgain(
  { address, port, first, timeoutMs, watchMs, count }: FlowsOptions & { readonly count: number },
  { connector }: FlowsPorts,
  signal: AbortSignal,
): Promise<readonly FlowAttempt[]> {
  const said = first();
  const isWatched = said !== null && said !== 'opened' && said.dropped !== null;
  const request = { address, port, protocol: 'tcp', timeoutMs, watchMs: isWatched ? watchMs : 0 } as const;
  const attempts = await Promise.all(Array.from({ length: count }, () => connector.connect(request, signal)));
  return attempts.filter(({ state }) => !(signal.aborted && state === 'filtered')).map(asFlow);
}

function asFlow({ state, ms, icmp, dropped, retransmissions }: ConnectAttempt): FlowAttempt {
  const common = { how: 'connect', sourcePort: null, state, ms, replyTtl: null, icmp, dropped } as const;
  return retransmissions === undefined ? common : { ...common, retransmissions };
}
