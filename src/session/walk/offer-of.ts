import type { ConclusionCode } from '../../domain/finding-code.ts';
import type { AskNode, Edge, Flow } from '../../flow/flow.ts';
import { stillPossible } from './still-possible.ts';

/**
 * The codes that an answer to the question could lead to, where it leads elsewhere than nobody's answer does. Empty for
 * a question whose every answer is walked the same way: it need not be put to anybody.
 */
export function couldBe(flow: Flow, node: AskNode): readonly ConclusionCode[] {
  const nobodys = endsOf(flow, node.choices[node.unattended]?.then);
  const others = Object.values(node.choices).filter(({ then }) => endsOf(flow, then) !== nobodys);
  return [...new Set(others.flatMap(({ then }) => codesOf(flow, then)))];
}

function codesOf(flow: Flow, edge: Edge): readonly ConclusionCode[] {
  return edge.kind === 'conclude' ? [edge.code] : [...stillPossible(flow, edge.to)];
}

/** Where an edge leads but for further questions to a person: the names of the next measurements and conclusions. */
function endsOf(flow: Flow, edge: Edge | undefined): string {
  const ends = new Set<string>();
  const open = edge === undefined ? [] : [edge];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const node = next.kind === 'go' ? flow.nodes[next.to] : undefined;
    if (node?.kind === 'ask') open.push(...Object.values(node.choices).map(({ then }) => then));
    else ends.add(next.kind === 'go' ? `to ${next.to}` : next.code);
  }
  return [...ends].sort().join(' ');
}
