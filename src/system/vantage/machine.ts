import { familyOf, type IpAddress, withoutZone } from '../../domain/address.ts';
import type { Machine, RouteAnswer, UsableAddress } from '../../domain/ports.ts';
import { canonicalAddress, isLinkLocal } from '../host/interfaces/machine-address.ts';
import { parseArpTable, parseNeighbours } from '../host/neighbour-table.ts';
import { type ReadText, routeByTable } from '../host/route/table.ts';
import { routeByTool } from '../host/route/tool.ts';
import type { RunTool } from '../process/run-tool.ts';
import type { Introduction } from './introduction.ts';

/** What `ip route get` says where the kernel has no way. */
const REFUSALS: readonly (readonly [RegExp, string])[] = [
  [/Network is unreachable/, 'ENETUNREACH'],
  [/No route to host/, 'EHOSTUNREACH'],
  [/Permission denied/, 'EACCES'],
  [/Invalid argument/, 'EINVAL'],
];

const UNKNOWN_WAY = {
  kind: 'route',
  local: false,
  interface: null,
  source: null,
  gateway: null,
  onLink: null,
  mtu: null,
} as const;

/** The facts of a vantage, by ip(8) or without it by /proc; what neither can tell is unknown, never a refusal. */
export function vantageMachine(run: RunTool, { owns, hasTool }: Introduction): Machine {
  const hasIp = hasTool('ip');
  const reading =
    (signal: AbortSignal): ReadText =>
    async (path) => {
      const result = await run('cat', [path], { signal });
      return result.kind === 'done' && result.exitCode === 0 ? result.stdout : null;
    };
  return {
    owns,
    route: async (to, signal): Promise<RouteAnswer> => {
      const way = { ...UNKNOWN_WAY, local: owns(to) };
      const told = hasIp ? await routeByTool(to, signal, run) : null;
      if (told?.kind === 'refused') {
        const errno = REFUSALS.find(([says]) => says.test(told.said))?.[1];
        return errno === undefined ? way : { kind: 'refused', errno };
      }
      const detail = told?.detail ?? (await routeByTable(to, reading(signal)));
      if (detail === null) return way;
      return {
        ...way,
        ...detail,
        local: detail.local || way.local,
        onLink: detail.local ? null : detail.gateway === null,
      };
    },
    addresses: async () => {
      if (!hasIp) return null;
      const result = await run('ip', ['-o', 'address', 'show', 'up'], { signal: new AbortController().signal });
      return result.kind === 'done' && result.exitCode === 0 ? usableIn(result.stdout) : null;
    },
    neighbour: async (address, interfaceName, signal) => {
      const bare = withoutZone(address);
      if (!hasIp) {
        const text = familyOf(bare) === 6 ? null : await reading(signal)('/proc/net/arp');
        return text === null ? null : parseArpTable(text, bare, interfaceName);
      }
      const result = await run('ip', ['neigh', 'show', 'to', bare, 'dev', interfaceName, 'nud', 'all'], { signal });
      return result.kind === 'done' && result.exitCode === 0 ? parseNeighbours(result.stdout, bare) : null;
    },
  };
}

/** One line for each address: `2: eth0    inet 10.0.0.5/24 brd … scope global eth0`. */
function usableIn(text: string): readonly UsableAddress[] {
  return [...text.matchAll(/^\d+: ([^\s:@]{1,64})\S*\s+inet6? ([0-9A-Fa-f:.]{2,45})/gm)].flatMap(
    ([, name = '', found = '']) => {
      const address: IpAddress | null = name === 'lo' ? null : canonicalAddress(found);
      if (address === null) return [];
      const link = isLinkLocal(address);
      const zoned = link && familyOf(address) === 6 ? `${address}%${name}` : address;
      return [{ interface: name, address: zoned, family: familyOf(address), scope: link ? 'link' : 'global' }];
    },
  );
}
