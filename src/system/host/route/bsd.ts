import { familyOf, type IpAddress } from '../../../domain/address.ts';
import type { RunTool } from '../../process/run-tool.ts';
import { zoneOf } from '../interfaces/machine-address.ts';
import type { RouteDetail } from './detail.ts';
import { parseNetstatRoutes } from './netstat-routes.ts';
import { parseBsdRouteGet, parseIfconfigMtu } from './route-get-bsd.ts';
import { bestRoute } from './table.ts';

const INTERFACE = /^[a-z]\w{0,14}(?:\.\d{1,4})?$/iu;

/**
 * The route on macOS and FreeBSD, by `route -n get`; where that fails by the most exact route of `netstat -rn`. null where
 * neither tells. Written from documentation; not tested on such a machine.
 */
export async function routeByBsdTools(to: IpAddress, signal: AbortSignal, run: RunTool): Promise<RouteDetail | null> {
  const detail = (await byRouteGet(to, signal, run)) ?? (await byNetstat(to, signal, run));
  if (detail === null || detail.interface === null || !INTERFACE.test(detail.interface)) return detail;
  const ran = await run('ifconfig', [detail.interface], { signal });
  const mtu = ran.kind === 'done' ? parseIfconfigMtu(ran.stdout) : null;
  return { ...detail, mtu: mtu !== null && detail.mtu !== null ? Math.min(mtu, detail.mtu) : (mtu ?? detail.mtu) };
}

async function byRouteGet(to: IpAddress, signal: AbortSignal, run: RunTool): Promise<RouteDetail | null> {
  const family = familyOf(to) === 6 ? ['-inet6'] : [];
  const ran = await run('route', ['-n', 'get', ...family, to], { signal });
  return ran.kind === 'done' && ran.exitCode === 0 ? parseBsdRouteGet(ran.stdout) : null;
}

async function byNetstat(to: IpAddress, signal: AbortSignal, run: RunTool): Promise<RouteDetail | null> {
  const ran = await run('netstat', ['-rn', '-f', familyOf(to) === 6 ? 'inet6' : 'inet'], { signal });
  return ran.kind === 'done' ? bestRoute(parseNetstatRoutes(ran.stdout, zoneOf(to)), to) : null;
}
