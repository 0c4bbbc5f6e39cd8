import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

/** Bounds the walk on machines with very many open files. */
const MOST_DESCRIPTORS = 500_000;
/** Read in one go, about a millisecond: reading them one by one through the thread pool takes four times as long. */
const SLICE = 200;
const SOCKET = 'socket:[';

/**
 * Hands over every socket that a process holds, process by process from the lowest number, until `visit` says false. A
 * process has a socket more than once where it duplicated its descriptor. True where all that this user may see was seen.
 */
export async function walkHeldSockets(
  root: string,
  signal: AbortSignal,
  visit: (inode: number, pid: number) => boolean,
): Promise<boolean> {
  let walked = 0;
  for (const pid of processesIn(root)) {
    for (const name of namesIn(`${root}/${pid}/fd`)) {
      walked += 1;
      if (walked % SLICE === 0) await setImmediate();
      if (signal.aborted || walked > MOST_DESCRIPTORS) return false;
      const inode = socketBehind(`${root}/${pid}/fd/${name}`);
      if (inode !== null && !visit(inode, pid)) return true;
    }
  }
  return true;
}

/** The numbers of all processes that can be seen, from the lowest. */
export function processesIn(root: string): readonly number[] {
  const numbered = namesIn(root).filter((name) => /^\d+$/.test(name));
  return numbered.map(Number).sort((a, b) => a - b);
}

/** The short name of a process (proc_pid_comm(5)); `?` where it is gone in the meantime. */
export function commandOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '?';
  }
}

/** The inode of the socket behind a descriptor; null where it is something else, or closed in the meantime. */
function socketBehind(path: string): number | null {
  try {
    const link = readlinkSync(path);
    if (!link.startsWith(SOCKET)) return null;
    const inode = Number(link.slice(SOCKET.length, -1));
    return Number.isInteger(inode) ? inode : null;
  } catch {
    return null;
  }
}

/** Empty for a process that is gone in the meantime, or another user's. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
