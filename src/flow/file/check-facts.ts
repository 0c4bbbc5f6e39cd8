import { FACT_NAMES } from '../../domain/fact.ts';
import { quoted } from '../quoted.ts';
import type { Problem } from './problem.ts';
import type { Sketch } from './sketch.ts';
import { entriesOf, type Tree, textOf, treeAt } from './tree.ts';

const FACTS: ReadonlySet<string> = new Set(FACT_NAMES);
const IN_BRACES = /\{([^{}]*)\}/gu;

/** A question, its reason and a choice may name facts in braces; the title may not, as nothing is known yet. */
export function checkFacts(sketch: Sketch, root: Tree, file: string): readonly Problem[] {
  const ofNodes = [...sketch.nodes.values()].flatMap(({ tree }) => [
    ...['question', 'ask', 'why'].map((field) => treeAt(tree, [field])),
    treeAt(tree, ['label']),
    ...[...entriesOf(treeAt(tree, ['choices'])).values()].map(({ value }) => treeAt(value, ['label'])),
  ]);
  return [
    ...languagesOf(treeAt(root, ['title'])).flatMap((text) => unknownFacts(text, [], file)),
    ...ofNodes.flatMap(languagesOf).flatMap((text) => unknownFacts(text, FACTS, file)),
  ];
}

function languagesOf(text: Tree | null): readonly Tree[] {
  return [...entriesOf(text).values()].map(({ value }) => value);
}

/** The names in braces that are no facts; `known`: those that may be named, null for all facts. */
export function unknownFacts(tree: Tree, known: Iterable<string> | null, file: string): readonly Problem[] {
  const facts = new Set(known ?? FACTS);
  return [...(textOf(tree) ?? '').matchAll(IN_BRACES)].flatMap(([braces, name = '']) => {
    if (facts.has(name)) return [];
    // An escape or a folded line can hide the name from a search; then the text as a whole is pointed at.
    const found = file.slice(tree.span.start, tree.span.end).indexOf(braces);
    const start = tree.span.start + Math.max(0, found);
    const message =
      facts.size === 0 ? `a title can name no fact, and has ${quoted(braces)}` : `there is no fact ${quoted(braces)}`;
    return [
      {
        code: 'unknown-fact',
        message,
        span: { start, end: found === -1 ? tree.span.end : start + braces.length },
        meant: { word: name, candidates: facts },
      },
    ];
  });
}
