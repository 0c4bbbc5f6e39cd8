import { readlink } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { basename } from 'node:path';
import { type IpAddress, withoutZone } from '../../../domain/address.ts';
import { canonicalAddress } from './machine-address.ts';

const DEVICES = '/sys/class/net';

/** See SocketSource.interfacesOf. */
export async function interfacesOf(address: IpAddress, folder = DEVICES): Promise<readonly string[] | null> {
  const bare = withoutZone(address);
  const holders = Object.entries(networkInterfaces()).flatMap(([name, entries]) =>
    entries?.some((entry) => canonicalAddress(entry.address) === bare) ? [name] : [],
  );
  if (holders.length === 0) return null;
  const masters = await Promise.all(holders.map((name) => masterOf(`${folder}/${name}/master`)));
  return [...holders, ...masters.flat()];
}

/** The bridge, bond or VRF that an interface belongs to (sysfs). */
async function masterOf(link: string): Promise<readonly string[]> {
  try {
    return [basename(await readlink(link))];
  } catch {
    return [];
  }
}
