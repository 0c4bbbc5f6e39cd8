import { createSocket } from 'node:dgram';
import { familyOf, type IpAddress } from '../../../domain/address.ts';
import { canonicalAddress } from '../interfaces/machine-address.ts';

/** Any port does: nothing is sent. */
const DISCARD_PORT = 9;

export type KernelRoute =
  | { readonly kind: 'source'; readonly source: IpAddress | null }
  | { readonly kind: 'refused'; readonly errno: string };

/**
 * Lets the kernel choose a source address for a destination. connect() on a UDP socket looks the route up as sendto()
 * would and sends nothing; ENETUNREACH is no route, EHOSTUNREACH, EACCES and EINVAL are routes of the type unreachable,
 * prohibit and blackhole (ip-route(8)).
 */
export function connectedSource(to: IpAddress): Promise<KernelRoute> {
  return new Promise((resolve) => {
    const socket = createSocket(familyOf(to) === 6 ? 'udp6' : 'udp4');
    const settle = (result: KernelRoute): void => {
      socket.removeAllListeners().close();
      resolve(result);
    };
    const refuse = (error: NodeJS.ErrnoException): void => settle({ kind: 'refused', errno: error.code ?? 'UNKNOWN' });
    socket.once('error', refuse);
    socket.connect(DISCARD_PORT, to, (error?: NodeJS.ErrnoException) => {
      if (error) refuse(error);
      else settle({ kind: 'source', source: canonicalAddress(socket.address().address) });
    });
  });
}
