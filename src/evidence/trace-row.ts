import type { Hop } from './trace.ts';

/** One hop of a table. `sent` is null while the trace runs; `rttsMs` are in the order of sending, null for one lost. */
export type TraceRow = Pick<Hop, 'ttl' | 'addresses' | 'error' | 'mpls'> & {
  readonly sent: number | null;
  readonly rttsMs: readonly (number | null)[];
};
