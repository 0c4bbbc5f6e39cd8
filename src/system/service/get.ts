import type { Duplex } from 'node:stream';
import type { HttpRequest } from '../../domain/ports.ts';
import type { HttpAttempt } from '../../domain/service-evidence.ts';
import { roundMs } from '../../domain/statistics.ts';
import { dial } from './dial.ts';
import { LARGEST_HEAD, readHead } from './http-head.ts';
import { secure } from './secure.ts';
import { tap } from './tap.ts';

/** What may come behind the head before anybody stops it, beside the head and what TLS adds. */
const MOST_BYTES = 4 * LARGEST_HEAD;
const NO_APPLICATION_PROTOCOL = 120;

const NOTHING: HttpAttempt = {
  state: null,
  status: null,
  reason: null,
  headers: null,
  connectMs: null,
  answerMs: null,
  receivedBytes: 0,
  said: null,
  error: null,
};

/** See ServiceClient. */
export async function get(request: HttpRequest, signal: AbortSignal): Promise<HttpAttempt> {
  const { address, port, tls, timeoutMs } = request;
  const startedMs = performance.now();
  const leftMs = (): number => timeoutMs - (performance.now() - startedMs);
  const dialled = await dial(address, port, timeoutMs, signal);
  if (dialled.kind === 'failed') return { ...NOTHING, state: 'no-connection', error: dialled.error };
  const line = tap(dialled.socket, MOST_BYTES);
  const common = { ...NOTHING, connectMs: dialled.connectMs };
  try {
    if (tls === null) return { ...common, ...(await ask(line.stream, request, leftMs(), signal)) };
    const options = { serverName: tls.serverName, protocols: ['http/1.1'], trust: null, timeoutMs: leftMs() };
    const secured = await secure(line, options, signal);
    if (secured.kind === 'established') return { ...common, ...(await ask(secured.socket, request, leftMs(), signal)) };
    const { state, alert, error } = secured;
    const isHttp2Only = alert?.code === NO_APPLICATION_PROTOCOL;
    const word = alert?.name ?? error ?? state;
    return { ...common, state: isHttp2Only ? 'http2-only' : 'tls-failed', receivedBytes: line.bytes(), error: word };
  } finally {
    line.stream.destroy();
  }
}

/** Sends the request and reads until the head of the answer is there, or it is clear that none comes. */
function ask(
  stream: Duplex,
  { host, path }: HttpRequest,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Partial<HttpAttempt>> {
  const askedMs = performance.now();
  let bytes: Buffer = Buffer.alloc(0);
  return new Promise((resolve) => {
    const settle = (found: Partial<HttpAttempt>): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onSilence);
      resolve({ receivedBytes: bytes.length, ...found });
    };
    const onSilence = (): void => settle({ state: 'silent' });
    const timer = setTimeout(onSilence, timeoutMs);
    signal.addEventListener('abort', onSilence);
    stream.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      const answerMs = roundMs(performance.now() - askedMs);
      const head = readHead(bytes);
      switch (head.kind) {
        case 'more':
          break;
        case 'head': {
          const { status, reason, headers } = head;
          settle({ state: 'answered', status, reason, headers, answerMs });
          break;
        }
        case 'not-http':
        case 'http2-only':
          settle({ state: head.kind, said: head.said, answerMs });
          break;
        case 'too-long':
          settle({ state: 'unusable', status: head.status, error: 'HEAD_TOO_LONG' });
      }
    });
    stream.on('end', () => settle({ state: 'closed' }));
    stream.on('error', (error: NodeJS.ErrnoException) => settle({ state: 'reset', error: error.code ?? 'UNKNOWN' }));
    stream.on('close', () => settle({ state: 'closed' }));
    stream.write(
      `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: netwhy\r\nAccept: */*\r\nConnection: close\r\n\r\n`,
    );
  });
}
