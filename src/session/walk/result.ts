import type { Context } from '../../analysis/context.ts';
import type { ConclusionCode } from '../../domain/finding-code.ts';
import type { Step } from '../../domain/report.ts';
import type { Evidence } from '../../evidence/kinds.ts';

/** How a walk ended. `unfinished`: the deadline or the user came before the evidence did. */
export type Ending =
  | { readonly kind: 'concluded'; readonly code: ConclusionCode; readonly toldByPerson: boolean }
  | { readonly kind: 'unfinished' };

/** A session that is over. Everything that the report says is derived from it. */
export type SessionResult = {
  readonly flow: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly context: Context;
  readonly steps: readonly Step[];
  readonly evidence: Evidence;
  readonly ending: Ending;
};
