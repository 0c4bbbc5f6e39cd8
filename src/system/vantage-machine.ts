import { familyOf, type IpAddress } from '../domain/address.ts';
import type { Machine, RouteAnswer, UsableAddress } from '../domain/ports.ts';
import { canonicalAddress, isLinkLocal, withoutZone } from './machine-address.ts';
import { parseNeighbours } from './neighbour-table.ts';
import { routeByTool } from './route-tool.ts';
import type { RunTool } from './run-tool.ts';
import type { Introduction } from './vantage-introduction.ts';

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

/** The facts of a vantage, by ip(8); what it cannot tell is unknown, never a refusal. */
export function vantageMachine(run: RunTool, { owns, hasTool }: Introduction): Machine {
  const ask = async (args: readonly string[], signal: AbortSignal) =>
    hasTool('ip') ? run('ip', args, { signal }) : null;
  return {
    owns,
    route: async (to, signal): Promise<RouteAnswer> => {
      const way = { ...UNKNOWN_WAY, local: owns(to) };
      const told = hasTool('ip') ? await routeByTool(to, signal, run) : null;
      if (told === null) return way;
      if (told.kind === 'refused') {
        const errno = REFUSALS.find(([says]) => says.test(told.said))?.[1];
        return errno === undefined ? way : { kind: 'refused', errno };
      }
      const { detail } = told;
      return {
        ...way,
        ...detail,
        local: detail.local || way.local,
        onLink: detail.local ? null : detail.gateway === null,
      };
    },
    addresses: async () => {
      const result = await ask(['-o', 'address', 'show', 'up'], new AbortController().signal);
      return result?.kind === 'done' ? usableIn(result.stdout) : [];
    },
    neighbour: async (address, interfaceName, signal) => {
      const bare = withoutZone(address);
      const result = await ask(['neigh', 'show', 'to', bare, 'dev', interfaceName, 'nud', 'all'], signal);
      return result?.kind === 'done' && result.exitCode === 0 ? parseNeighbours(result.stdout, bare) : null;
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
