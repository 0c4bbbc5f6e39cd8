import type { ConclusionCode, OwnCode } from '../../domain/finding-code.ts';
import type { Choice, ChoiceInput, Edge, Flow, FlowNode, FlowTest, Text } from '../flow.ts';
import type { OwnConclusion } from '../own-conclusion.ts';
import type { RawAskNode, RawEdge, RawFrame, RawProbeNode } from './schema.ts';

export type RawNode = RawProbeNode | RawAskNode;

/** A flow out of its parts, once nothing is wrong with them. */
export function buildFlow(
  frame: RawFrame,
  nodes: ReadonlyMap<string, RawNode>,
  own: Readonly<Record<OwnCode, OwnConclusion>>,
): Flow {
  return {
    name: frame.flow,
    title: frame.title,
    ...(frame.unmeasured !== undefined && { unmeasured: frame.unmeasured }),
    start: frame.start,
    nodes: Object.fromEntries([...nodes].map(([id, node]) => [id, buildNode(id, node)])),
    ...(Object.keys(own).length > 0 && { own }),
    tests: (frame.tests ?? []).map(
      ({ name, outcomes, conclude }): FlowTest => ({
        name,
        outcomes: { ...outcomes },
        conclude: conclude as ConclusionCode,
      }),
    ),
  };
}

function buildNode(id: string, node: RawNode): FlowNode {
  if ('ask' in node) {
    const { ask: question, label: short, why, choices, unattended } = node;
    const built = Object.entries(choices).map(([choice, { label, input, then }]) => [
      choice,
      buildChoice(label, input, then),
    ]);
    const rest = { ...(short !== undefined && { label: short }), ...(why !== undefined && { why }) };
    return { kind: 'ask', id, question, ...rest, choices: Object.fromEntries(built), unattended };
  }
  const { question, label, why, probe, answers } = node;
  const thresholds = Object.fromEntries(Object.entries(node.with ?? {}).filter(([, value]) => value !== undefined));
  const on = Object.fromEntries(Object.entries(node.on).map(([outcome, edge]) => [outcome, buildEdge(edge)]));
  const words = { yes: answers?.yes ?? [], no: answers?.no ?? [] };
  const rest = { ...(label !== undefined && { label }), ...(why !== undefined && { why }) };
  return { kind: 'probe', id, question, ...rest, probe, with: thresholds, answers: words, on };
}

function buildChoice(label: Text, input: ChoiceInput | undefined, edge: RawEdge): Choice {
  // biome-ignore lint/suspicious/noThenProperty: the word of the flow file; no choice is ever awaited
  return { label, ...(input !== undefined && { input }), then: buildEdge(edge) };
}

function buildEdge(edge: RawEdge): Edge {
  return typeof edge === 'string'
    ? { kind: 'go', to: edge }
    : { kind: 'conclude', code: edge.conclude as ConclusionCode };
}
