import { networkInterfaces } from 'node:os';
import { type IpAddress, withoutZone } from '../../../domain/address.ts';
import { type RunTool, runTool } from '../../process/run-tool.ts';
import { canonicalAddress, isInNetwork } from '../interfaces/machine-address.ts';
import { routeByBsdTools } from './bsd.ts';
import type { RouteDetail } from './detail.ts';
import { routeByWindowsTools } from './windows.ts';

/**
 * The route on macOS, FreeBSD and Windows: by their tools, and where those do not tell by the addresses of the interfaces,
 * which only know what is on their own link. null where neither does.
 */
export async function routeElsewhere(
  to: IpAddress,
  source: IpAddress | null,
  signal: AbortSignal,
  run: RunTool = runTool,
): Promise<RouteDetail | null> {
  const byTools =
    process.platform === 'win32'
      ? await routeByWindowsTools(to, signal, run, networkInterfaces())
      : await routeByBsdTools(to, signal, run);
  return byTools ?? onOwnLink(to, source);
}

function onOwnLink(to: IpAddress, source: IpAddress | null): RouteDetail | null {
  const bare = source === null ? null : withoutZone(source);
  for (const [name, entries = []] of Object.entries(networkInterfaces())) {
    const own = entries.find(({ address }) => canonicalAddress(withoutZone(address)) === bare);
    if (own?.cidr == null || !isInNetwork(to, own.cidr)) continue;
    return { local: false, interface: name, gateway: null, source, mtu: null };
  }
  return null;
}
