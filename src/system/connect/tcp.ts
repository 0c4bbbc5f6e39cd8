import type { ConnectAttempt } from '../../domain/evidence.ts';
import type { ConnectRequest } from '../../domain/ports.ts';
import { roundMs } from '../../domain/statistics.ts';
import { ownsAddress } from '../host/interfaces/machine-owns.ts';
import { firstMoments } from './first-moments.ts';
import type { Lines, TcpLine } from './line.ts';
import type { Quotes } from './quotes.ts';
import { routeRefusal } from './route.ts';
import type { Ending } from './verdict.ts';
import { endingOf, isFinal } from './verdict.ts';

/** How long a SYN-ACK or the kernel's own error may still overtake a decision that was heard. */
const FINAL_GRACE_MS = 100;
/** A hint (codes 0, 1, 5) may be a transient: the answer to the retransmission after one second is awaited (RFC 1122 4.2.3.9). */
const HINT_GRACE_MS = 250;
const RETRANSMISSION_ANSWERED_MS = 1300;

/** Errors with which the kernel reports a router's word or its own. */
const AMBIGUOUS = new Set(['EACCES', 'ENETUNREACH', 'EHOSTUNREACH']);

/** `over`: nobody waits any longer, with whatever was heard by then. */
type Settling =
  | { readonly kind: 'opened' }
  | { readonly kind: 'failed'; readonly errno: string }
  | { readonly kind: 'over' };

/** Opens one TCP connection as an ordinary program would, says how that ended, and closes it again. Never rejects. */
export async function connectTcp(request: ConnectRequest, lines: Lines, signal: AbortSignal): Promise<ConnectAttempt> {
  const { address, port, timeoutMs, watchMs } = request;
  const line = lines.tcp(request);
  const { quotes } = line;
  const settling = await settled(line, timeoutMs, signal);
  if (settling.kind === 'opened') {
    const openMs = line.openedMs() ?? performance.now() - line.startedMs();
    request.onOpened?.();
    const retransmissions = line.retransmitted();
    const { dropped, ending } = await firstMoments(line, { watchMs, openMs }, signal);
    line.close();
    return {
      ...{ address, port, protocol: 'tcp', state: 'open', ms: roundMs(openMs), error: null, icmp: null, dropped },
      ...(retransmissions !== null && { retransmissions }),
      ...(ending !== null && ending !== undefined && { ending }),
    };
  }
  const settledMs = (settling.kind === 'over' ? quotes.heardMs() : null) ?? performance.now();
  const ending = await failure(settling.kind === 'failed' ? settling.errno : null, quotes, request);
  line.close();
  return { address, port, protocol: 'tcp', ms: roundMs(settledMs - line.startedMs()), ...ending };
}

/** Settles with the kernel's word; without it at the time-out, at the abort, or some grace after an ICMP error. */
function settled(line: TcpLine, timeoutMs: number, signal: AbortSignal): Promise<Settling> {
  const startedMs = performance.now();
  return new Promise((resolve) => {
    let graceTimer: NodeJS.Timeout | undefined;
    const settle = (settling: Settling): void => {
      clearTimeout(timer);
      clearTimeout(graceTimer);
      signal.removeEventListener('abort', over);
      resolve(settling);
    };
    const over = (): void => settle({ kind: 'over' });
    const timer = setTimeout(over, timeoutMs);
    line.onEvent((event) => {
      if (event.kind === 'opened') settle({ kind: 'opened' });
      if (event.kind === 'failed') settle(event);
    });
    line.quotes.onHeard((error) => {
      if (line.quotes.are === 'overheard') return;
      if (graceTimer !== undefined && !isFinal(error)) return;
      const elapsedMs = performance.now() - startedMs;
      const graceMs = isFinal(error) ? FINAL_GRACE_MS : Math.max(HINT_GRACE_MS, RETRANSMISSION_ANSWERED_MS - elapsedMs);
      clearTimeout(graceTimer);
      graceTimer = setTimeout(over, graceMs);
    });
    if (signal.aborted) over();
    else signal.addEventListener('abort', over);
  });
}

async function failure(errno: string | null, quotes: Quotes, { address }: ConnectRequest): Promise<Ending> {
  if (errno !== null) await quotes.laggards();
  // Linux tells a connection of every error that is truly its own (tcp_v4_err()); others are silent about it.
  const isDoubtful = errno === null && quotes.are === 'overheard' && process.platform === 'linux';
  const heard = isDoubtful ? null : quotes.heard();
  const isAmbiguous = heard === null && errno !== null && AMBIGUOUS.has(errno);
  const refusal = isAmbiguous ? await routeRefusal(address) : null;
  return endingOf({ protocol: 'tcp', address, errno, heard, routeRefusal: refusal, owns: ownsAddress });
}
