import { OUTCOMES, type ProbeName } from '../../domain/outcome.ts';
import type { Span } from './problem.ts';
import { entriesOf, type Tree, textOf } from './tree.ts';

/** An edge as it is written, whether it leads anywhere or not. */
export type SketchEdge = {
  readonly answer: string;
  readonly to: string | null;
  readonly code: string | null;
  readonly span: Span;
};

export type SketchNode = {
  readonly id: string;
  readonly key: Span;
  readonly kind: 'probe' | 'ask' | 'neither';
  /** What the node can be answered; null where that cannot be told. */
  readonly answers: readonly string[] | null;
  readonly edges: ReadonlyMap<string, SketchEdge>;
  readonly unattended: string | null;
  readonly tree: Tree;
};

/** What can be told of a flow's shape, however much is wrong with it: so that all that is wrong is told at once. */
export type Sketch = {
  readonly start: string | null;
  readonly nodes: ReadonlyMap<string, SketchNode>;
};

/** Reads the sketch of a flow off a file. Never fails. */
export function sketchOf(root: Tree): Sketch {
  const nodes = new Map<string, SketchNode>();
  for (const [id, { key, value }] of entriesOf(entriesOf(root).get('nodes')?.value)) {
    nodes.set(id, sketchNode(id, key, value));
  }
  return { start: textOf(entriesOf(root).get('start')?.value), nodes };
}

/** The nodes that some way from the start comes to; none where the start is no node. */
export function reachedFrom({ start, nodes }: Sketch): ReadonlySet<string> {
  const reached = new Set(start !== null && nodes.has(start) ? [start] : []);
  for (const id of reached) {
    for (const { to } of nodes.get(id)?.edges.values() ?? []) if (to !== null) reached.add(to);
  }
  return reached;
}

function sketchNode(id: string, key: Span, tree: Tree): SketchNode {
  const fields = entriesOf(tree);
  const kind = kindOf(fields);
  const edges = new Map<string, SketchEdge>();
  if (kind === 'ask') {
    for (const [answer, { key: at, value }] of entriesOf(fields.get('choices')?.value)) {
      edges.set(answer, sketchEdge(answer, entriesOf(value).get('then')?.value, at));
    }
  } else {
    for (const [answer, { key: at, value }] of entriesOf(fields.get('on')?.value)) {
      edges.set(answer, sketchEdge(answer, value, at));
    }
  }
  const probe = textOf(fields.get('probe')?.value);
  const answers = kind === 'ask' ? [...edges.keys()] : outcomesOf(probe);
  return { id, key, kind, answers, edges, unattended: textOf(fields.get('unattended')?.value), tree };
}

function kindOf(fields: ReadonlyMap<string, unknown>): SketchNode['kind'] {
  if (fields.has('probe') || fields.has('question') || fields.has('on')) return 'probe';
  return fields.has('ask') || fields.has('choices') ? 'ask' : 'neither';
}

/** The outcomes of a probe; null where there is no such probe. */
function outcomesOf(probe: string | null): readonly string[] | null {
  return probe !== null && isProbeName(probe) ? OUTCOMES[probe] : null;
}

export function isProbeName(text: string): text is ProbeName {
  return Object.hasOwn(OUTCOMES, text);
}

function sketchEdge(answer: string, tree: Tree | undefined, at: Span): SketchEdge {
  const conclusion = entriesOf(tree).get('conclude')?.value;
  return { answer, to: textOf(tree), code: textOf(conclusion), span: tree?.span ?? at };
}
