import type { ConnectAttempt, Stray } from '../../domain/evidence.ts';
import type { ConnectRequest } from '../../domain/ports.ts';
import { roundMs } from '../../domain/statistics.ts';
import { udpQuestionFor } from '../../domain/udp-question.ts';
import { ownsAddress } from '../host/interfaces/machine-owns.ts';
import type { Lines, UdpLine } from './line.ts';
import type { Quotes } from './quotes.ts';
import { openUnbound, type Unbound } from './stray.ts';
import { udpPayload } from './udp-payload.ts';
import type { Ending } from './verdict.ts';
import { endingOf, isFinal } from './verdict.ts';

/** When the question is asked again, after the start. */
const SEND_AGAIN_MS = [500, 1000];
/** Hints (codes 0, 1, 5) that count as an answer: one may be a transient (RFC 1122 3.2.2.1). */
const ENOUGH_HINTS = 2;
/** As long is waited after the start where a router that limits its errors sends only one hint. */
const LONE_HINT_MS = 1300;

/** `over`: nobody waits any longer. `refused`: by this machine, so it is nobody's answer. */
type Settling =
  | { readonly kind: 'answered' }
  | { readonly kind: 'over'; readonly stray?: Stray }
  | { readonly kind: 'refused' | 'failed'; readonly errno: string };

/** Asks a UDP port something that its service may answer, and says what came back. Never rejects. */
export async function connectUdp(request: ConnectRequest, lines: Lines, signal: AbortSignal): Promise<ConnectAttempt> {
  const { address, port } = request;
  const line = lines.udp(request);
  const settling = await settled(line, request, signal);
  const settledMs = (settling.kind === 'over' ? line.quotes.heardMs() : null) ?? performance.now();
  const ending = await endingOfUdp(settling, line.quotes, request);
  line.close();
  const stray = settling.kind === 'over' ? settling.stray : undefined;
  return {
    ...{ address, port, protocol: 'udp', asked: udpQuestionFor(port) },
    ...{ ms: roundMs(settledMs - line.startedMs()), ...ending },
    ...(stray !== undefined && { stray }),
  };
}

function settled(line: UdpLine, request: ConnectRequest, signal: AbortSignal): Promise<Settling> {
  const startedMs = performance.now();
  return new Promise((resolve) => {
    const timers: NodeJS.Timeout[] = [];
    let unbound: Unbound | null = null;
    const settle = (settling: Settling): void => {
      unbound?.close();
      unbound = null;
      timers.forEach(clearTimeout);
      signal.removeEventListener('abort', over);
      resolve(settling);
    };
    const over = (): void => settle({ kind: 'over' });
    let hints = 0;
    timers.push(setTimeout(over, request.timeoutMs));
    line.quotes.onHeard((error) => {
      hints += isFinal(error) ? 0 : 1;
      if (isFinal(error) || hints >= ENOUGH_HINTS) over();
      else timers.push(setTimeout(over, startedMs + LONE_HINT_MS - performance.now()));
    });
    line.onEvent((event) => {
      if (event.kind !== 'connected') return settle(event);
      const payload = udpPayload(udpQuestionFor(request.port), request.address);
      line.send(payload);
      // Who stays silent may answer from another address, which a connected socket does not hear.
      const sendAgain = (): void => {
        line.send(payload);
        unbound ??= openUnbound(request, (stray) =>
          settle(stray === null ? { kind: 'answered' } : { kind: 'over', stray }),
        );
        unbound.send(payload);
      };
      for (const atMs of SEND_AGAIN_MS) timers.push(setTimeout(sendAgain, atMs));
    });
    if (signal.aborted) return over();
    signal.addEventListener('abort', over);
  });
}

async function endingOfUdp(settling: Settling, quotes: Quotes, { address }: ConnectRequest): Promise<Ending> {
  const seen = { protocol: 'udp', address, routeRefusal: null, owns: ownsAddress } as const;
  switch (settling.kind) {
    case 'answered':
      return { state: 'open', error: null, icmp: null, dropped: null };
    case 'refused':
      return { state: 'local-error', error: settling.errno, icmp: null, dropped: null };
    case 'over':
      return endingOf({ ...seen, errno: null, heard: quotes.heard() });
    case 'failed':
      await quotes.laggards();
      return endingOf({ ...seen, errno: settling.errno, heard: quotes.heard() });
  }
}
