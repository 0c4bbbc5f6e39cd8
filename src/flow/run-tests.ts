import type { ConclusionCode } from '../domain/finding-code.ts';
import type { Flow, FlowTest } from './flow.ts';
import { nodeOf } from './node-of.ts';
import { step } from './step.ts';

/** One step of a replayed test. */
type TestStep = { readonly node: string; readonly answer: string };

/** `actual` is null where the walk came to a node (`stoppedAt`) for which the test records nothing. */
export type FlowTestResult = {
  readonly name: string;
  readonly passed: boolean;
  readonly expected: ConclusionCode;
  readonly actual: ConclusionCode | null;
  readonly stoppedAt: string | null;
  readonly path: readonly TestStep[];
};

/** Replays each recorded walk that the flow carries through `step`. An ask without a recorded choice takes `unattended`. */
export function runFlowTests(flow: Flow): readonly FlowTestResult[] {
  return flow.tests.map((test) => runFlowTest(flow, test));
}

function runFlowTest(flow: Flow, test: FlowTest): FlowTestResult {
  const path: TestStep[] = [];
  const base = { name: test.name, expected: test.conclude, path };
  let node = flow.start;
  // A loaded flow has no cycle, so each step brings the end nearer.
  for (;;) {
    const answer = recordedAnswer(flow, node, test);
    if (answer === null) return { ...base, passed: false, actual: null, stoppedAt: node };
    path.push({ node, answer });
    const edge = step(flow, node, answer);
    if (edge.kind === 'conclude') {
      return { ...base, passed: edge.code === test.conclude, actual: edge.code, stoppedAt: null };
    }
    node = edge.to;
  }
}

function recordedAnswer(flow: Flow, id: string, { outcomes }: FlowTest): string | null {
  if (Object.hasOwn(outcomes, id)) return outcomes[id] ?? null;
  const node = nodeOf(flow, id);
  return node.kind === 'ask' ? node.unattended : null;
}
