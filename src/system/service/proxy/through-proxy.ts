import type { Duplex } from 'node:stream';
import type { ProxyRequest } from '../../../domain/ports.ts';
import type { ProxyAttempt } from '../../../domain/proxy-evidence.ts';
import { roundMs } from '../../../domain/statistics.ts';
import { dial } from '../line/dial.ts';
import { readHead } from '../line/http-head.ts';
import { secure } from '../line/secure.ts';
import { tap } from '../line/tap.ts';
import { type NamedProxy, proxyFor } from './environment.ts';
import { socks5 } from './socks5.ts';

const MOST_BYTES = 128 * 1024;

type Outcome = Pick<ProxyAttempt, 'state'> & Partial<Pick<ProxyAttempt, 'status' | 'error' | 'answerMs'>>;

/** Asks for the target by way of the proxy that the environment names for it; null where it names none. Never rejects. */
export async function throughProxy(request: ProxyRequest, signal: AbortSignal): Promise<ProxyAttempt | null> {
  const proxy = proxyFor(process.env, request.scheme, request.host);
  if (proxy === null) return null;
  const nothing = { connectMs: null, answerMs: null, status: null, error: null };
  const { variable } = proxy;
  if ('kind' in proxy) {
    return { ...nothing, state: 'no-url', variable, scheme: null, host: null, port: null, hasPassword: false };
  }
  const { scheme, host, port, credentials } = proxy;
  const common = { ...nothing, variable, scheme, host, port, hasPassword: credentials !== null };
  if (!['http', 'https', 'socks5', 'socks5h'].includes(scheme)) return { ...common, state: 'unmeasured' };
  const startedMs = performance.now();
  const leftMs = (): number => request.timeoutMs - (performance.now() - startedMs);
  const dialled = await dial(host, port, null, request.timeoutMs, signal);
  if (dialled.kind === 'failed') return { ...common, state: 'no-connection', error: dialled.error };
  const line = tap(dialled.socket, MOST_BYTES);
  const { connectMs } = dialled;
  try {
    const over = AbortSignal.any([signal, AbortSignal.timeout(Math.max(0, Math.round(leftMs())))]);
    if (scheme.startsWith('socks5'))
      return { ...common, connectMs, ...(await socks5(line.stream, proxy, request, over)) };
    const options = { serverName: host, protocols: [], trust: null, timeoutMs: leftMs() };
    const secured = scheme === 'https' ? await secure(line, options, signal) : null;
    if (secured?.kind === 'failed') return { ...common, connectMs, state: 'not-spoken', error: secured.error };
    return { ...common, connectMs, ...(await ask(secured?.socket ?? line.stream, proxy, request, over)) };
  } finally {
    line.stream.destroy();
  }
}

/** CONNECT for TLS (RFC 9110 9.3.6), the whole URL otherwise (RFC 9112 3.2.2). */
function ask(stream: Duplex, { credentials }: NamedProxy, request: ProxyRequest, over: AbortSignal): Promise<Outcome> {
  const { scheme, host, port, path } = request;
  const named = host.includes(':') ? `[${host}]` : host;
  const [method, target] =
    scheme === 'https' ? ['CONNECT', `${named}:${port}`] : ['GET', `http://${named}:${port}${path}`];
  const login =
    credentials === null ? '' : `NamedProxy-Authorization: Basic ${Buffer.from(credentials).toString('base64')}\r\n`;
  const askedMs = performance.now();
  let bytes: Buffer = Buffer.alloc(0);
  return new Promise((resolve) => {
    const settle = (outcome: Outcome): void => {
      over.removeEventListener('abort', onSilence);
      resolve(outcome);
    };
    const onSilence = (): void => settle({ state: 'silent' });
    stream.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      const head = readHead(bytes);
      if (head.kind === 'more') return;
      const answerMs = roundMs(performance.now() - askedMs);
      if (head.kind !== 'head') return settle({ state: 'not-spoken', answerMs });
      const { status } = head;
      settle({ state: status < 400 ? 'passes' : 'refuses', status, answerMs });
    });
    stream.on('end', () => settle({ state: 'closed' }));
    stream.on('close', () => settle({ state: 'closed' }));
    stream.on('error', () => settle({ state: 'closed' }));
    if (over.aborted) return onSilence();
    over.addEventListener('abort', onSilence);
    stream.write(
      `${method} ${target} HTTP/1.1\r\nHost: ${named}:${port}\r\nUser-Agent: netwhy\r\n${login}Connection: close\r\n\r\n`,
    );
  });
}
