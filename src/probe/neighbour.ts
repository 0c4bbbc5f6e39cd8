import { copiedCommands } from '../domain/command-line.ts';
import type { NeighbourState } from '../domain/evidence.ts';
import type { Clock, Machine } from '../domain/ports.ts';
import { roundMs } from '../domain/statistics.ts';
import { neighbourCommand, type RouteEvidence } from '../evidence/route.ts';

export type NeighbourOptions = {
  readonly route: RouteEvidence;
  /** How long the entry may take to settle. An absent neighbour takes 3 s from incomplete, 8 s from stale. */
  readonly settleMs: number;
};

const POLL_MS = 50;
/** After the first moments nothing changes that fast, and reading the table costs a process. */
const SLOW_POLL_MS = 100;
const FAST_FOR_MS = 500;
/** Three solicitations take 3.1 s; an entry that is incomplete for longer has failed unseen, between two packets. */
const HOPELESS_MS = 4000;

/**
 * Watches the entry of the next hop until the kernel has made up its mind. Reads only: an entry moves because somebody
 * sends to it, so the caller has sent before and goes on sending. `failed` ends the watch at once, because the next
 * packet makes it incomplete again. Returns the route with the last state; an abort leaves the state read last.
 */
export async function neighbour(
  options: NeighbourOptions,
  ports: { readonly machine: Machine; readonly clock: Clock },
  signal: AbortSignal,
): Promise<RouteEvidence> {
  const { route, settleMs } = options;
  const { machine, clock } = ports;
  const nextHop = route.gateway ?? route.to;
  const interfaceName = route.interface;
  if (route.status !== 'ok' || interfaceName === null) return route;
  const startedMs = clock.nowMs();
  // A link without link-layer addresses has no neighbour that could be found.
  if (route.link?.hasNeighbours === false) return route;
  let state = route.neighbour;
  let incompleteSinceMs: number | null = null;
  for (;;) {
    const seen = await machine.neighbour(nextHop, interfaceName, signal);
    const elapsedMs = clock.nowMs() - startedMs;
    if (!signal.aborted) state = seen;
    incompleteSinceMs = seen === 'incomplete' ? (incompleteSinceMs ?? elapsedMs) : null;
    const hopeless = incompleteSinceMs !== null && elapsedMs - incompleteSinceMs >= HOPELESS_MS;
    if (signal.aborted || isSettled(seen) || hopeless || elapsedMs >= settleMs) break;
    await clock.sleep(elapsedMs < FAST_FOR_MS ? POLL_MS : SLOW_POLL_MS, signal);
  }
  return {
    ...route,
    durationMs: roundMs(route.durationMs + clock.nowMs() - startedMs),
    equivalent: copiedCommands(route.equivalent, neighbourCommand(nextHop, interfaceName)),
    neighbour: state,
  };
}

function isSettled(state: NeighbourState | null): boolean {
  switch (state) {
    case null:
    case 'reachable':
    case 'permanent':
    case 'noarp':
    case 'failed':
      return true;
    case 'stale':
    case 'delay':
    case 'probe':
    case 'incomplete':
    case 'none':
      return false;
  }
}
