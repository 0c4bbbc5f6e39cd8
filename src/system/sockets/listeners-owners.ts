import { readFileSync } from 'node:fs';
import { walkHeldSockets } from './held-sockets.ts';

export type Owner = { readonly pid: number; readonly process: string };

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
  const names = new Map<number, string>();
  await walkHeldSockets(root, signal, (inode, pid) => {
    if (inodes.has(inode) && !owners.has(inode)) {
      const process = names.get(pid) ?? commandOf(`${root}/${pid}/comm`);
      names.set(pid, process);
      owners.set(inode, { pid, process });
    }
    return owners.size < inodes.size;
  });
  return owners;
}

/** The short name of a process (proc_pid_comm(5)); `?` where it is gone in the meantime. */
export function commandOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '?';
  }
}
