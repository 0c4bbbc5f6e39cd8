import type { Duplex } from 'node:stream';
import type { ProxyRequest } from '../../../domain/ports.ts';
import type { ProxyAttempt } from '../../../domain/proxy-evidence.ts';
import type { NamedProxy } from './environment.ts';

type Outcome = Pick<ProxyAttempt, 'state'> & Partial<Pick<ProxyAttempt, 'status' | 'error'>>;

const VERSION = 5;
const NO_LOGIN = 0;
const BY_PASSWORD = 2;
const CONNECT = 1;
const BY_NAME = 3;

/** Asks a SOCKS server to connect to the target, by its name (RFC 1928, RFC 1929). Never rejects. */
export async function socks5(
  stream: Duplex,
  { credentials }: NamedProxy,
  { host, port }: ProxyRequest,
  over: AbortSignal,
): Promise<Outcome> {
  const methods = credentials === null ? [NO_LOGIN] : [NO_LOGIN, BY_PASSWORD];
  const chosen = await exchange(stream, Uint8Array.of(VERSION, methods.length, ...methods), 2, over);
  if (typeof chosen === 'string') return { state: chosen };
  if (chosen[0] !== VERSION) return { state: 'not-spoken' };
  if (chosen[1] === BY_PASSWORD && credentials !== null) {
    const at = credentials.indexOf(':');
    const [user, password] = [credentials.slice(0, at), credentials.slice(at + 1)].map((text) =>
      Buffer.from(text).subarray(0, 255),
    );
    if (user === undefined || password === undefined) return { state: 'unmeasured' };
    const login = Buffer.concat([Uint8Array.of(1, user.length), user, Uint8Array.of(password.length), password]);
    const answer = await exchange(stream, login, 2, over);
    if (typeof answer === 'string') return { state: answer };
    if (answer[1] !== 0) return { state: 'refuses', error: 'SOCKS_LOGIN' };
  } else if (chosen[1] !== NO_LOGIN) return { state: 'refuses', error: 'SOCKS_NO_METHOD' };
  const name = Buffer.from(host).subarray(0, 255);
  const asked = Buffer.concat([
    Uint8Array.of(VERSION, CONNECT, 0, BY_NAME, name.length),
    name,
    Uint8Array.of(port >> 8, port & 255),
  ]);
  const answer = await exchange(stream, asked, 2, over);
  if (typeof answer === 'string') return { state: answer };
  return answer[1] === 0 ? { state: 'passes' } : { state: 'refuses', error: `SOCKS_REPLY_${answer[1] ?? 0}` };
}

/** Sends, and reads until so many bytes are there. */
function exchange(
  stream: Duplex,
  sent: Uint8Array,
  least: number,
  over: AbortSignal,
): Promise<Buffer | 'silent' | 'closed'> {
  let bytes: Buffer = Buffer.alloc(0);
  return new Promise((resolve) => {
    const settle = (result: Buffer | 'silent' | 'closed'): void => {
      stream.off('data', onData).off('end', onEnd).off('close', onEnd);
      over.removeEventListener('abort', onSilence);
      resolve(result);
    };
    const onSilence = (): void => settle('silent');
    const onEnd = (): void => settle('closed');
    const onData = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length >= least) settle(bytes);
    };
    if (over.aborted) return onSilence();
    over.addEventListener('abort', onSilence);
    stream.on('data', onData).on('end', onEnd).on('close', onEnd);
    stream.write(sent);
  });
}
