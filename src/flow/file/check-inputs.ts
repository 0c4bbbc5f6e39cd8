import { quoted } from '../quoted.ts';
import type { Problem } from './problem.ts';
import type { Sketch, SketchNode } from './sketch.ts';
import { entriesOf, textOf, treeAt, valueSpan } from './tree.ts';

/** What a person gives with a choice is read by the probe `sockets`, and is never there where nobody is asked. */
export function checkInputs(sketch: Sketch): readonly Problem[] {
  return [...sketch.nodes.values()].flatMap((node) =>
    [...entriesOf(treeAt(node.tree, ['choices'])).keys()]
      .filter((choice) => treeAt(node.tree, ['choices', choice, 'input']) !== null)
      .flatMap((choice) => [...unread(sketch, node, choice), ...unattended(node, choice)]),
  );
}

function unread(sketch: Sketch, node: SketchNode, choice: string): readonly Problem[] {
  const edge = node.edges.get(choice);
  const next = edge?.to == null ? undefined : sketch.nodes.get(edge.to);
  // An edge to no node has been told already.
  if (edge === undefined || (edge.to !== null && next === undefined)) return [];
  if (next !== undefined && textOf(treeAt(next.tree, ['probe'])) === 'sockets') return [];
  const message = `what is given with ${quoted(choice)} is read by the probe sockets: the choice must lead to one`;
  return [{ code: 'input-unread', message, span: edge.span }];
}

function unattended({ unattended: chosen, tree }: SketchNode, choice: string): readonly Problem[] {
  if (chosen !== choice) return [];
  const message = `${quoted(choice)} needs what a person gives, and cannot be taken where nobody is asked`;
  return [{ code: 'input-unattended', message, span: valueSpan(tree, ['unattended']) }];
}
