import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { familyOf } from '../domain/address.ts';
import type { ConnectAttempt } from '../domain/evidence.ts';
import type { ConnectRequest } from '../domain/ports.ts';
import type { Prober } from '../domain/prober.ts';
import { roundMs } from '../domain/statistics.ts';
import type { Quotes } from './connector-quotes.ts';
import { hearQuotes } from './connector-quotes.ts';
import { routeRefusal } from './connector-route.ts';
import type { Ending } from './connector-verdict.ts';
import { endingOf, isFinal } from './connector-verdict.ts';
import { ownsAddress } from './machine-owns.ts';

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
export async function connectTcp(
  request: ConnectRequest,
  prober: Prober | null,
  signal: AbortSignal,
): Promise<ConnectAttempt> {
  const { address, port, timeoutMs, watchMs } = request;
  const socket = connect({ host: address, port, family: familyOf(address), autoSelectFamily: false });
  let startedMs = performance.now();
  let localPort: number | null = null;
  // The SYN leaves in the next tick. Asked for our port before that, node:net would remember that there is none.
  process.nextTick(() => {
    startedMs = performance.now();
    localPort = socket.localPort ?? null;
  });
  const quotes = hearQuotes(prober, { protocol: 'tcp', to: address, port, sourcePort: () => localPort });
  const settling = await settled(socket, quotes, timeoutMs, signal);
  const settledMs = (settling.kind === 'over' ? quotes.heardMs() : null) ?? performance.now();
  const ending =
    settling.kind === 'opened'
      ? ({ state: 'open', error: null, icmp: null, dropped: await earlyEnd(socket, watchMs, signal) } as const)
      : await failure(settling.kind === 'failed' ? settling.errno : null, quotes, request);
  quotes.end();
  close(socket);
  return { address, port, protocol: 'tcp', ms: roundMs(settledMs - startedMs), ...ending };
}

/** Settles with the kernel's word; without it at the time-out, at the abort, or some grace after an ICMP error. */
function settled(socket: Socket, quotes: Quotes, timeoutMs: number, signal: AbortSignal): Promise<Settling> {
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
    socket.once('connect', () => settle({ kind: 'opened' }));
    socket.once('error', (error: NodeJS.ErrnoException) => settle({ kind: 'failed', errno: error.code ?? 'UNKNOWN' }));
    // Later errors of a socket that was given up are nobody's business.
    socket.on('error', () => {});
    quotes.onHeard((error) => {
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
function earlyEnd(socket: Socket, watchMs: number, signal: AbortSignal): Promise<ConnectAttempt['dropped']> {
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
    socket.once('data', over);
    socket.once('end', () => settle('closed'));
    socket.once('error', () => settle('reset'));
  });
}

/** FIN, not RST, which a server may log as an attack. */
function close(socket: Socket): void {
  if (socket.destroyed) return;
  if (socket.connecting) socket.destroy();
  else socket.resume().end(() => socket.destroy());
}
