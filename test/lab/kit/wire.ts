import { bundleOf } from './bundle.ts';
import { startChild } from './child.ts';
import type { Namespace } from './namespaces.ts';

/** What one direction of a wire does. Chances are in percent and drawn from a seed, so a run can be repeated. */
export type Direction = {
  readonly delayMs?: number;
  /** Added to the delay, evenly spread from zero to this. */
  readonly jitterMs?: number;
  readonly lossPercent?: number;
  /** Loses every n-th packet: loss without chance. */
  readonly loseEvery?: number;
  readonly duplicatePercent?: number;
};

/** Loss and duplicates strike echoes only by default, so that a fault is the one that is meant. Delay strikes all. */
export type WireSpec = {
  readonly toServer?: Direction;
  readonly toClient?: Direction;
  readonly strikes?: 'echo' | 'ip';
  readonly seed?: number;
};

/** Joins the two interfaces of a wire's namespace (`near` and `far`) in user space, as this kernel may have no netem. */
export async function startWire(namespace: Namespace, spec: WireSpec): Promise<void> {
  await startChild(namespace, bundleOf('wire'), spec);
}
