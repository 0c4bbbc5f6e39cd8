import { connect } from 'node:net';
import type { DnsServer, Exchange } from './exchange.ts';
import { type DnsQuery, encodeQuery, readReply } from './message.ts';

const LENGTH_BYTES = 2;

/** Asks over TCP, each message behind its length (RFC 1035 4.2.2, RFC 7766). Ends with the signal. */
export function askOverTcp(query: DnsQuery, server: DnsServer, signal: AbortSignal): Promise<Exchange> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve({ kind: 'silent', sent: 0, garbage: false });
      return;
    }
    const socket = connect({ host: server.address, port: server.port });
    let received: Buffer = Buffer.alloc(0);
    let sent = 0;

    const settle = (exchange: Exchange): void => {
      signal.removeEventListener('abort', giveUp);
      socket.removeAllListeners('close').destroy();
      resolve(exchange);
    };
    const giveUp = (): void => settle({ kind: 'silent', sent, garbage: received.length > 0 });
    signal.addEventListener('abort', giveUp);

    socket.on('connect', () => {
      const bytes = encodeQuery(query);
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt16BE(bytes.length);
      socket.write(Buffer.concat([length, bytes]));
      sent = 1;
    });
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < LENGTH_BYTES) return;
      const messageBytes = received.readUInt16BE(0);
      if (received.length < LENGTH_BYTES + messageBytes) return;
      const reply = readReply(received.subarray(LENGTH_BYTES, LENGTH_BYTES + messageBytes), query);
      // A stream cannot carry a stray answer of somebody else, and nothing is too long for it.
      if (reply.kind === 'answer') settle({ ...reply, sent, garbage: false });
      else settle({ kind: 'error', sent, error: 'malformed' });
    });
    socket.on('error', (error: NodeJS.ErrnoException) =>
      settle({ kind: 'error', sent, error: error.code ?? 'UNKNOWN' }),
    );
    socket.on('close', () => settle({ kind: 'error', sent, error: 'ECONNRESET' }));
  });
}
