import { readFileSync } from 'node:fs';
import type { SocketOwner } from '../../domain/socket.ts';
import { placeInCgroups } from './cgroup.ts';
import { commandOf, walkHeldSockets } from './held-sockets.ts';

/** `isWhole`: all processes that this user may look into were looked through. */
export type SocketOwners = {
  readonly byInode: ReadonlyMap<number, readonly SocketOwner[]>;
  readonly isWhole: boolean;
};

/** All processes that hold each of these sockets, with the unit and the container that they run in. */
export async function allOwnersOf(
  inodes: ReadonlySet<number>,
  signal: AbortSignal,
  root = '/proc',
): Promise<SocketOwners> {
  const byInode = new Map<number, SocketOwner[]>();
  const processes = new Map<number, SocketOwner>();
  const isWhole = await walkHeldSockets(root, signal, (inode, pid) => {
    if (!inodes.has(inode)) return true;
    const holders = byInode.get(inode);
    // Several descriptors of one socket come one after another.
    if (holders?.at(-1)?.pid === pid) return true;
    let owner = processes.get(pid);
    if (owner === undefined) {
      owner = describe(root, pid);
      processes.set(pid, owner);
    }
    if (holders === undefined) byInode.set(inode, [owner]);
    else holders.push(owner);
    return true;
  });
  return { byInode, isWhole };
}

function describe(root: string, pid: number): SocketOwner {
  return { pid, process: commandOf(`${root}/${pid}/comm`), ...placeInCgroups(textOf(`${root}/${pid}/cgroup`)) };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
