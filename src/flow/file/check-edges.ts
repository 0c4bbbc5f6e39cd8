import { quoted } from '../quoted.ts';
import type { Problem } from './problem.ts';
import { reachedFrom, type Sketch, type SketchEdge } from './sketch.ts';
import { type Tree, valueSpan } from './tree.ts';

/** Every edge must lead to a node, every node must be on a way, and no way may come back. */
export function checkEdges(sketch: Sketch, root: Tree): readonly Problem[] {
  return [...unknownNodes(sketch, root), ...unreachableNodes(sketch), ...cycles(sketch)];
}

function unknownNodes({ start, nodes }: Sketch, root: Tree): readonly Problem[] {
  const edges = [...nodes.values()].flatMap((node) => [...node.edges.values()]);
  const named = edges.flatMap(({ to, span }) => (to === null ? [] : [{ to, span }]));
  const first = start === null ? [] : [{ to: start, span: valueSpan(root, ['start']) }];
  return [...first, ...named]
    .filter(({ to }) => !nodes.has(to))
    .map(({ to, span }) => ({
      code: 'unknown-node',
      message: `there is no node ${quoted(to)}`,
      span,
      meant: { word: to, candidates: nodes.keys() },
    }));
}

function unreachableNodes(sketch: Sketch): readonly Problem[] {
  const reached = reachedFrom(sketch);
  // Without a start every node would be called unreachable, and only the start is wrong.
  if (reached.size === 0) return [];
  return [...sketch.nodes.values()]
    .filter(({ id }) => !reached.has(id))
    .map(({ id, key }) => ({ code: 'unreachable-node', message: `no way leads to the node ${quoted(id)}`, span: key }));
}

/** One problem for each edge that closes a cycle. Iterative: a file may be a chain of any length. */
function cycles({ nodes }: Sketch): readonly Problem[] {
  const problems: Problem[] = [];
  const finished = new Set<string>();
  for (const root of nodes.keys()) {
    const way: { readonly id: string; readonly edges: Iterator<SketchEdge> }[] = [];
    const onWay = new Set<string>();
    const enter = (id: string): void => {
      way.push({ id, edges: (nodes.get(id)?.edges ?? new Map<string, SketchEdge>()).values() });
      onWay.add(id);
    };
    if (!finished.has(root)) enter(root);
    for (let last = way.at(-1); last !== undefined; last = way.at(-1)) {
      const { done, value: edge } = last.edges.next();
      if (done) {
        way.pop();
        onWay.delete(last.id);
        finished.add(last.id);
      } else if (edge.to !== null && onWay.has(edge.to)) {
        const loop = way.slice(way.findIndex(({ id }) => id === edge.to)).map(({ id }) => id);
        problems.push({ code: 'cycle', message: cycleMessage([...loop, edge.to]), span: edge.span });
      } else if (edge.to !== null && !finished.has(edge.to)) enter(edge.to);
    }
  }
  return problems;
}

const LONGEST_LOOP_SHOWN = 8;

function cycleMessage(loop: readonly string[]): string {
  const shown =
    loop.length > LONGEST_LOOP_SHOWN ? [...loop.slice(0, LONGEST_LOOP_SHOWN - 1), '…', ...loop.slice(-1)] : loop;
  return `this comes back to where it was: ${shown.join(' → ')}`;
}
