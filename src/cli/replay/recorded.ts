import { DEFAULT_THRESHOLDS } from '../../domain/reading.ts';
import type { Step } from '../../domain/report.ts';
import type { Report } from '../../evidence/report/report.ts';
import type { Flow } from '../../flow/flow.ts';
import type { Recorded } from '../../session/replay/replay.ts';

/** What a saved report holds for a walk of the flow on it. */
export function recordedOf(report: Report, flow: Flow): Recorded {
  const { input, scheme, host, port, address } = report.target;
  return {
    startedAt: report.startedAt,
    durationMs: report.durationMs,
    context: {
      target: {
        input,
        scheme,
        host,
        literal: report.evidence.resolve?.status === 'literal' ? address : null,
        port,
      },
      address,
      families: [4, 6],
      thresholds: DEFAULT_THRESHOLDS,
      deadlineS: report.durationMs / 1000,
    },
    evidence: report.evidence,
    answers: new Map(report.steps.filter((step) => isGiven(step, flow)).map(({ id, outcome }) => [id, outcome])),
  };
}

/** Whether a person answered, and the flow still has that answer. */
function isGiven({ id, outcome, byHand }: Step, flow: Flow): boolean {
  const node = flow.nodes[id];
  if (node === undefined) return false;
  return node.kind === 'ask' || (byHand !== undefined && Object.hasOwn(node.on, outcome));
}

/** The report of a walk on what was recorded, with what the recorded one says of other vantages: those were not walked again. */
export function withComparison(worded: Report, { comparison }: Report): Report {
  return comparison === undefined ? worded : { ...worded, comparison };
}
