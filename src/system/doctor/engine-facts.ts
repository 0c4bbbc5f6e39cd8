import type { EngineFacts } from '../../domain/machine-facts.ts';
import type { Clock } from '../../domain/ports.ts';
import type { ProbeAbility } from '../../domain/prober.ts';
import { openEngine } from '../engine/ladder.ts';
import { nativePackage } from '../process/native-package.ts';
import { tryConnecting, tryProber } from './loopback-trials.ts';

type Rung = {
  readonly method: 'raw' | 'kernel' | 'system';
  readonly load: (() => Promise<unknown>) | null;
};

const RUNGS: readonly Rung[] = [
  { method: 'raw', load: () => import('raw-socket') },
  { method: 'kernel', load: () => import('koffi') },
  { method: 'system', load: null },
];

/** Opens every engine and asks each for an answer of this machine's loopback: only a socket tells what is permitted. */
export async function engineFacts(clock: Clock): Promise<readonly EngineFacts[]> {
  const engines: EngineFacts[] = [];
  // One after the other: loading one would be counted with the answers of another.
  for (const rung of RUNGS) engines.push(await tryRung(rung, clock));
  return [...engines, await trySockets(clock)];
}

async function tryRung({ method, load }: Rung, clock: Clock): Promise<EngineFacts> {
  const found = load === null ? null : await nativePackage(load);
  const opening = await openEngine(method, clock);
  if (opening.kind === 'unavailable') {
    const { reason, obstacles } = opening.unavailable;
    return {
      method,
      package: found,
      refusal: {
        isPermission: reason === 'not-permitted',
        said: obstacles.find(({ said }) => said !== undefined)?.said ?? null,
      },
      lacks: [],
      trials: [],
    };
  }
  const { prober } = opening;
  const trials = await tryProber(prober);
  const lacks = Object.keys(prober.lacks) as readonly ProbeAbility[];
  prober.close();
  return { method, package: found, refusal: null, lacks, trials };
}

async function trySockets(clock: Clock): Promise<EngineFacts> {
  return { method: 'sockets', package: null, refusal: null, lacks: [], trials: await tryConnecting(clock) };
}
