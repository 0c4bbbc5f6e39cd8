import { readFile } from 'node:fs/promises';

const COUNT = '/proc/sys/net/netfilter/nf_conntrack_count';

/**
 * Whether Linux keeps track of the connections of this network namespace, as address translation needs (nf_conntrack
 * counts those of the namespace, for every user). null where it does not tell.
 */
export async function tracksConnections(path = COUNT): Promise<boolean | null> {
  try {
    const text = (await readFile(path, 'utf8')).trim();
    return /^\d+$/.test(text) ? Number(text) > 0 : null;
  } catch {
    return null;
  }
}
