import { OUTCOMES } from '../../domain/outcome.ts';
import type { Span } from './problem.ts';
import { isProbeName } from './sketch.ts';
import { entriesOf, itemsOf, type Tree, type TreeEntry, textOf, treeAt } from './tree.ts';

/** A conclusion of the flow's own as it is written, by its code. */
export type OwnDefinition = { readonly code: string; readonly name: Span; readonly tree: Tree };

export type WrittenOut = { readonly root: Tree; readonly definitions: readonly OwnDefinition[] };

/**
 * A flow of the user's own with its short forms written out, each part with the place of what stands for it: one
 * language for both, `rest` for the outcomes that are not named, the first node as the start, a choice that is only an
 * edge, and the code of a conclusion of its own in place of its definition.
 */
export function writtenOut(root: Tree): WrittenOut {
  const definitions: OwnDefinition[] = [];
  const nodes = treeAt(root, ['nodes']);
  const first = [...entriesOf(nodes)][0];
  const start = first && { key: first[1].key, value: scalar(first[0], first[1].key) };
  const whole = changed(root, {
    title: text,
    unmeasured: text,
    nodes: (tree) => everyEntry(tree, (node) => withoutDefinitions(nodeOf(node), definitions)),
    include: (tree) => withoutDefinitions(tree, definitions),
  });
  const isStartless = whole.kind === 'map' && !whole.entries.has('start') && start !== undefined;
  return {
    root: isStartless ? { ...whole, entries: new Map([...whole.entries, ['start', start]]) } : whole,
    definitions,
  };
}

function nodeOf(node: Tree): Tree {
  const told = changed(node, {
    question: text,
    ask: text,
    why: text,
    choices: (choices) => everyEntry(choices, choiceOf),
  });
  return withRest(told);
}

function choiceOf(choice: Tree, id: string, key: Span): Tree {
  const isEdge = choice.kind === 'scalar' || treeAt(choice, ['conclude']) !== null;
  const whole: Tree = isEdge
    ? { kind: 'map', span: choice.span, entries: new Map([['then', { key, value: choice }]]) }
    : choice;
  if (whole.kind !== 'map') return whole;
  const label = whole.entries.get('label') ?? { key, value: scalar(id, key) };
  return { ...whole, entries: new Map([...whole.entries, ['label', { ...label, value: text(label.value) }]]) };
}

/** Every outcome of the probe that `on` does not name leads where `rest` says. */
function withRest(node: Tree): Tree {
  const rest = entriesOf(node).get('rest');
  const probe = textOf(treeAt(node, ['probe']));
  if (node.kind !== 'map' || rest === undefined || probe === null || !isProbeName(probe)) return node;
  const on = node.entries.get('on') ?? { key: rest.key, value: { kind: 'map', span: rest.key, entries: new Map() } };
  const named = entriesOf(on.value);
  const others = OUTCOMES[probe].filter((outcome) => !named.has(outcome));
  const edges = new Map([...named, ...others.map((outcome) => [outcome, rest] as const)]);
  const entries = new Map<string, TreeEntry>(node.entries);
  entries.delete('rest');
  entries.set('on', { ...on, value: { kind: 'map', span: on.value.span, entries: edges } });
  return { ...node, entries };
}

function withoutDefinitions(tree: Tree, into: OwnDefinition[]): Tree {
  if (tree.kind !== 'map') return tree;
  const conclusion = tree.entries.get('conclude');
  if (conclusion?.value.kind === 'map') {
    const own = treeAt(conclusion.value, ['own']);
    const code = `own.${textOf(own) ?? ''}`;
    const name = own?.span ?? conclusion.key;
    if (!into.some((each) => each.name === name)) into.push({ code, name, tree: definitionOf(conclusion.value) });
    return { ...tree, entries: new Map([...tree.entries, ['conclude', { ...conclusion, value: scalar(code, name) }]]) };
  }
  return everyEntry(tree, (value) => withoutDefinitions(value, into));
}

function definitionOf(tree: Tree): Tree {
  return changed(tree, {
    title: text,
    summary: text,
    steps: (steps) => ({ kind: 'list', span: steps.span, items: itemsOf(steps).map(stepOf) }),
  });
}

function stepOf(step: Tree): Tree {
  if (textOf(step) === null) return changed(step, { title: text });
  return { kind: 'map', span: step.span, entries: new Map([['title', { key: step.span, value: text(step) }]]) };
}

/** One language stands for the other where that is missing. */
function text(tree: Tree): Tree {
  const entries = entriesOf(tree);
  const said = textOf(tree) === null ? (entries.get('en') ?? entries.get('ko')) : { key: tree.span, value: tree };
  if (said === undefined) return tree;
  return { kind: 'map', span: tree.span, entries: new Map([['en', said], ['ko', said], ...entries]) };
}

function changed(tree: Tree, changes: Readonly<Record<string, (value: Tree) => Tree>>): Tree {
  return everyEntry(tree, (value, key) => (Object.hasOwn(changes, key) ? (changes[key]?.(value) ?? value) : value));
}

function everyEntry(tree: Tree, change: (value: Tree, key: string, span: Span) => Tree): Tree {
  if (tree.kind !== 'map') return tree;
  const entries = [...tree.entries].map(
    ([name, { key, value }]) => [name, { key, value: change(value, name, key) }] as const,
  );
  return { ...tree, entries: new Map(entries) };
}

function scalar(value: string, span: Span): Tree {
  return { kind: 'scalar', value, span };
}
