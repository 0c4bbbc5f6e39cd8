import { readFile } from 'node:fs/promises';
import type { ListenCounters } from '../../domain/socket.ts';

/** The kernel's counters of connections that no listener could take; null where they cannot be read. */
export async function listenCounters(path = '/proc/net/netstat'): Promise<ListenCounters | null> {
  try {
    return parseListenCounters(await readFile(path, 'utf8'));
  } catch {
    return null;
  }
}

/** Reads /proc/net/netstat: of every group a line of names and a line of numbers, each beginning with the group's name. */
export function parseListenCounters(text: string): ListenCounters | null {
  const [names, numbers] = text.split('\n').filter((line) => line.startsWith('TcpExt: '));
  if (names === undefined || numbers === undefined) return null;
  const columns = names.split(' ');
  const values = numbers.split(' ');
  const [overflows, drops] = ['ListenOverflows', 'ListenDrops'].map((name) => {
    const value = values[columns.indexOf(name)] ?? '';
    return /^\d+$/.test(value) ? Number(value) : null;
  });
  return overflows == null || drops == null ? null : { overflows, drops };
}
