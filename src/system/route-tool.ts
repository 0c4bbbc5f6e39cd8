import { familyOf, type IpAddress } from '../domain/address.ts';
import { canonicalAddress, withoutZone, zoneOf } from './machine-address.ts';
import type { RouteDetail } from './route-detail.ts';
import { type RunTool, runTool } from './run-tool.ts';

/** Asks `ip route get` (iproute2); null where it is missing, too old for JSON, or refuses. */
export async function routeByTool(
  to: IpAddress,
  signal: AbortSignal,
  run: RunTool = runTool,
): Promise<RouteDetail | null> {
  const zone = zoneOf(to);
  const oif = zone === null ? [] : ['oif', zone];
  const result = await run('ip', ['-j', `-${familyOf(to)}`, 'route', 'get', withoutZone(to), ...oif], { signal });
  return result.kind === 'done' && result.exitCode === 0 ? parseRouteGet(result.stdout) : null;
}

/** Reads the JSON of `ip -j route get`; null for anything else. */
export function parseRouteGet(json: string): RouteDetail | null {
  const route = firstOf(json);
  if (route === null) return null;
  const learned = typeof route['expires'] === 'number';
  return {
    local: route['type'] === 'local',
    interface: typeof route['dev'] === 'string' ? route['dev'] : null,
    gateway: addressAt(route, 'gateway') ?? (isRecord(route['via']) ? addressAt(route['via'], 'host') : null),
    source: addressAt(route, 'prefsrc'),
    mtu: learned ? null : mtuOf(route['metrics']),
  };
}

type JsonRecord = { readonly [key: string]: unknown };

function firstOf(json: string): JsonRecord | null {
  try {
    const parsed: unknown = JSON.parse(json);
    const first: unknown = Array.isArray(parsed) ? parsed[0] : null;
    return isRecord(first) ? first : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null;
}

function addressAt(record: JsonRecord, key: string): IpAddress | null {
  const value = record[key];
  return typeof value === 'string' ? canonicalAddress(value) : null;
}

function mtuOf(metrics: unknown): number | null {
  const first: unknown = Array.isArray(metrics) ? metrics[0] : null;
  return isRecord(first) && typeof first['mtu'] === 'number' ? first['mtu'] : null;
}
