import { LARGEST_FLOW } from './largest-flow.ts';
import type { Problem, Span } from './problem.ts';
import { quoted } from './quoted.ts';
import { readYaml } from './read-yaml.ts';
import { partSchema } from './schema.ts';
import { shapeOf } from './shape.ts';
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
 * Puts the nodes of the included parts into a flow. An edge of a part that concludes a code named under `instead` leads
 * where that says; an edge to a node that the part does not have leads to one of the flow's own.
 */
export function withParts(root: Tree, own: SourceText, readPart: ReadPart): Included {
  const includes = entriesOf(treeAt(root, ['include']));
  const sources: SourceText[] = [own];
  const problems: Problem[] = [];
  const nodes = new Map(entriesOf(treeAt(root, ['nodes'])));
  for (const [name, { key, value }] of includes) {
    const last = sources[sources.length - 1] ?? own;
    const part = partOf(name, key, last.base + last.text.length, readPart);
    if (part.source !== null) sources.push(part.source);
    problems.push(...part.problems);
    if (part.tree === null) continue;
    const instead = entriesOf(treeAt(value, ['instead']));
    problems.push(...unusedInstead(part.tree, instead));
    for (const [id, entry] of entriesOf(treeAt(part.tree, ['nodes']))) {
      if (nodes.has(id)) problems.push(twice(id, entry.key));
      else nodes.set(id, { ...entry, value: redirected(entry.value, instead) });
    }
  }
  return { root: includes.size === 0 ? root : withNodes(root, nodes), sources, problems };
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

function twice(id: string, span: Span): Problem {
  return { code: 'duplicate-key', message: `the node ${quoted(id)} is in the flow, or in another part, as well`, span };
}

/** What is to happen instead of a conclusion that the part never comes to is a mistake, a misspelt code for instance. */
function unusedInstead(part: Tree, instead: ReadonlyMap<string, TreeEntry>): readonly Problem[] {
  const concluded = new Set<string>();
  collectConclusions(part, concluded);
  return [...instead]
    .filter(([code]) => !concluded.has(code))
    .map(([code, { key }]) => ({
      code: 'unused-instead',
      message: `no edge of the part concludes ${quoted(code)}`,
      span: key,
      meant: { word: code, candidates: concluded },
    }));
}

function collectConclusions(tree: Tree, into: Set<string>): void {
  const code = textOf(treeAt(tree, ['conclude']));
  if (code !== null) into.add(code);
  for (const { value } of entriesOf(tree).values()) collectConclusions(value, into);
}

/** The node with every edge that concludes a code of `instead` put in its place. */
function redirected(tree: Tree, instead: ReadonlyMap<string, TreeEntry>): Tree {
  if (tree.kind !== 'map' || instead.size === 0) return tree;
  const code = textOf(treeAt(tree, ['conclude']));
  const other = code === null ? undefined : instead.get(code);
  if (other !== undefined) return other.value;
  const entries = [...tree.entries].map(
    ([key, entry]) => [key, { ...entry, value: redirected(entry.value, instead) }] as const,
  );
  return { ...tree, entries: new Map(entries) };
}

function withNodes(root: Tree, nodes: ReadonlyMap<string, TreeEntry>): Tree {
  if (root.kind !== 'map') return root;
  const key = root.entries.get('nodes')?.key ?? keySpan(root, ['include']);
  const value: Tree = { kind: 'map', entries: nodes, span: valueSpan(root, ['nodes']) };
  return { ...root, entries: new Map([...root.entries, ['nodes', { key, value }]]) };
}
