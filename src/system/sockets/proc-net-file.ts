import { open } from 'node:fs/promises';
import type { ProcNetRow } from './proc-net.ts';
import { parseProcNetRow } from './proc-net.ts';

const LISTEN = '0A';
const CLOSE = '07';
const CHUNK_BYTES = 65_536;

/**
 * The sockets of one file below /proc/net: all, or those that listen (TCP) or are bound and unconnected (UDP). A family
 * that the kernel does not have has no file: that is no row. Rejects with the errno of any other failure.
 */
export async function readProcNet(
  path: string,
  protocol: 'tcp' | 'udp',
  wanted: 'listening' | 'all' = 'listening',
): Promise<readonly ProcNetRow[]> {
  const rows: ProcNetRow[] = [];
  for await (const line of linesOf(path)) {
    const row = parseProcNetRow(line);
    if (row === null) continue;
    if (wanted === 'all') {
      rows.push(row);
      continue;
    }
    // The kernel lists TCP's listeners before all connections, of which there may be very many.
    if (protocol === 'tcp' && row.state !== LISTEN) break;
    if (protocol === 'tcp' || row.state === CLOSE) rows.push(row);
  }
  return rows;
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const file = await openOrNothing(path);
  if (file === null) return;
  try {
    const buffer = Buffer.alloc(CHUNK_BYTES);
    let rest = '';
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, null);
      if (bytesRead === 0) return;
      const lines = (rest + buffer.toString('latin1', 0, bytesRead)).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    await file.close();
  }
}

async function openOrNothing(path: string) {
  try {
    return await open(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
