import { quoted } from '../quoted.ts';
import type { Problem } from './problem.ts';
import type { Sketch, SketchNode } from './sketch.ts';
import { itemsOf, type Tree, textOf, treeAt, valueSpan } from './tree.ts';

/** No outcome may be yes and no at once, and the choice where nobody answers must be one of the choices. */
export function checkAnswers(sketch: Sketch): readonly Problem[] {
  return [...sketch.nodes.values()].flatMap((node) => [...bothAnswers(node.tree), ...unknownChoice(node)]);
}

function bothAnswers(node: Tree): readonly Problem[] {
  const yes = new Set(itemsOf(treeAt(node, ['answers', 'yes'])).map(textOf));
  return itemsOf(treeAt(node, ['answers', 'no'])).flatMap((item) => {
    const outcome = textOf(item);
    if (outcome === null || !yes.has(outcome)) return [];
    const message = `the outcome ${quoted(outcome)} cannot be both yes and no`;
    return [{ code: 'outcome-in-both-answers', message, span: item.span }];
  });
}

function unknownChoice({ kind, unattended, edges, tree }: SketchNode): readonly Problem[] {
  if (kind !== 'ask' || unattended === null || edges.has(unattended)) return [];
  return [
    {
      code: 'unknown-choice',
      message: `there is no choice ${quoted(unattended)}`,
      span: valueSpan(tree, ['unattended']),
      meant: { word: unattended, candidates: edges.keys() },
    },
  ];
}
