import { createSocket } from 'node:dgram';
import { familyOf, withoutZone } from '../../domain/address.ts';
import type { Stray } from '../../domain/evidence.ts';
import type { End } from './line.ts';

/** A socket that is not connected to the end it sends to, and so hears who else answers. */
export type Unbound = { send(bytes: Uint8Array): void; close(): void };

/** Calls back with each answer; `stray` is null for one of the asked address itself. */
export function openUnbound({ address, port }: End, onAnswer: (stray: Stray | null) => void): Unbound {
  const socket = createSocket(familyOf(address) === 6 ? 'udp6' : 'udp4');
  // What it cannot send the connected socket cannot either, and says so.
  socket.on('error', () => {});
  socket.on('message', (_bytes, from) => {
    const isAsked = withoutZone(from.address) === withoutZone(address);
    onAnswer(isAsked ? null : { address: from.address, port: from.port });
  });
  return {
    send: (bytes) => socket.send(bytes, port, address, () => {}),
    close: () => socket.close(),
  };
}
