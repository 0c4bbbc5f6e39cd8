import type { ConnectAttempt } from '../../domain/evidence.ts';
import type { ConnectRequest } from '../../domain/ports.ts';
import { roundMs } from '../../domain/statistics.ts';
import { ownsAddress } from '../host/interfaces/machine-owns.ts';
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
  const settledMs = (settling.kind === 'over' ? quotes.heardMs() : null) ?? performance.now();
  const ending =
    settling.kind === 'opened'
      ? ({ state: 'open', error: null, icmp: null, dropped: await earlyEnd(line, watchMs, signal) } as const)
      : await failure(settling.kind === 'failed' ? settling.errno : null, quotes, request);
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
  const heard = quotes.heard();
  const isAmbiguous = heard === null && errno !== null && AMBIGUOUS.has(errno);
  const refusal = isAmbiguous ? await routeRefusal(address) : null;
  return endingOf({ protocol: 'tcp', address, errno, heard, routeRefusal: refusal, owns: ownsAddress });
}

/** Whether the peer ends a fresh connection within `watchMs` without a byte: `closed` by FIN, `reset` by RST. */
function earlyEnd(line: TcpLine, watchMs: number, signal: AbortSignal): Promise<ConnectAttempt['dropped']> {
  if (watchMs <= 0 || signal.aborted) return Promise.resolve(null);
  return new Promise((resolve) => {
    const settle = (dropped: ConnectAttempt['dropped']): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', over);
      resolve(dropped);
    };
    const over = (): void => settle(null);
    const timer = setTimeout(over, watchMs);
    signal.addEventListener('abort', over);
    line.onEvent((event) => {
      switch (event.kind) {
        case 'data':
          over();
          break;
        case 'ended':
          settle('closed');
          break;
        case 'failed':
          settle('reset');
          break;
        case 'opened':
      }
    });
  });
}
