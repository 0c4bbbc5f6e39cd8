import type { Unavailable } from '../../../domain/evidence.ts';
import type { Obstacle } from '../../../domain/obstacle.ts';
import type { Probe, ProbeAbility } from '../../../domain/prober.ts';
import { LOOPBACK, type SystemTool, type ToolOpening } from './system-tool.ts';

const COMMON = { to: LOOPBACK, ttl: 1, timeoutMs: 1000 } as const;
const ECHO = { ...COMMON, kind: 'echo', payloadBytes: 56, dontFragment: false } as const;

/** One probe of each kind, to ask the tools about. */
const SAMPLES: Readonly<Record<ProbeAbility, Probe>> = {
  echo: { ...ECHO, ttl: null },
  'limited-echo': ECHO,
  'sized-echo': { ...ECHO, ttl: null, dontFragment: true },
  udp: { ...COMMON, kind: 'udp', port: 33_434, sourcePort: null, payload: new Uint8Array() },
  syn: { ...COMMON, kind: 'syn', port: 80, sourcePort: null },
};

/** Why none of the tools can send such probes; undefined where one can. `failures` are those of the run so far. */
export function lackOf(
  ability: ProbeAbility,
  tools: readonly SystemTool[],
  openings: readonly ToolOpening[],
  failures: readonly Obstacle[],
): Unavailable | undefined {
  if (tools.some((tool) => tool.canSend(SAMPLES[ability]))) return undefined;
  const reasons = openings.flatMap((opening) => (opening.kind === 'unavailable' ? [opening.unavailable] : []));
  const limits = openings.flatMap((opening) => (opening.kind === 'open' ? opening.missing : []));
  const details = [...reasons.flatMap(({ obstacles }) => obstacles), ...limits, ...failures];
  return { reason: reasonOf(reasons), obstacles: [{ code: `no-tool-for-${ability}` }, ...details] };
}

/** Why no tool is of use at all. */
export function whyNone(openings: readonly ToolOpening[]): Unavailable {
  const reasons = openings.flatMap((opening) => (opening.kind === 'unavailable' ? [opening.unavailable] : []));
  return { reason: reasonOf(reasons), obstacles: reasons.flatMap(({ obstacles }) => obstacles) };
}

/** A right that is missing is told before a tool that is. */
function reasonOf(reasons: readonly Unavailable[]): Unavailable['reason'] {
  if (reasons.some(({ reason }) => reason === 'not-permitted')) return 'not-permitted';
  return reasons.some(({ reason }) => reason === 'not-supported') ? 'not-supported' : 'not-installed';
}
