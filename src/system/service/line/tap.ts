import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { isDelivered } from './delivery.ts';

/** Enough for the first record or line of whatever speaks there. */
const HEAD_BYTES = 512;

export type Tap = {
  /** What TLS reads and writes, in place of the socket. */
  readonly stream: Duplex;
  bytes(): number;
  /** The first bytes that came. */
  head(): Buffer;
  /** performance.now() of the first byte; null before. */
  firstByteMs(): number | null;
  /** How the peer ended the connection; null while it has not. */
  ended(): 'closed' | 'reset' | null;
  /** See delivery.ts. */
  isDelivered(): Promise<boolean | null>;
  /** Forgets what came so far: what was counted and kept begins anew. */
  forget(): void;
};

/** Listens in on a connection: TLS tells of what came only what it could use. Ends it where more comes than anybody needs. */
export function tap(socket: Socket, mostBytes: number): Tap {
  let bytes = 0;
  let head: Buffer = Buffer.alloc(0);
  let firstByteMs: number | null = null;
  let ended: 'closed' | 'reset' | null = null;
  const stream = new Duplex({
    read: () => void socket.resume(),
    write: (chunk, encoding, done) => void socket.write(chunk, encoding, done),
    final: (done) => void socket.end(done),
    destroy: (error, done) => {
      socket.destroy();
      done(error);
    },
  });
  stream.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    firstByteMs ??= performance.now();
    bytes += chunk.length;
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk]).subarray(0, HEAD_BYTES);
    if (bytes > mostBytes) stream.destroy(Object.assign(new Error('too much'), { code: 'TOO_MUCH_DATA' }));
    else if (!stream.push(chunk)) socket.pause();
  });
  socket.on('end', () => {
    ended ??= 'closed';
    stream.push(null);
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    ended ??= 'reset';
    stream.destroy(error);
  });
  return {
    stream,
    bytes: () => bytes,
    head: () => head,
    firstByteMs: () => firstByteMs,
    ended: () => ended,
    isDelivered: () => isDelivered(socket),
    forget: () => {
      bytes = 0;
      head = Buffer.alloc(0);
      firstByteMs = null;
    },
  };
}
