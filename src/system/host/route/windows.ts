import type { networkInterfaces } from 'node:os';
import { familyOf, type IpAddress, withoutZone } from '../../../domain/address.ts';
import type { RunTool } from '../../process/run-tool.ts';
import { canonicalAddress, isLinkLocal } from '../interfaces/machine-address.ts';
import type { RouteDetail } from './detail.ts';
import { parseInterfaceMtu } from './netsh.ts';
import { parseInterfaceList, parseRoutePrint4, parseRoutePrint6 } from './route-print.ts';
import { bestRoute } from './table.ts';

export type Interfaces = ReturnType<typeof networkInterfaces>;

/**
 * The route on Windows: the most exact of `route print`, of equals the one with the lowest metric, and the MTU of its
 * interface by netsh. null where the table cannot be read. Written from documentation; not tested on such a machine.
 */
export async function routeByWindowsTools(
  to: IpAddress,
  signal: AbortSignal,
  run: RunTool,
  interfaces: Interfaces,
): Promise<RouteDetail | null> {
  const family = familyOf(to);
  const ran = await run('route', ['print', `-${family}`], { signal });
  if (ran.kind !== 'done') return null;
  const best = bestRoute(family === 6 ? parseRoutePrint6(ran.stdout) : parseRoutePrint4(ran.stdout), to);
  if (best === null || best.interface === null) return null;
  const name = family === 6 ? nameOfIndex(best.interface, interfaces) : nameOfAddress(best.interface, interfaces);
  const index = family === 6 ? best.interface : name === null ? null : indexOf(name, interfaces, ran.stdout);
  return {
    ...best,
    interface: name,
    gateway: zoned(best.gateway, index),
    mtu: index === null ? null : await mtuOf(index, family, signal, run),
  };
}

/** Windows names the link of a link-local address by the index of the interface. */
function zoned(gateway: IpAddress | null, index: string | null): IpAddress | null {
  if (gateway === null || index === null || familyOf(gateway) === 4 || !isLinkLocal(gateway)) return gateway;
  return `${withoutZone(gateway)}%${index}`;
}

async function mtuOf(index: string, family: 4 | 6, signal: AbortSignal, run: RunTool): Promise<number | null> {
  const ran = await run('netsh', ['interface', `ipv${family}`, 'show', 'interfaces'], { signal });
  return ran.kind === 'done' ? parseInterfaceMtu(ran.stdout, index) : null;
}

function nameOfAddress(address: string, interfaces: Interfaces): string | null {
  const found = Object.entries(interfaces).find(([, entries]) =>
    entries?.some((entry) => canonicalAddress(withoutZone(entry.address)) === address),
  );
  return found?.[0] ?? null;
}

function nameOfIndex(index: string, interfaces: Interfaces): string | null {
  return Object.keys(interfaces).find((name) => scopeOf(name, interfaces) === index) ?? null;
}

/** By the index in its link-local address, else by its link-layer address in the list above the routes. */
export function indexOf(name: string, interfaces: Interfaces, routePrint: string): string | null {
  const scope = scopeOf(name, interfaces);
  if (scope !== null) return scope;
  const mac = interfaces[name]?.[0]?.mac;
  const listed = parseInterfaceList(routePrint).filter((each) => each.mac === mac);
  return listed.length === 1 ? (listed[0]?.index ?? null) : null;
}

function scopeOf(name: string, interfaces: Interfaces): string | null {
  const scope = interfaces[name]?.flatMap((entry) => (entry.family === 'IPv6' ? [entry.scopeid] : [])).find(Boolean);
  return scope === undefined ? null : `${scope}`;
}
