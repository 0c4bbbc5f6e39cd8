import type { Duplex } from 'node:stream';
import type { HttpReply, HttpRequest } from '../../domain/ports.ts';
import type { HttpAttempt } from '../../domain/service-evidence.ts';
import { roundMs } from '../../domain/statistics.ts';
import { dial } from './line/dial.ts';
import { LARGEST_HEAD, readHead } from './line/http-head.ts';
import { secure } from './line/secure.ts';
import { tap } from './line/tap.ts';

/** What may come behind the head before anybody stops it, beside the head and what TLS adds. */
const MOST_BYTES = 4 * LARGEST_HEAD;
const NO_APPLICATION_PROTOCOL = 120;

const NOTHING: HttpAttempt = {
  state: null,
  status: null,
  reason: null,
  headers: null,
  connectMs: null,
  firstByteMs: null,
  answerMs: null,
  receivedBytes: 0,
  acknowledged: null,
  said: null,
  error: null,
};

type Answer = Partial<HttpAttempt> & Partial<Pick<HttpReply, 'location' | 'cookies'>>;

/** See ServiceClient. */
export async function get(request: HttpRequest, signal: AbortSignal): Promise<HttpReply> {
  const { location = null, cookies = [], ...attempt } = await tryOnce(request, signal);
  return { attempt: { ...NOTHING, ...attempt }, location, cookies };
}

async function tryOnce(request: HttpRequest, signal: AbortSignal): Promise<Answer> {
  const { address, port, tls, segmentBytes, timeoutMs } = request;
  const startedMs = performance.now();
  const leftMs = (): number => timeoutMs - (performance.now() - startedMs);
  const dialled = await dial(address, port, segmentBytes, timeoutMs, signal);
  if (dialled.kind === 'failed') return { state: 'no-connection', error: dialled.error };
  const { connectMs } = dialled;
  const line = tap(dialled.socket, MOST_BYTES);
  const asked = async (stream: Duplex): Promise<Answer> => {
    const answer = await ask(stream, request, leftMs(), signal);
    const isUnanswered = answer.state === 'silent' && answer.receivedBytes === 0 && !signal.aborted;
    return { connectMs, ...answer, ...(isUnanswered && { acknowledged: await line.isDelivered() }) };
  };
  try {
    if (tls === null) return await asked(line.stream);
    const options = { serverName: tls.serverName, protocols: ['http/1.1'], trust: null, timeoutMs: leftMs() };
    const secured = await secure(line, options, signal);
    if (secured.kind === 'established') return await asked(secured.socket);
    const { state, alert, error } = secured;
    const isHttp2Only = alert?.code === NO_APPLICATION_PROTOCOL;
    const word = alert?.name ?? error ?? state;
    return { connectMs, state: isHttp2Only ? 'http2-only' : 'tls-failed', receivedBytes: line.bytes(), error: word };
  } finally {
    line.stream.destroy();
  }
}

/** Sends the request and reads until the head of the answer is there, or it is clear that none comes. */
function ask(
  stream: Duplex,
  { host, path, cookie }: HttpRequest,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Answer> {
  const askedMs = performance.now();
  let bytes: Buffer = Buffer.alloc(0);
  let firstByteMs: number | null = null;
  return new Promise((resolve) => {
    const settle = (found: Answer): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onSilence);
      resolve({ receivedBytes: bytes.length, firstByteMs, ...found });
    };
    const onSilence = (): void => settle({ state: 'silent' });
    const timer = setTimeout(onSilence, timeoutMs);
    signal.addEventListener('abort', onSilence);
    stream.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      const answerMs = roundMs(performance.now() - askedMs);
      firstByteMs ??= answerMs;
      const head = readHead(bytes);
      switch (head.kind) {
        case 'more':
          break;
        case 'head': {
          const { kind: _, ...told } = head;
          settle({ state: 'answered', ...told, answerMs });
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
    const cookies = cookie === null ? '' : `Cookie: ${cookie}\r\n`;
    stream.write(
      `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: netwhy\r\nAccept: */*\r\n${cookies}Connection: close\r\n\r\n`,
    );
  });
}
