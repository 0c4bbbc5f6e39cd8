import { createSocket } from 'node:dgram';
import { familyOf, type IpAddress } from '../../../domain/address.ts';
import { errnoOf } from './errno.ts';

export type SourceAddress =
  | { readonly kind: 'address'; readonly address: IpAddress }
  | { readonly kind: 'refused'; readonly code: string };

/** The address that the kernel sends from towards `to`. Connects a UDP socket: no packet leaves. Never rejects. */
export function sourceAddress(to: IpAddress, port: number): Promise<SourceAddress> {
  return new Promise((resolve) => {
    const socket = createSocket(familyOf(to) === 4 ? 'udp4' : 'udp6');
    const end = (source: SourceAddress): void => {
      socket.close();
      resolve(source);
    };
    socket.once('error', (error) => end({ kind: 'refused', code: errnoOf(error) }));
    socket.once('connect', () => end({ kind: 'address', address: socket.address().address }));
    socket.connect(port, to);
  });
}
