import type { Ability, CapabilityState, Cause, Examined, Grant } from '../../domain/doctor.ts';
import type { MachineFacts } from '../../domain/machine-facts.ts';

export type Judged = {
  readonly state: CapabilityState;
  readonly cause: Cause;
  readonly detail: string;
  /** What it does here, in the state that it is in. */
  readonly gives: readonly Ability[];
  readonly grants: readonly Grant[];
};

/** One thing that a machine may have or lack. To add one: a row, its facts, its words. */
export type Capability = Pick<Examined, 'id' | 'group'> & {
  /** What it does where nothing is missing. */
  readonly brings: readonly Ability[];
  /** null: it does not exist on this platform. */
  readonly judge: (facts: MachineFacts) => Judged | null;
};
