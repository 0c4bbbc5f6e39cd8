import type { StartTls, StartTlsProtocol } from '../../../domain/service-evidence.ts';
import { roundMs } from '../../../domain/statistics.ts';
import type { Tap } from '../line/tap.ts';
import { LDAP, MYSQL, POSTGRES } from './binary-dialects.ts';
import type { Heard, Step } from './dialect.ts';
import { FTP, IMAP, POP3, SMTP } from './line-dialects.ts';
import { xmpp } from './xmpp.ts';

/** More than a server says before TLS. */
const MOST_BYTES = 16 * 1024;

const DIALECTS = {
  smtp: () => SMTP,
  imap: () => IMAP,
  pop3: () => POP3,
  ftp: () => FTP,
  ldap: () => LDAP,
  postgres: () => POSTGRES,
  mysql: () => MYSQL,
  xmpp,
} as const satisfies Record<StartTlsProtocol, (host: string) => readonly Step[]>;

/**
 * Asks for TLS in the words of the protocol, until it may begin or it is clear that it may not. Takes `timeoutMs` in all.
 * `host`: whom it is asked for. Never rejects.
 */
export async function startTls(
  protocol: StartTlsProtocol,
  host: string,
  line: Tap,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<StartTls> {
  const begunMs = performance.now();
  const firstMs = (): number | null => line.firstByteMs();
  const over = AbortSignal.any([signal, AbortSignal.timeout(Math.max(0, Math.round(timeoutMs)))]);
  let greeting: string | null = null;
  const told = (state: StartTls['state'], said: string | null): StartTls => {
    const at = firstMs();
    return { protocol, state, said: said ?? greeting, greetingMs: at === null ? null : roundMs(at - begunMs) };
  };
  for (const { send, hear } of DIALECTS[protocol](host)) {
    if (send !== null) line.stream.write(send);
    if (hear === null) continue;
    const heard = await listen(line, hear, over);
    switch (heard.kind) {
      case 'go-on':
        greeting ??= heard.said;
        break;
      case 'no':
        return told(heard.state, heard.said);
      case 'silent':
        return told(firstMs() === null && send === null ? 'no-greeting' : 'no-answer', null);
      case 'ended':
        return told('ended', null);
    }
  }
  return told('ready', null);
}

type Listened = Exclude<Heard, { readonly kind: 'more' }> | { readonly kind: 'silent' | 'ended' };

/** Reads until `hear` has made up its mind. Leaves the stream paused, for whoever reads on. */
function listen({ stream }: Tap, hear: (bytes: Buffer) => Heard, over: AbortSignal): Promise<Listened> {
  let bytes: Buffer = Buffer.alloc(0);
  return new Promise((resolve) => {
    const settle = (listened: Listened): void => {
      stream.off('data', onData).off('end', onEnd).off('close', onEnd);
      over.removeEventListener('abort', onSilence);
      stream.pause();
      resolve(listened);
    };
    const onSilence = (): void => settle({ kind: 'silent' });
    const onEnd = (): void => settle({ kind: 'ended' });
    const onData = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk]);
      const heard = hear(bytes);
      if (heard.kind !== 'more') settle(heard);
      else if (bytes.length > MOST_BYTES) settle({ kind: 'no', state: 'not-spoken', said: null });
    };
    if (over.aborted) return onSilence();
    over.addEventListener('abort', onSilence);
    stream.on('data', onData).on('end', onEnd).on('close', onEnd);
    stream.resume();
  });
}
