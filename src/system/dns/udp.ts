import { createSocket } from 'node:dgram';
import { familyOf } from '../../domain/address.ts';
import type { DnsServer, Exchange } from './exchange.ts';
import { type DnsQuery, encodeQuery, readReply } from './message.ts';

/** When the query goes out again; a late answer to any of them is an answer. */
const RETRANSMIT_AT_MS = [1000, 2000] as const;
/** An unreachable may pass, as with a server that is just starting: asked once more after this. */
const REFUSED_PAUSE_MS = 300;

/**
 * Asks over UDP (RFC 1035 4.2.1) from a port of its own, and again until an answer comes or the signal aborts. The
 * socket is connected, so that the kernel drops strangers and hands on ICMP errors.
 */
export function askOverUdp(query: DnsQuery, server: DnsServer, signal: AbortSignal): Promise<Exchange> {
  return new Promise((resolve) => {
    const socket = createSocket(familyOf(server.address) === 6 ? 'udp6' : 'udp4');
    const bytes = encodeQuery(query);
    const timers: NodeJS.Timeout[] = [];
    let sent = 0;
    let refusals = 0;
    let garbage = false;
    let settled = false;

    const settle = (exchange: Exchange): void => {
      if (settled) return;
      settled = true;
      for (const timer of timers) clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
      socket.close();
      resolve(exchange);
    };
    const giveUp = (): void => settle({ kind: 'silent', sent, garbage });
    const fail = (error: string): void => settle({ kind: 'error', sent, error });

    // Before the first datagram an error is this machine's own. After it, all but EPERM are ICMP errors (RFC 1122
    // 3.2.2.1: hints, not facts): asked once more. A prohibition over ICMPv6 comes as EACCES (Linux icmpv6_err_convert).
    const failed = (error: NodeJS.ErrnoException): void => {
      const code = error.code ?? 'UNKNOWN';
      if (sent === 0 || code === 'EPERM') {
        fail(code);
        return;
      }
      refusals += 1;
      if (refusals > 1) fail(code === 'EACCES' ? 'EACCES (icmp)' : code);
      else timers.push(setTimeout(transmit, REFUSED_PAUSE_MS));
    };
    const transmit = (): void => {
      if (settled) return;
      socket.send(bytes, (error) => {
        if (settled) return;
        if (error) failed(error);
        else sent += 1;
      });
    };

    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (!settled) failed(error);
    });
    socket.on('message', (message) => {
      if (settled) return;
      const reply = readReply(message, query);
      if (reply.kind === 'foreign') garbage = true;
      else settle({ ...reply, sent, garbage });
    });
    if (signal.aborted) {
      giveUp();
      return;
    }
    signal.addEventListener('abort', giveUp);
    socket.connect(server.port, server.address, (error?: NodeJS.ErrnoException) => {
      if (settled) return;
      if (error) {
        // A prohibit route refuses connect() with the errno that a firewall gives on send.
        fail(error.code === 'EACCES' ? 'EACCES (route)' : (error.code ?? 'UNKNOWN'));
        return;
      }
      transmit();
      for (const atMs of RETRANSMIT_AT_MS) timers.push(setTimeout(transmit, atMs));
    });
  });
}
