import { dump, type NetlinkCalls } from '../../sockets/netlink.ts';
import { decodeBatch, type Message } from './messages.ts';

const NETLINK_ROUTE = 0;
/** A router of the Internet has a million routes: reading them all tells nothing that is worth the time. */
const MOST_MESSAGES = 20_000;

/** All messages of one type that answer a dump; null where the kernel refused, or has more than one may read. */
export async function dumpRoutes<T>(
  calls: NetlinkCalls,
  request: Uint8Array,
  type: number,
  decode: (body: Buffer) => T | null,
  signal: AbortSignal,
): Promise<readonly T[] | null> {
  const found: T[] = [];
  let count = 0;
  const isWhole = await dump(
    calls,
    request,
    (bytes) => {
      const { messages, end } = decodeBatch(bytes);
      count += messages.length;
      found.push(...decoded(messages, type, decode));
      return count > MOST_MESSAGES ? 'failed' : end;
    },
    signal,
    NETLINK_ROUTE,
  );
  return isWhole ? found : null;
}

/** The one message that answers a question; null where the kernel refused. */
export async function askRoute<T>(
  calls: NetlinkCalls,
  request: Uint8Array,
  type: number,
  decode: (body: Buffer) => T | null,
  signal: AbortSignal,
): Promise<T | null> {
  let found: T | null = null;
  await dump(
    calls,
    request,
    (bytes) => {
      const { messages, end } = decodeBatch(bytes);
      found = decoded(messages, type, decode)[0] ?? null;
      return end === 'failed' ? 'failed' : 'done';
    },
    signal,
    NETLINK_ROUTE,
  );
  return found;
}

function decoded<T>(messages: readonly Message[], type: number, decode: (body: Buffer) => T | null): readonly T[] {
  return messages.flatMap((message) => {
    const value = message.type === type ? decode(message.body) : null;
    return value === null ? [] : [value];
  });
}
