import { quoted } from '../quoted.ts';
import type { Problem, Span } from './problem.ts';
import { entriesOf, itemsOf, type Tree, type TreeEntry, textOf, treeAt } from './tree.ts';

/** A part as its file has it, and where the flow includes it. */
type Part = { readonly name: string; readonly key: Span; readonly tree: Tree };

/** A part whose nodes were put into a flow: their ids, and the edges that the flow names for them. */
export type PlacedPart = {
  readonly name: string;
  readonly key: Span;
  readonly ids: readonly string[];
  readonly on: ReadonlyMap<string, TreeEntry>;
  readonly problems: readonly Problem[];
};

/** Puts the nodes of a part among `nodes`, as the flow's entry for it (`include`) says. */
export function placePart({ name, key, tree }: Part, include: Tree, nodes: Map<string, TreeEntry>): PlacedPart {
  const instead = entriesOf(treeAt(include, ['instead']));
  const on = entriesOf(treeAt(include, ['on']));
  const ofPart = entriesOf(treeAt(tree, ['nodes']));
  const own = itemsOf(treeAt(include, ['own']));
  const problems = [...unusedInstead(tree, instead), ...unknownNodes(on, ofPart), ...notOwn(own, nodes, ofPart)];
  const ownIds = new Set(own.map(textOf));
  const ids: string[] = [];
  for (const [id, entry] of ofPart) {
    if (ownIds.has(id)) continue;
    if (nodes.has(id)) problems.push(twice(id, entry.key));
    else {
      ids.push(id);
      nodes.set(id, { ...entry, value: withEdges(redirected(entry.value, instead), on.get(id)?.value) });
    }
  }
  return { name, key, ids, on, problems };
}

/** What is wrong with a part of which nothing is used, or with edges for one of its nodes that is not. */
export function unusedPart({ name, key, ids, on }: PlacedPart, reached: ReadonlySet<string>): readonly Problem[] {
  if (ids.length > 0 && !ids.some((id) => reached.has(id))) {
    return [{ code: 'unreachable-node', message: `no way leads into the part ${quoted(name)}`, span: key }];
  }
  return [...on]
    .filter(([id]) => ids.includes(id) && !reached.has(id))
    .map(([id, entry]) => ({
      code: 'unreachable-node',
      message: `no way leads to the node ${quoted(id)}`,
      span: entry.key,
    }));
}

function unknownNodes(on: ReadonlyMap<string, TreeEntry>, ofPart: ReadonlyMap<string, TreeEntry>): readonly Problem[] {
  return [...on]
    .filter(([id]) => !ofPart.has(id))
    .map(([id, { key }]) => ({
      code: 'unknown-node',
      message: `the part has no node ${quoted(id)}`,
      span: key,
      meant: { word: id, candidates: ofPart.keys() },
    }));
}

/** The node with these edges in place of its own, or beside them. */
function withEdges(node: Tree, edges: Tree | undefined): Tree {
  const on = entriesOf(node).get('on');
  if (edges?.kind !== 'map' || node.kind !== 'map' || on?.value.kind !== 'map') return node;
  const value: Tree = { ...on.value, entries: new Map([...on.value.entries, ...edges.entries]) };
  return { ...node, entries: new Map([...node.entries, ['on', { ...on, value }]]) };
}

function twice(id: string, span: Span): Problem {
  const message = `the node ${quoted(id)} is in the flow, or in another part, as well; \`own: [${id}]\` keeps the flow's`;
  return { code: 'duplicate-key', message, span };
}

function notOwn(
  own: readonly Tree[],
  nodes: ReadonlyMap<string, TreeEntry>,
  ofPart: ReadonlyMap<string, TreeEntry>,
): readonly Problem[] {
  const both = [...ofPart.keys()].filter((id) => nodes.has(id));
  return own.flatMap((item) => {
    const id = textOf(item);
    if (id === null || both.includes(id)) return [];
    const message = `${quoted(id)} is not a node that the flow and the part both have`;
    return [{ code: 'unknown-node', message, span: item.span, meant: { word: id, candidates: both } }];
  });
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
