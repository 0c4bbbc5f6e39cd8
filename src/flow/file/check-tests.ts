import { quoted } from '../quoted.ts';
import { walkAlong } from '../walk-along.ts';
import type { Problem } from './problem.ts';
import type { Sketch } from './sketch.ts';
import { entriesOf, keySpan, type Tree, textOf, treeAt, valueSpan } from './tree.ts';

/** The tests of a flow must speak of its nodes and their answers. */
export function checkTestNames(sketch: Sketch, root: Tree): readonly Problem[] {
  return testsOf(root).flatMap((test) =>
    [...entriesOf(treeAt(test, ['outcomes']))].flatMap(([id, { key, value }]): readonly Problem[] => {
      const node = sketch.nodes.get(id);
      if (node === undefined) {
        const meant = { word: id, candidates: sketch.nodes.keys() };
        return [{ code: 'test-unknown-node', message: `there is no node ${quoted(id)}`, span: key, meant }];
      }
      const answer = textOf(value);
      if (answer === null || node.answers === null || node.answers.includes(answer)) return [];
      const message = `the node ${quoted(id)} has no answer ${quoted(answer)}`;
      const meant = { word: answer, candidates: node.answers };
      return [{ code: 'test-unknown-outcome', message, span: value.span, meant }];
    }),
  );
}

/** Each test must end on what it says, by the nodes that it records and no others. */
export function checkTestWalks(sketch: Sketch, root: Tree): readonly Problem[] {
  const { start } = sketch;
  return start === null ? [] : testsOf(root).flatMap((test) => walkProblems(sketch, start, test));
}

function walkProblems(sketch: Sketch, start: string, test: Tree): readonly Problem[] {
  const outcomes = entriesOf(treeAt(test, ['outcomes']));
  const recorded = (id: string): string | null =>
    outcomes.has(id) ? textOf(outcomes.get(id)?.value) : (sketch.nodes.get(id)?.unattended ?? null);
  const walk = walkAlong(start, recorded, (id, answer) => sketch.nodes.get(id)?.edges.get(answer) ?? null);
  const wanted = textOf(treeAt(test, ['conclude']));
  // What leads nowhere has been told where it is written.
  if (walk.kind === 'lost' || wanted === null) return [];
  if (walk.kind === 'unanswered') {
    const id = walk.visited.at(-1) ?? start;
    // An unreadable outcome, a node that is not there and an ask without `unattended` have been told already.
    if (outcomes.has(id) || sketch.nodes.get(id)?.kind !== 'probe') return [];
    const message = `the walk comes to ${quoted(id)}, for which nothing is recorded`;
    return [{ code: 'test-incomplete', message, span: keySpan(test, ['outcomes']) }];
  }
  if (walk.code !== wanted) {
    const message = `this ends on ${quoted(walk.code)} after ${walk.visited.join(' → ')}`;
    return [{ code: 'test-ends-elsewhere', message, span: valueSpan(test, ['conclude']) }];
  }
  return [...outcomes]
    .filter(([id]) => sketch.nodes.has(id) && !walk.visited.includes(id))
    .map(([id, { key }]) => ({
      code: 'test-unvisited-node',
      message: `the walk never comes to ${quoted(id)}`,
      span: key,
    }));
}

function testsOf(root: Tree): readonly Tree[] {
  const tests = treeAt(root, ['tests']);
  return tests?.kind === 'list' ? tests.items : [];
}
