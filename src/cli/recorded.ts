import { DEFAULT_THRESHOLDS } from '../domain/reading.ts';
import type { Report } from '../domain/report.ts';
import type { Flow } from '../flow/flow.ts';
import type { Recorded } from '../session/replay.ts';

/** What a saved report holds for a walk of the flow on it. */
export function recordedOf(report: Report, flow: Flow): Recorded {
  const { input, scheme, host, port, address } = report.target;
  const asked = new Set(Object.values(flow.nodes).flatMap((node) => (node.kind === 'ask' ? [node.id] : [])));
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
    answers: new Map(report.steps.filter(({ id }) => asked.has(id)).map(({ id, outcome }) => [id, outcome])),
  };
}
