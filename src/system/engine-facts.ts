import type { Unavailable } from '../domain/evidence.ts';
import type { EngineFacts } from '../domain/machine-facts.ts';
import type { Clock } from '../domain/ports.ts';
import type { Probe, Prober } from '../domain/prober.ts';
import { tryConnecting, tryProber } from './loopback-trials.ts';
import { nativePackage } from './native-package.ts';
import { openRawProber } from './raw-prober.ts';

type Opening =
  | { readonly kind: 'open'; readonly prober: Prober }
  | { readonly kind: 'unavailable'; readonly unavailable: Unavailable };

type Rung = {
  readonly method: 'raw' | 'kernel' | 'system';
  readonly load: (() => Promise<unknown>) | null;
  readonly open: (clock: Clock) => Promise<Opening>;
};

const RUNGS: readonly Rung[] = [{ method: 'raw', load: () => import('raw-socket'), open: openRawProber }];

/** Opens every engine and asks each for an answer of this machine's loopback: only a socket tells what is permitted. */
export async function engineFacts(clock: Clock): Promise<readonly EngineFacts[]> {
  return Promise.all([...RUNGS.map((rung) => tryRung(rung, clock)), trySockets(clock)]);
}

async function tryRung({ method, load, open }: Rung, clock: Clock): Promise<EngineFacts> {
  const found = load === null ? null : await nativePackage(load);
  const opening = await open(clock);
  if (opening.kind === 'unavailable') {
    const { reason, hint } = opening.unavailable;
    return {
      method,
      package: found,
      refusal: { isPermission: reason === 'not-permitted', hint },
      lacks: [],
      trials: [],
    };
  }
  const { prober } = opening;
  const trials = await tryProber(prober);
  const lacks = Object.keys(prober.lacks) as readonly Probe['kind'][];
  prober.close();
  return { method, package: found, refusal: null, lacks, trials };
}

async function trySockets(clock: Clock): Promise<EngineFacts> {
  return { method: 'sockets', package: null, refusal: null, lacks: [], trials: await tryConnecting(clock) };
}
