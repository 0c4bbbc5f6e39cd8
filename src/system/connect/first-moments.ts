import type { ConnectAttempt } from '../../domain/evidence.ts';
import { roundMs } from '../../domain/statistics.ts';
import type { TcpLine } from './line.ts';

/** Of the watch, which the FIN ends, at least this part is for the peer to end the connection by itself. */
const LEAST_SHARE = 0.5;
/** From the FIN to its acknowledgement, beside the round trip: a peer may wait a little with it (RFC 9293, 3.8.6.3). */
const DELAY_MS = 20;
/** In which a FIN is sent three times: at once, after 0.2 s and after 0.6 s (tcp_retransmit_timer() of Linux). */
const PATIENCE_MS = 1300;
const LOOK_MS = 10;

type FirstMoments = Pick<ConnectAttempt, 'dropped'> & { readonly ending: ConnectAttempt['ending'] | null };

/**
 * What becomes of a fresh connection. `dropped`: the peer ended it by itself within `watchMs` without a byte (`closed` by
 * FIN, `reset` by RST). Then, early enough to be over within the watch, our own FIN says whether anything that is sent
 * gets there: a SYN and its answer may pass where nothing else does. `ending` is null where the system does not tell.
 */
export async function firstMoments(
  line: TcpLine,
  { watchMs, openMs }: { readonly watchMs: number; readonly openMs: number },
  signal: AbortSignal,
): Promise<FirstMoments> {
  if (watchMs <= 0 || signal.aborted) return { dropped: null, ending: null };
  const tells = line.isEndAcknowledged() !== null;
  const aloneMs = tells ? Math.max(watchMs * LEAST_SHARE, watchMs - 1.5 * openMs - DELAY_MS) : watchMs;
  const early = await earlyEnd(line, aloneMs, signal);
  if (early !== 'kept' || !tells || signal.aborted) {
    return { dropped: early === 'closed' || early === 'reset' ? early : null, ending: null };
  }
  return { dropped: null, ending: await endingOf(line, signal) };
}

/** `spoken`: it sent something, and so has had our acknowledgement. */
function earlyEnd(line: TcpLine, forMs: number, signal: AbortSignal): Promise<'closed' | 'reset' | 'spoken' | 'kept'> {
  return new Promise((resolve) => {
    const settle = (end: 'closed' | 'reset' | 'spoken' | 'kept'): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', over);
      resolve(end);
    };
    const over = (): void => settle('kept');
    const timer = setTimeout(over, forMs);
    signal.addEventListener('abort', over);
    line.onEvent((event) => {
      switch (event.kind) {
        case 'data':
          settle('spoken');
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

function endingOf(line: TcpLine, signal: AbortSignal): Promise<ConnectAttempt['ending'] | null> {
  const startedMs = performance.now();
  line.endSending();
  return new Promise((resolve) => {
    const settle = (ending: ConnectAttempt['ending'] | null): void => {
      clearInterval(timer);
      signal.removeEventListener('abort', over);
      resolve(ending);
    };
    const over = (): void => settle(null);
    const look = (): void => {
      const ms = performance.now() - startedMs;
      const acknowledged = line.isEndAcknowledged();
      if (acknowledged === null) over();
      else if (acknowledged || ms > PATIENCE_MS) settle({ acknowledged, ms: roundMs(ms) });
    };
    const timer = setInterval(look, LOOK_MS);
    signal.addEventListener('abort', over);
  });
}
