import { readdir, readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { familyOf, withoutZone } from '../../../domain/address.ts';
import type { UsableAddress } from '../../../domain/ports.ts';
import { canonicalAddress, isLinkLocal } from './machine-address.ts';

const DEVICES = '/sys/class/net';
/** States of RFC 2863 in which nothing passes; a tunnel or a dummy is `unknown` and works. */
const DEAD_STATES: ReadonlySet<string> = new Set(['down', 'lowerlayerdown', 'notpresent']);

/** See Machine.addresses. */
export async function usableAddresses(): Promise<readonly UsableAddress[]> {
  const found: UsableAddress[] = [];
  for (const [name, entries] of Object.entries(networkInterfaces())) {
    const outside = (entries ?? []).filter(({ internal }) => !internal);
    if (outside.length === 0 || !(await canCarry(name))) continue;
    for (const entry of outside) {
      const address = canonicalAddress(entry.address);
      if (address === null) continue;
      const link = isLinkLocal(address);
      const zoned = link && familyOf(address) === 6 ? `${withoutZone(address)}%${name}` : address;
      found.push({ interface: name, address: zoned, family: familyOf(address), scope: link ? 'link' : 'global' });
    }
  }
  return found;
}

/** Whether frames can leave the interface: carrier, state, and for a bridge at least one member. */
async function canCarry(name: string): Promise<boolean> {
  const [carrier, state, members] = await Promise.all([
    contentOf(`${DEVICES}/${name}/carrier`),
    contentOf(`${DEVICES}/${name}/operstate`),
    membersOf(`${DEVICES}/${name}/brif`),
  ]);
  return carrier !== '0' && !(state !== null && DEAD_STATES.has(state)) && members !== 0;
}

/** The MTU of an interface in bytes, null where it cannot be read. */
export async function interfaceMtu(name: string): Promise<number | null> {
  const text = await contentOf(`${DEVICES}/${name}/mtu`);
  return text !== null && /^\d+$/u.test(text) ? Number(text) : null;
}

async function contentOf(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch {
    // Not Linux, or an interface that has no such attribute (reading the carrier of one that is down fails).
    return null;
  }
}

/** How many interfaces a bridge has; null for what is no bridge. */
async function membersOf(folder: string): Promise<number | null> {
  try {
    return (await readdir(folder)).length;
  } catch {
    return null;
  }
}
