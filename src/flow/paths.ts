import { edgesOf, edgesOfNode, type FlowEdge } from './edges-of.ts';
import type { Flow } from './flow.ts';
import { nodeOf } from './node-of.ts';

/** A whole way from the start to a conclusion, edge by edge; the last edge concludes. */
export type FlowPath = readonly FlowEdge[];

/**
 * Whole ways through the flow that together take every edge at least once: for each edge the shortest way to it, the
 * edge, and a way on from there, over edges not taken yet where there are any. Where ways join, going on is listed
 * once and not once for each way in, so that the number of ways is at most that of the edges.
 */
export function pathsOf(flow: Flow): readonly FlowPath[] {
  const to = shortestWaysTo(flow);
  const taken = new Set<string>();
  const paths: FlowPath[] = [];
  for (const edge of edgesOf(flow)) {
    if (taken.has(keyOf(edge))) continue;
    const path = [...(to.get(edge.node) ?? []), edge, ...wayOn(flow, edge, taken)];
    for (const step of path) taken.add(keyOf(step));
    paths.push(path);
  }
  return paths;
}

function shortestWaysTo(flow: Flow): ReadonlyMap<string, FlowPath> {
  const ways = new Map<string, FlowPath>([[flow.start, []]]);
  // A map may grow while it is walked, in order of insertion: breadth first.
  for (const [node, way] of ways) {
    for (const step of edgesOfNode(nodeOf(flow, node))) {
      if (step.edge.kind === 'go' && !ways.has(step.edge.to)) ways.set(step.edge.to, [...way, step]);
    }
  }
  return ways;
}

/** From the end of an edge to a conclusion, by edges that no path has taken yet where there are any. */
function wayOn(flow: Flow, last: FlowEdge, taken: ReadonlySet<string>): FlowPath {
  const way: FlowEdge[] = [];
  for (let { edge } = last; edge.kind === 'go'; ) {
    const steps = edgesOfNode(nodeOf(flow, edge.to));
    const next = steps.find((step) => !taken.has(keyOf(step))) ?? steps[0];
    if (next === undefined) return way;
    way.push(next);
    edge = next.edge;
  }
  return way;
}

function keyOf({ node, outcome }: FlowEdge): string {
  return `${node} ${outcome}`;
}

/** A way as one line: `name=ok > port=open → port-open`. */
export function pathLine(path: FlowPath): string {
  const last = path.at(-1)?.edge;
  const steps = path.map(({ node, outcome }) => `${node}=${outcome}`).join(' > ');
  return last?.kind === 'conclude' ? `${steps} → ${last.code}` : steps;
}
