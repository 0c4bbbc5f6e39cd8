import type { IpAddress } from '../../domain/address.ts';
import type { ConnectState, Stray } from '../../domain/evidence.ts';
import type { Answer, Prober } from '../../domain/prober.ts';
import { roundMs } from '../../domain/statistics.ts';
import type { FlowAttempt } from '../../evidence/flows.ts';

/** Before the SYN would come again (RFC 6298, 2.1), and long enough for a busy machine. */
const WAIT = { leastMs: 300, mostMs: 900 };

type Knock = {
  readonly address: IpAddress;
  readonly port: number;
  readonly sourcePort: number;
  readonly bare: boolean;
  readonly rttMs: number | null;
  readonly onStray: (from: Stray) => void;
};

/** One SYN, and what came back. */
export async function knock(prober: Prober, options: Knock, signal: AbortSignal): Promise<FlowAttempt> {
  const { address, port, sourcePort, bare, rttMs, onStray } = options;
  const timeoutMs = Math.min(WAIT.mostMs, Math.max(WAIT.leastMs, 3 * (rttMs ?? WAIT.mostMs / 4) + 100));
  const answer = await prober.send(
    { kind: 'syn', to: address, port, sourcePort, ttl: null, timeoutMs, ...(bare && { bare: true }) },
    { signal, onStray: (from, fromPort) => onStray({ address: from, port: fromPort }) },
  );
  const common = { how: bare ? 'bare-syn' : 'syn', sourcePort, dropped: null } as const;
  const isAnswer = answer.kind === 'reply' || answer.kind === 'reset';
  return {
    ...common,
    state: stateOf(answer),
    ms: roundMs(isAnswer ? answer.rttMs : answer.kind === 'silent' ? answer.waitedMs : 0),
    replyTtl: isAnswer ? answer.replyTtl : null,
    icmp: answer.kind === 'icmp-error' ? answer.error : null,
  };
}

function stateOf(answer: Answer): ConnectState {
  switch (answer.kind) {
    case 'reply':
      return 'open';
    case 'reset':
      return 'closed';
    // An engine that cannot tell the two is not asked (see flows.ts).
    case 'answered':
      return 'open';
    case 'icmp-error':
      return answer.error.kind === 'prohibited' || answer.error.kind === 'port-unreachable'
        ? 'rejected'
        : 'unreachable';
    case 'local-error':
      return 'local-error';
    case 'silent':
      return 'filtered';
  }
}
