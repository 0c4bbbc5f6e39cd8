/** Where an answer leads, as far as a walk needs to know. */
export type Follow = (
  node: string,
  answer: string,
) => { readonly to: string | null; readonly code: string | null } | null;

/** How a walk along recorded answers ended. `visited` are the nodes that it came to, in order. */
export type Walk = { readonly visited: readonly string[] } & (
  | { readonly kind: 'concluded'; readonly code: string }
  /** Nothing is recorded for the last node that was visited. */
  | { readonly kind: 'unanswered' }
  /** The last answer leads nowhere: only in a flow that is not valid. */
  | { readonly kind: 'lost' }
);

/** Follows answers from a node to the end. Never throws and always ends, cycles or not. */
export function walkAlong(start: string, answerOf: (node: string) => string | null, follow: Follow): Walk {
  const visited = new Set<string>();
  let node: string = start;
  while (!visited.has(node)) {
    visited.add(node);
    const answer = answerOf(node);
    if (answer === null) return { kind: 'unanswered', visited: [...visited] };
    const edge = follow(node, answer);
    if (edge?.code != null) return { kind: 'concluded', code: edge.code, visited: [...visited] };
    if (edge?.to == null) break;
    node = edge.to;
  }
  return { kind: 'lost', visited: [...visited] };
}
