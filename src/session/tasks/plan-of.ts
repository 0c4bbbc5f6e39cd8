import type { Context } from '../../analysis/context.ts';
import { transportOf } from '../../domain/target.ts';
import type { Language } from '../../domain/verdict.ts';
import type { Edge, Flow, FlowNode } from '../../flow/flow.ts';
import { type HandAnswer, handAnswers } from '../../flow/hand-answers.ts';
import type { PlannedQuestion } from '../view/session-event.ts';
import { fillQuestion } from '../walk/fill-question.ts';

/** Every question of a flow, and where it goes on if all is well: for a face that shows what lies ahead. */
export function planOf(flow: Flow, context: Context, lang: Language): readonly PlannedQuestion[] {
  const isUdp = transportOf(context.target.scheme) === 'udp';
  const fitsTarget = ({ outcomes }: HandAnswer) => isUdp || !outcomes.every((outcome) => outcome.startsWith('udp-'));
  return Object.values(flow.nodes).map((node) => ({
    id: node.id,
    question: fillQuestion(node.question[lang], { evidence: {}, context }, lang),
    probe: node.kind === 'probe' ? node.probe : null,
    next: nextOf(node),
    answers: node.kind === 'probe' ? handAnswers(node).filter(fitsTarget) : [],
  }));
}

/** Behind the first outcome that answers the question with yes, or the first choice. */
function nextOf(node: FlowNode): string | null {
  const edge: Edge | undefined =
    node.kind === 'probe' ? node.on[node.answers.yes[0] ?? ''] : Object.values(node.choices)[0]?.then;
  return edge?.kind === 'go' ? edge.to : null;
}
