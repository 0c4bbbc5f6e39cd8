import type { Edge, Flow } from './flow.ts';
import { nodeOf } from './node-of.ts';

/**
 * Where the answer (an outcome of the node's probe, or the id of a choice) leads.
 * Throws only for a bug: a node or an answer that the flow does not have.
 */
export function step(flow: Flow, nodeId: string, answer: string): Edge {
  const node = nodeOf(flow, nodeId);
  const edge = node.kind === 'probe' ? own(node.on, answer) : own(node.choices, answer)?.then;
  if (edge === undefined) {
    throw new Error(`node ${nodeId} of flow ${flow.name} has no answer ${JSON.stringify(answer)}`);
  }
  return edge;
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
