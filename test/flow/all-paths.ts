import { edgesOfNode } from '../../src/flow/edges-of.ts';
import type { Flow } from '../../src/flow/flow.ts';
import { nodeOf } from '../../src/flow/node-of.ts';
import type { FlowPath } from '../../src/flow/paths.ts';

/** Every way through the flow, lazily: where ways join their number multiplies. */
export function* allPathsOf(flow: Flow): Generator<FlowPath, void> {
  yield* waysFrom(flow, flow.start, []);
}

function* waysFrom(flow: Flow, node: string, before: FlowPath): Generator<FlowPath, void> {
  for (const step of edgesOfNode(nodeOf(flow, node))) {
    const path = [...before, step];
    if (step.edge.kind === 'conclude') yield path;
    else yield* waysFrom(flow, step.edge.to, path);
  }
}

/** In how many ways the flow can be walked, counted without walking them. */
export function countPaths(flow: Flow): number {
  const known = new Map<string, number>();
  const countFrom = (node: string): number => {
    const found = known.get(node);
    if (found !== undefined) return found;
    const count = edgesOfNode(nodeOf(flow, node)).reduce(
      (sum, { edge }) => sum + (edge.kind === 'conclude' ? 1 : countFrom(edge.to)),
      0,
    );
    known.set(node, count);
    return count;
  };
  return countFrom(flow.start);
}
