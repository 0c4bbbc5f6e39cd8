import type { Flow, FlowNode } from './flow.ts';

/** The node of that id; throws where there is none, which a loaded flow excludes. */
export function nodeOf(flow: Flow, id: string): FlowNode {
  const node = Object.hasOwn(flow.nodes, id) ? flow.nodes[id] : undefined;
  if (node === undefined) throw new Error(`flow ${flow.name} has no node ${JSON.stringify(id)}`);
  return node;
}
