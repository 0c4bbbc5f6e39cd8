import { setMaxListeners } from 'node:events';
import type { Unavailable } from '../../../domain/evidence.ts';
import type { Clock } from '../../../domain/ports.ts';
import type { ProbeAbility, Prober } from '../../../domain/prober.ts';
import type { StartLines } from '../../process/line-process.ts';
import type { RunTool } from '../../process/run-tool.ts';
import { createAsker } from './asker.ts';
import { openMtr } from './mtr.ts';
import { openPing } from './ping.ts';
import { lackOf, whyNone } from './system-lacks.ts';
import type { SystemTool, ToolOpening } from './system-tool.ts';
import { openWalkers } from './tool-walkers.ts';
import { openTraceroute } from './traceroute.ts';

const ABILITIES: readonly ProbeAbility[] = ['echo', 'limited-echo', 'sized-echo', 'udp', 'syn'];
/** What may stand as an argument: no other text is ever an address here, least of all one that begins with a dash. */
const ADDRESS = /^[0-9a-f:][0-9a-f:.]*(?:%[\w.-]+)?$/iu;

export type SystemOpening =
  | { readonly kind: 'open'; readonly prober: Prober }
  | { readonly kind: 'unavailable'; readonly unavailable: Unavailable };

/**
 * Opens the engine on the system's own tools, run by `run` on this machine or another; `start` null where only `run`
 * reaches. Each tool is known by its own words and tried on loopback first, so that one that hangs, babbles or may not
 * send is never taken for a silent network. One process for each probe, but for mtr-packet, which carries all of its own, and those that walk a path.
 */
export async function openSystemProber(
  clock: Clock,
  run: RunTool,
  start: StartLines | null,
  platform: string = process.platform,
): Promise<SystemOpening> {
  const ended = new AbortController();
  setMaxListeners(0, ended.signal);
  const ports = { run, clock };
  const openings = await Promise.all([
    openPing(ports, ended.signal),
    openTraceroute(ports, ended.signal),
    ...(start === null
      ? []
      : [openMtr(start, clock, ended.signal), ...openWalkers(platform, start, ports, ended.signal)]),
  ]);
  const tools = openings.flatMap((opening) => (opening.kind === 'open' ? [opening.tool] : []));
  if (tools.length === 0) return { kind: 'unavailable', unavailable: whyNone(openings) };
  return { kind: 'open', prober: createProber(tools, openings, clock, ended) };
}

function createProber(
  tools: readonly SystemTool[],
  openings: readonly ToolOpening[],
  clock: Clock,
  ended: AbortController,
): Prober {
  const asker = createAsker(tools, clock);
  const lacks = (ability: ProbeAbility): Unavailable | undefined =>
    lackOf(ability, asker.sound(), openings, asker.failures());

  return {
    method: 'system',
    get lacks() {
      return Object.fromEntries(
        ABILITIES.flatMap((ability) => {
          const lack = lacks(ability);
          return lack === undefined ? [] : [[ability, lack]];
        }),
      );
    },
    async send(probe, { signal, onTurn }) {
      if (ended.signal.aborted || signal.aborted) return { kind: 'silent', waitedMs: 0 };
      if (!ADDRESS.test(probe.to)) return { kind: 'local-error', code: 'EINVAL' };
      const until = AbortSignal.any([signal, ended.signal]);
      setMaxListeners(0, until);
      return asker.ask(probe, until, onTurn);
    },
    watch: () => () => undefined,
    close() {
      ended.abort();
      for (const tool of tools) tool.close();
    },
  };
}
