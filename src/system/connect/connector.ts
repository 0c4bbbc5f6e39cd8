import { setMaxListeners } from 'node:events';
import type { Connector } from '../../domain/ports.ts';
import type { Prober } from '../../domain/prober.ts';
import type { Lines } from './line.ts';
import { nodeLines } from './node-lines.ts';
import { connectTcp } from './tcp.ts';
import { connectUdp } from './udp.ts';

/**
 * The kernel's transport. With a raw prober beside it, or over sockets of the kernel engine, the ICMP errors that answer
 * its packets are heard, which connect() alone hides or turns into an errno.
 */
export function openConnector(by: { readonly ears: Prober } | { readonly lines: Lines } | null): Connector {
  const lines = by !== null && 'lines' in by ? by.lines : nodeLines(by?.ears ?? null);
  return {
    icmpSeen: by !== null,
    connect: (request, signal) => {
      // Many attempts listen to the signal of one run, which is no leak.
      setMaxListeners(0, signal);
      return request.protocol === 'tcp' ? connectTcp(request, lines, signal) : connectUdp(request, lines, signal);
    },
  };
}
