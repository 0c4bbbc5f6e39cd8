import type { Edge, Flow, FlowNode } from './flow.ts';

/** One answer of one node, and where it leads. */
export type FlowEdge = { readonly node: string; readonly outcome: string; readonly edge: Edge };

/** The edges of one node, in the order of the file. */
export function edgesOfNode(node: FlowNode): readonly FlowEdge[] {
  switch (node.kind) {
    case 'probe':
      return Object.entries(node.on).map(([outcome, edge]) => ({ node: node.id, outcome, edge }));
    case 'ask':
      return Object.entries(node.choices).map(([outcome, { then }]) => ({ node: node.id, outcome, edge: then }));
  }
}

/** Every edge of the flow, in the order of the file. */
export function edgesOf(flow: Flow): readonly FlowEdge[] {
  return Object.values(flow.nodes).flatMap(edgesOfNode);
}
