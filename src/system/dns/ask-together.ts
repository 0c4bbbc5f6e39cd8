import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { familyOf } from '../../domain/address.ts';
import type { AddressType, PairedQuestions } from '../../domain/name-evidence.ts';
import { roundMs } from '../../domain/statistics.ts';
import type { DnsServer } from './exchange.ts';
import { type DnsQuery, encodeQuery, readReply } from './message.ts';

/** Longer than an answer takes, shorter than the five seconds after which the C library asks again. */
const PATIENCE_MS = 2500;
const QUERY_IDS = 0x10000;

/**
 * Asks for A and AAAA one right after the other from one port, as the C library does (resolv.conf(5),
 * `single-request-reopen`), once. null where nothing could be sent, or the signal ended it.
 */
export function askTogether(server: DnsServer, name: string, signal: AbortSignal): Promise<PairedQuestions | null> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve(null);
      return;
    }
    const socket = createSocket(familyOf(server.address) === 6 ? 'udp6' : 'udp4');
    const firstId = randomInt(QUERY_IDS);
    const queries: readonly DnsQuery[] = (['A', 'AAAA'] as const).map((type, index) => ({
      id: (firstId + index) % QUERY_IDS,
      name,
      type,
    }));
    const came: Partial<Record<AddressType, number>> = {};
    let startedMs = performance.now();
    let isSettled = false;
    const settle = (answer: PairedQuestions | null): void => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
      socket.removeAllListeners('error').on('error', () => undefined);
      socket.close();
      resolve(answer);
    };
    const told = (): PairedQuestions => ({
      server: server.address,
      aMs: came.A ?? null,
      aaaaMs: came.AAAA ?? null,
      waitedMs: PATIENCE_MS,
    });
    const giveUp = (): void => settle(null);
    const timer = setTimeout(() => settle(told()), PATIENCE_MS);
    signal.addEventListener('abort', giveUp);
    socket.on('error', giveUp);
    socket.on('message', (bytes) => {
      for (const query of queries) {
        if (readReply(bytes, query).kind !== 'foreign') came[query.type] ??= roundMs(performance.now() - startedMs);
      }
      if (came.A !== undefined && came.AAAA !== undefined) settle(told());
    });
    socket.connect(server.port, server.address, (error?: NodeJS.ErrnoException) => {
      if (error) {
        giveUp();
        return;
      }
      startedMs = performance.now();
      for (const query of queries) {
        socket.send(encodeQuery(query), (refused) => {
          if (refused) giveUp();
        });
      }
    });
  });
}
