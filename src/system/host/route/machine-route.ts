import { familyOf, type IpAddress, withoutZone } from '../../../domain/address.ts';
import type { RouteAnswer } from '../../../domain/ports.ts';
import { isLinkLocal, zoneOf } from '../interfaces/machine-address.ts';
import { interfaceMtu } from '../interfaces/machine-interfaces.ts';
import { ownsAddress } from '../interfaces/machine-owns.ts';
import type { RouteDetail } from './detail.ts';
import { routeElsewhere } from './elsewhere.ts';
import { connectedSource } from './kernel.ts';
import { routeByNetlink } from './kernel-lookup.ts';
import { routeByTable } from './table.ts';
import { routeByTool } from './tool.ts';

/** See Machine.route. Yes or no is the kernel's own word; the details come from the routing tables. */
export async function machineRoute(to: IpAddress, signal: AbortSignal): Promise<RouteAnswer> {
  const kernel = await connectedSource(to);
  if (kernel.kind === 'refused') return kernel;
  const detail = await detailOf(to, kernel.source, signal);
  const local = detail?.local === true || ownsAddress(to);
  const interfaceName = detail?.interface ?? null;
  const onLink = local || interfaceName === null ? null : detail?.gateway === null;
  return {
    kind: 'route',
    local,
    interface: interfaceName,
    source: kernel.source ?? detail?.source ?? null,
    gateway: local ? null : zoned(detail?.gateway ?? null, interfaceName),
    onLink,
    mtu: await mtuOf(detail),
  };
}

/** A link-local next hop means nothing without its interface. */
function zoned(gateway: IpAddress | null, interfaceName: string | null): IpAddress | null {
  if (gateway === null || interfaceName === null || familyOf(gateway) === 4 || !isLinkLocal(gateway)) return gateway;
  if (zoneOf(gateway) !== null) return gateway;
  return `${withoutZone(gateway)}%${interfaceName}`;
}

async function detailOf(to: IpAddress, source: IpAddress | null, signal: AbortSignal): Promise<RouteDetail | null> {
  if (process.platform !== 'linux') return routeElsewhere(to, source, signal);
  const found = await routeByNetlink(to, signal);
  if (found !== null) return found;
  const told = await routeByTool(to, signal);
  return told?.kind === 'route' ? told.detail : routeByTable(to);
}

async function mtuOf(detail: RouteDetail | null): Promise<number | null> {
  if (detail === null || detail.interface === null) return null;
  const mtu = await interfaceMtu(detail.interface);
  return mtu !== null && detail.mtu !== null ? Math.min(mtu, detail.mtu) : (mtu ?? detail.mtu);
}
