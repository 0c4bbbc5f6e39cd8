import { setMaxListeners } from 'node:events';
import type { Connector } from '../domain/ports.ts';
import type { Prober } from '../domain/prober.ts';
import { connectTcp } from './connector-tcp.ts';
import { connectUdp } from './connector-udp.ts';

/**
 * The kernel's transport. With a raw prober beside it, the ICMP errors that answer its packets are heard, which
 * connect() alone hides or turns into an errno.
 */
export function openConnector(prober: Prober | null): Connector {
  const ears = prober?.method === 'raw' ? prober : null;
  return {
    icmpSeen: ears !== null,
    connect: (request, signal) => {
      // Many attempts listen to the signal of one run, which is no leak.
      setMaxListeners(0, signal);
      return request.protocol === 'tcp' ? connectTcp(request, ears, signal) : connectUdp(request, ears, signal);
    },
  };
}
