import { type FindingCode, isOwnCode } from '../../domain/finding-code.ts';
import { edgesOfNode } from '../../flow/edges-of.ts';
import type { Flow } from '../../flow/flow.ts';

/** The codes of the contract that a walk standing at this node could still come to, in no particular order. */
export function stillPossible(flow: Flow, nodeId: string): ReadonlySet<FindingCode> {
  const codes = new Set<FindingCode>();
  const seen = new Set<string>();
  const open = [nodeId];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = flow.nodes[id];
    if (node === undefined || seen.has(id)) continue;
    seen.add(id);
    for (const { edge } of edgesOfNode(node)) {
      if (edge.kind === 'go') open.push(edge.to);
      else if (!isOwnCode(edge.code)) codes.add(edge.code);
    }
  }
  return codes;
}
