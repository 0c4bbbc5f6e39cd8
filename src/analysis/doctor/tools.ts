import type { Ability, CapabilityId, Examined } from '../../domain/doctor.ts';
import type { MachineFacts, ToolName } from '../../domain/machine-facts.ts';
import type { Capability, Judged } from './capability.ts';
import { installGrants } from './grants.ts';

type Tool = {
  readonly id: CapabilityId & ToolName;
  readonly group: Examined['group'];
  readonly platforms: readonly string[];
  readonly brings: readonly Ability[];
};

const EVERYWHERE = ['linux', 'darwin', 'win32', 'freebsd', 'openbsd'] as const;
const UNIX = ['linux', 'darwin', 'freebsd', 'openbsd'] as const;

const TOOLS: readonly Tool[] = [
  { id: 'ping', group: 'tool', platforms: EVERYWHERE, brings: [] },
  { id: 'traceroute', group: 'tool', platforms: UNIX, brings: [] },
  { id: 'tracepath', group: 'tool', platforms: ['linux'], brings: [] },
  { id: 'tracert', group: 'tool', platforms: ['win32'], brings: [] },
  { id: 'mtr-packet', group: 'tool', platforms: UNIX, brings: [] },
  // The kernel tells IPv6 neighbours by netlink alone: no file of /proc holds them.
  { id: 'ip', group: 'tool', platforms: ['linux'], brings: ['neighbours6'] },
  { id: 'ss', group: 'tool', platforms: ['linux'], brings: [] },
  { id: 'ssh', group: 'vantage', platforms: EVERYWHERE, brings: ['remote-sockets'] },
  { id: 'docker', group: 'vantage', platforms: EVERYWHERE, brings: ['remote-sockets'] },
  { id: 'kubectl', group: 'vantage', platforms: EVERYWHERE, brings: ['remote-sockets'] },
];

/** Programs of others that netwhy runs. What an engine needs of them counts with the engine. */
export const TOOL_CAPABILITIES: readonly Capability[] = TOOLS.map(({ id, group, platforms, brings }) => ({
  id,
  group,
  brings,
  judge: (facts) => (platforms.includes(facts.platform) ? judgeTool(id, brings, facts) : null),
}));

function judgeTool(id: Tool['id'], brings: readonly Ability[], facts: MachineFacts): Judged {
  const path = facts.tools[id];
  if (path !== undefined) return { state: 'full', cause: 'found', detail: path, gives: brings, grants: [] };
  const grants = installGrants(facts, [id], 'install-package');
  return { state: 'missing', cause: 'tool-missing', detail: '', gives: [], grants };
}
