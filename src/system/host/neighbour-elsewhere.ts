import { familyOf, type IpAddress, withoutZone } from '../../domain/address.ts';
import type { NeighbourState } from '../../domain/evidence.ts';
import type { RunTool } from '../process/run-tool.ts';
import { parseBsdArp, parseNdp } from './route/arp.ts';
import { arpSection, parseWindowsNeighbours } from './route/netsh.ts';
import { type Interfaces, indexOf } from './route/windows.ts';

const NO_LINK_LAYER = '00:00:00:00:00:00';

/**
 * The entry of a neighbour on macOS and FreeBSD, by `arp -an` and `ndp -an`; null where they do not tell. Written from
 * documentation; not tested on such a machine.
 */
export async function neighbourByBsdTools(
  address: IpAddress,
  interfaceName: string,
  signal: AbortSignal,
  run: RunTool,
  interfaces: Interfaces,
): Promise<NeighbourState | null> {
  if (isTunnel(interfaceName, interfaces)) return 'noarp';
  const bare = withoutZone(address);
  const isIpv6 = familyOf(bare) === 6;
  const ran = await run(isIpv6 ? 'ndp' : 'arp', ['-an'], { signal });
  if (ran.kind !== 'done' || ran.exitCode !== 0) return null;
  return (isIpv6 ? parseNdp : parseBsdArp)(ran.stdout, bare, interfaceName);
}

/** The same on Windows, by netsh; of IPv4 by `arp -a` where that fails, which leaves out what has not been resolved. */
export async function neighbourByWindowsTools(
  address: IpAddress,
  interfaceName: string,
  signal: AbortSignal,
  run: RunTool,
  interfaces: Interfaces,
): Promise<NeighbourState | null> {
  if (isTunnel(interfaceName, interfaces)) return 'noarp';
  const family = familyOf(address);
  const index = await indexFor(interfaceName, signal, run, interfaces);
  if (index === null) return null;
  const args = ['interface', `ipv${family}`, 'show', 'neighbors', `interface=${index}`];
  const ran = await run('netsh', args, { signal });
  const state = ran.kind === 'done' ? parseWindowsNeighbours(ran.stdout, address) : null;
  if (state !== null || family === 6 || ran.kind === 'cancelled') return state;
  const arp = await run('arp', ['-a'], { signal });
  return arp.kind === 'done' ? parseWindowsNeighbours(arpSection(arp.stdout, index), address) : null;
}

async function indexFor(
  name: string,
  signal: AbortSignal,
  run: RunTool,
  interfaces: Interfaces,
): Promise<string | null> {
  const known = indexOf(name, interfaces, '');
  if (known !== null) return known;
  const ran = await run('route', ['print', '-4'], { signal });
  return ran.kind === 'done' ? indexOf(name, interfaces, ran.stdout) : null;
}

/** A link without link-layer addresses resolves none. */
function isTunnel(name: string, interfaces: Interfaces): boolean {
  const entries = interfaces[name] ?? [];
  return entries.length > 0 && entries.every(({ mac }) => mac === NO_LINK_LAYER);
}
