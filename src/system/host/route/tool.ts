import { familyOf, type IpAddress, withoutZone } from '../../../domain/address.ts';
import { isInterfaceName } from '../../../text/interface-name.ts';
import { rowsOf } from '../../process/parse-lines.ts';
import { type RunTool, runTool } from '../../process/run-tool.ts';
import { canonicalAddress, zoneOf } from '../interfaces/machine-address.ts';
import type { RouteDetail } from './detail.ts';

/** What `ip route get` came to; `refused` with what it said on stderr. */
export type ToolRoute =
  | { readonly kind: 'route'; readonly detail: RouteDetail }
  | { readonly kind: 'refused'; readonly said: string };

/** Asks `ip route get`, in words where it knows no JSON (BusyBox, iproute2 before 4.17); null where it is missing or unreadable. */
export async function routeByTool(
  to: IpAddress,
  signal: AbortSignal,
  run: RunTool = runTool,
): Promise<ToolRoute | null> {
  const zone = zoneOf(to);
  const oif = zone === null ? [] : ['oif', zone];
  const args = [`-${familyOf(to)}`, 'route', 'get', withoutZone(to), ...oif];
  const result = await run('ip', ['-j', ...args], { signal });
  if (result.kind !== 'done') return null;
  const detail = result.exitCode === 0 ? parseRouteGet(result.stdout) : null;
  if (detail !== null) return { kind: 'route', detail };
  if (result.stderr.includes(KERNEL_SAYS)) return { kind: 'refused', said: result.stderr };
  const plain = await run('ip', args, { signal });
  if (plain.kind !== 'done') return null;
  if (plain.exitCode !== 0) return { kind: 'refused', said: plain.stderr };
  const told = parseRouteGetText(plain.stdout);
  return told === null ? null : { kind: 'route', detail: told };
}

/** Reads the words of `ip route get`: `10.9.2.1 via 10.9.0.1 dev eth0  src 10.9.0.2`; null for anything else. */
export function parseRouteGetText(text: string): RouteDetail | null {
  const words = rowsOf(text).flat();
  const after = (name: string): string => words[words.indexOf(name) + 1] ?? '';
  const isLocal = words[0] === 'local';
  if (canonicalAddress(words[isLocal ? 1 : 0] ?? '') === null || !words.includes('dev')) return null;
  const via = after('via');
  const mtu = words.includes('mtu') && !words.includes('expires') ? after('mtu') : '';
  return {
    local: isLocal,
    interface: nameOf(after('dev')),
    gateway: words.includes('via') ? canonicalAddress(/^inet6?$/u.test(via) ? after(via) : via) : null,
    source: words.includes('src') ? canonicalAddress(after('src')) : null,
    mtu: /^\d{1,6}$/u.test(mtu) && Number(mtu) > 0 ? Number(mtu) : null,
  };
}

/** Reads the JSON of `ip -j route get`; null for anything else. */
export function parseRouteGet(json: string): RouteDetail | null {
  const route = firstOf(json);
  if (route === null) return null;
  const learned = typeof route['expires'] === 'number';
  return {
    local: route['type'] === 'local',
    interface: nameOf(route['dev']),
    gateway: addressAt(route, 'gateway') ?? (isRecord(route['via']) ? addressAt(route['via'], 'host') : null),
    source: addressAt(route, 'prefsrc'),
    mtu: learned ? null : mtuOf(route['metrics']),
  };
}

/** What both make of a refusal of the kernel (rtnetlink(7)). */
const KERNEL_SAYS = 'RTNETLINK answers: ';

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

/** What is no name that the kernel would allow is left out: another machine may have written it. */
function nameOf(value: unknown): string | null {
  return typeof value === 'string' && isInterfaceName(value) ? value : null;
}

function addressAt(record: JsonRecord, key: string): IpAddress | null {
  const value = record[key];
  return typeof value === 'string' ? canonicalAddress(value) : null;
}

function mtuOf(metrics: unknown): number | null {
  const first: unknown = Array.isArray(metrics) ? metrics[0] : null;
  return isRecord(first) && typeof first['mtu'] === 'number' ? first['mtu'] : null;
}
