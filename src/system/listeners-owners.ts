import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

export type Owner = { readonly pid: number; readonly process: string };

/** Bounds the walk on machines with very many open files. */
const MOST_DESCRIPTORS = 200_000;
/** Read in one go, about a millisecond: reading them one by one through the thread pool takes four times as long. */
const SLICE = 200;

/**
 * Finds the processes that hold the sockets with these inodes, by their descriptors below /proc; of several holders the
 * one with the lowest number. Those of other users are not found unless this one is root. Ends early when aborted.
 */
export async function ownersOf(
  inodes: ReadonlySet<number>,
  signal: AbortSignal,
  root = '/proc',
): Promise<ReadonlyMap<number, Owner>> {
  const owners = new Map<number, Owner>();
  let walked = 0;
  for (const pid of processesIn(root)) {
    let owner: Owner | null = null;
    for (const name of namesIn(`${root}/${pid}/fd`)) {
      if (owners.size === inodes.size || walked === MOST_DESCRIPTORS) return owners;
      walked += 1;
      if (walked % SLICE === 0) await setImmediate();
      if (signal.aborted) return owners;
      const inode = socketBehind(`${root}/${pid}/fd/${name}`);
      if (inode === null || !inodes.has(inode) || owners.has(inode)) continue;
      owner ??= { pid, process: commandOf(`${root}/${pid}/comm`) };
      owners.set(inode, owner);
    }
  }
  return owners;
}

function processesIn(root: string): readonly number[] {
  const numbered = namesIn(root).filter((name) => /^\d+$/.test(name));
  return numbered.map(Number).sort((a, b) => a - b);
}

/** The inode of the socket behind a descriptor; null where it is something else, or closed in the meantime. */
function socketBehind(path: string): number | null {
  try {
    const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(path))?.[1];
    return inode === undefined ? null : Number(inode);
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

function commandOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '?';
  }
}
