import type { Family, IpAddress } from '../domain/address.ts';
import type { Thresholds } from '../domain/reading.ts';
import type { Target } from '../domain/target.ts';

/** What a reading needs to know beside the evidence. */
export type Context = {
  readonly target: Target;
  /** The address that the walk is about; null while there is none. */
  readonly address: IpAddress | null;
  /** The families asked for (`-4`, `-6`). */
  readonly families: readonly Family[];
  readonly thresholds: Thresholds;
  /** How long the run may take; of one that is over, how long it took. */
  readonly deadlineS: number;
};
