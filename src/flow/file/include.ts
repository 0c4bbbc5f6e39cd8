import { quoted } from '../quoted.ts';
import { LARGEST_FLOW } from './largest-flow.ts';
import { type PlacedPart, placePart, unusedPart } from './place-part.ts';
import type { Problem, Span } from './problem.ts';
import { readYaml } from './read-yaml.ts';
import { partSchema } from './schema.ts';
import { shapeOf } from './shape.ts';
import { reachedFrom, sketchOf } from './sketch.ts';
import {
  entriesOf,
  keySpan,
  shifted,
  shiftedSpan,
  type Tree,
  type TreeEntry,
  textOf,
  treeAt,
  valueSpan,
} from './tree.ts';

/** A text of a flow: its own file, or that of a part. All spans count through the texts in their order, from `base` on. */
export type SourceText = { readonly file: string; readonly text: string; readonly base: number };

/** Reads the file of a part, or of that name where there is none: null. */
export type ReadPart = (name: string) => { readonly file: string; readonly text: string } | null;

export type Included = {
  /** The flow with the nodes of its parts among its own. */
  readonly root: Tree;
  /** The flow's own text first. */
  readonly sources: readonly SourceText[];
  readonly problems: readonly Problem[];
};

/**
 * Puts the nodes of the included parts into a flow: those that a way leads to, the others stay out. An edge of a part
 * that concludes a code named under `instead` leads where that says, and one named under `on` where that says; an edge
 * to a node that the part does not have, or that stands under `own`, leads to one of the flow's own.
 */
export function withParts(root: Tree, own: SourceText, readPart: ReadPart): Included {
  const includes = entriesOf(treeAt(root, ['include']));
  const sources: SourceText[] = [own];
  const problems: Problem[] = [];
  const nodes = new Map(entriesOf(treeAt(root, ['nodes'])));
  const parts: PlacedPart[] = [];
  for (const [name, { key, value }] of includes) {
    const last = sources[sources.length - 1] ?? own;
    const part = partOf(name, key, last.base + last.text.length, readPart);
    if (part.source !== null) sources.push(part.source);
    problems.push(...part.problems);
    if (part.tree !== null) parts.push(placePart({ name, key, tree: part.tree }, value, nodes));
  }
  if (includes.size === 0) return { root, sources, problems };
  problems.push(...parts.flatMap((part) => part.problems));
  const reached = reachedFrom(sketchOf(withNodes(root, nodes)));
  // Without a start nothing is reached, and only the start is wrong.
  if (reached.size > 0) {
    problems.push(...parts.flatMap((part) => unusedPart(part, reached)));
    for (const id of parts.flatMap(({ ids }) => ids)) if (!reached.has(id)) nodes.delete(id);
  }
  return { root: withNodes(root, nodes), sources, problems };
}

type Part = {
  readonly tree: Tree | null;
  readonly source: SourceText | null;
  readonly problems: readonly Problem[];
};

function partOf(name: string, key: Span, base: number, readPart: ReadPart): Part {
  const found = readPart(name);
  if (found === null) {
    const message = `there is no part ${quoted(name)}: looked for parts/${name}.yaml beside the flow and among those that netwhy brings`;
    return { tree: null, source: null, problems: [{ code: 'unknown-part', message, span: key }] };
  }
  const source = { ...found, base };
  if (found.text.length > LARGEST_FLOW) {
    const problem = {
      code: 'too-large',
      message: 'a part has at most 1 MiB',
      span: { start: base, end: base + 1 },
    } as const;
    return { tree: null, source, problems: [problem] };
  }
  const { tree, problems } = readYaml(found.text);
  const moved = problems.map((problem) => ({ ...problem, span: shiftedSpan(problem.span, base) }));
  if (tree === null) return { tree: null, source, problems: moved };
  const there = shifted(tree, base);
  return {
    tree: there,
    source,
    problems: [...moved, ...shapeOf(partSchema, there, []).problems, ...misnamed(there, name)],
  };
}

function misnamed(part: Tree, wanted: string): readonly Problem[] {
  const name = textOf(treeAt(part, ['part']));
  if (name === null || name === wanted) return [];
  const message = `the part is named ${quoted(name)} and its file ${quoted(wanted)}`;
  return [{ code: 'name-mismatch', message, span: valueSpan(part, ['part']) }];
}

function withNodes(root: Tree, nodes: ReadonlyMap<string, TreeEntry>): Tree {
  if (root.kind !== 'map') return root;
  const key = root.entries.get('nodes')?.key ?? keySpan(root, ['include']);
  const value: Tree = { kind: 'map', entries: nodes, span: valueSpan(root, ['nodes']) };
  return { ...root, entries: new Map([...root.entries, ['nodes', { key, value }]]) };
}
