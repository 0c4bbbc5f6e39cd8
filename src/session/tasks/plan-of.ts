import type { Context } from '../../analysis/context.ts';
import { transportOf } from '../../domain/target.ts';
import type { Language } from '../../domain/verdict.ts';
import { QUESTION_LABELS } from '../../evidence/answers/probe-words.ts';
import { edgesOfNode } from '../../flow/edges-of.ts';
import type { Flow, FlowNode, Text } from '../../flow/flow.ts';
import { type HandAnswer, handAnswers } from '../../flow/hand-answers.ts';
import type { Branch, PlannedQuestion } from '../view/session-event.ts';
import { fillQuestion } from '../walk/fill-question.ts';

/** Every question of a flow, and where its answers lead: for a face that shows what lies ahead. */
export function planOf(flow: Flow, context: Context, lang: Language): readonly PlannedQuestion[] {
  const isUdp = transportOf(context.target.scheme) === 'udp';
  const fitsTarget = ({ outcomes }: HandAnswer) => isUdp || !outcomes.every((outcome) => outcome.startsWith('udp-'));
  return Object.values(flow.nodes).map((node) => ({
    id: node.id,
    question: fillQuestion(node.question[lang], { evidence: {}, context }, lang),
    probe: node.kind === 'probe' ? node.probe : null,
    label: fillQuestion(labelOf(node)[lang], { evidence: {}, context }, lang),
    branches: branchesOf(node),
    answers: node.kind === 'probe' ? handAnswers(node).filter(fitsTarget) : [],
  }));
}

/** A question to a person has its own words where the flow gives no shorter ones. */
function labelOf(node: FlowNode): Text {
  return node.label ?? (node.kind === 'probe' ? QUESTION_LABELS[node.probe] : node.question);
}

function branchesOf(node: FlowNode): readonly Branch[] {
  const branches = new Map<string, Branch>();
  for (const { outcome, edge } of edgesOfNode(node)) {
    const to = edge.kind === 'go' ? edge.to : null;
    const code = edge.kind === 'conclude' ? edge.code : null;
    const key = `${to} ${code}`;
    branches.set(key, { outcomes: [...(branches.get(key)?.outcomes ?? []), outcome], to, code });
  }
  return [...branches.values()];
}
