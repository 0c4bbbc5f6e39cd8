import { createSocket } from 'node:dgram';
import type { IpAddress } from '../../domain/address.ts';
import { familyOf } from '../../domain/address.ts';

/** Any port does: nothing is sent. */
const DISCARD_PORT = 9;

/**
 * The errno name with which the kernel refuses to route to the address, null where it would send. A connected UDP
 * socket asks the routing table as TCP does and sends nothing, so the answer cannot be mistaken for a router's.
 */
export function routeRefusal(address: IpAddress): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = createSocket(familyOf(address) === 6 ? 'udp6' : 'udp4');
    const settle = (error?: NodeJS.ErrnoException): void => {
      resolve(error === undefined ? null : (error.code ?? 'UNKNOWN'));
      socket.removeAllListeners().close();
    };
    socket.once('error', settle);
    socket.once('connect', () => settle());
    socket.connect(DISCARD_PORT, address);
  });
}
