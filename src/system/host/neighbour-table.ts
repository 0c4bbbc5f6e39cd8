import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { familyOf, type IpAddress, withoutZone } from '../../domain/address.ts';
import type { NeighbourState } from '../../domain/evidence.ts';
import { runTool } from '../process/run-tool.ts';
import { openNetlink } from '../sockets/netlink.ts';
import { readDevices } from './links/devices.ts';
import { readNeighbourState } from './links/neighbours.ts';
import { neighbourByBsdTools, neighbourByWindowsTools } from './neighbour-elsewhere.ts';

/** Words of ip-neighbour(8). */
const STATES: Readonly<Record<string, NeighbourState>> = {
  REACHABLE: 'reachable',
  STALE: 'stale',
  DELAY: 'delay',
  PROBE: 'probe',
  INCOMPLETE: 'incomplete',
  FAILED: 'failed',
  PERMANENT: 'permanent',
  NOARP: 'noarp',
  NONE: 'none',
};

/** ATF_COM of linux/if_arp.h: the entry has a link-layer address. */
const ARP_COMPLETE = 0x2;
const ARP_PERMANENT = 0x4;

/** See Machine.neighbour. */
export async function neighbourState(
  address: IpAddress,
  interfaceName: string,
  signal: AbortSignal,
): Promise<NeighbourState | null> {
  if (process.platform === 'win32') {
    return neighbourByWindowsTools(address, interfaceName, signal, runTool, networkInterfaces());
  }
  if (process.platform !== 'linux') {
    return neighbourByBsdTools(address, interfaceName, signal, runTool, networkInterfaces());
  }
  const bare = withoutZone(address);
  const told = await stateByNetlink(bare, interfaceName, signal);
  if (told !== null || signal.aborted) return told;
  // Without `nud all` the tool leaves out the entries of links that need no resolution. Plain text, because BusyBox has no JSON.
  const args = ['neigh', 'show', 'to', bare, 'dev', interfaceName, 'nud', 'all'];
  const result = await runTool('ip', args, { signal });
  if (result.kind === 'done' && result.exitCode === 0) return parseNeighbours(result.stdout, bare);
  if (result.kind === 'cancelled' || familyOf(bare) === 6) return null;
  try {
    return parseArpTable(await readFile('/proc/net/arp', 'utf8'), bare, interfaceName);
  } catch {
    return null;
  }
}

async function stateByNetlink(
  address: IpAddress,
  interfaceName: string,
  signal: AbortSignal,
): Promise<NeighbourState | null> {
  const calls = await openNetlink();
  const devices = calls === null ? null : await readDevices(calls, signal);
  const device = devices?.find(({ name }) => name === interfaceName)?.index;
  return calls === null || device === undefined ? null : readNeighbourState(calls, { address, device }, signal);
}

/** Reads `ip neigh show`: the address first, the state among the words behind it; null for a state of another time. */
export function parseNeighbours(text: string, address: IpAddress): NeighbourState | null {
  for (const line of text.split('\n')) {
    const [first, ...words] = line.trim().split(/\s+/u);
    if (first !== address) continue;
    const word = words.find((each) => Object.hasOwn(STATES, each));
    return (word === undefined ? null : STATES[word]) ?? null;
  }
  return 'none';
}

/**
 * /proc/net/arp: address, type, flags, link-layer address, mask, interface. It tells no failed entry from one that is
 * being resolved, and no fresh one from a stale one; the weaker word is taken.
 */
export function parseArpTable(text: string, address: IpAddress, interfaceName: string): NeighbourState {
  for (const line of text.split('\n').slice(1)) {
    const [ip, , flagsText = '', , , device] = line.trim().split(/\s+/u);
    if (ip !== address || device !== interfaceName) continue;
    const flags = Number.parseInt(flagsText, 16);
    if ((flags & ARP_PERMANENT) !== 0) return 'permanent';
    return (flags & ARP_COMPLETE) === 0 ? 'incomplete' : 'stale';
  }
  return 'none';
}
