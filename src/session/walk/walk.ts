import type { Context } from '../../analysis/context.ts';
import { read } from '../../analysis/read.ts';
import type { ProbeName } from '../../domain/outcome.ts';
import type { Step } from '../../domain/report.ts';
import type { Language } from '../../domain/verdict.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import { answerWord } from '../../flow/answer-word.ts';
import type { Edge, Flow, FlowNode } from '../../flow/flow.ts';
import { step } from '../../flow/step.ts';
import type { SessionEvent } from '../view/session-event.ts';
import { fillQuestion } from './fill-question.ts';
import { couldBe } from './offer-of.ts';
import type { Ending } from './result.ts';

/** Where the walk gets its evidence and a person's answers from: live probes, or a recorded report. */
export type WalkSource = {
  /** The evidence once the probe has run; null when it never will (deadline, interruption, not recorded). */
  need(probe: ProbeName): Promise<{ readonly evidence: Evidence; readonly context: Context } | null>;
  /** What a person answers in place of the question's probe; null where the probe answers. */
  byHand(id: string): string | null;
  /** Settles when the next question may be measured. */
  ready?(node: FlowNode): Promise<void>;
  /** The chosen answer; null when the session ended before one was given. */
  ask(node: Extract<FlowNode, { kind: 'ask' }>): Promise<string | null>;
  known(): { readonly evidence: Evidence; readonly context: Context };
  nowMs(): number;
};

type Walked = { readonly steps: readonly Step[]; readonly ending: Ending };

/** Walks a flow from its start to a conclusion. The same for a live session and for a replay. */
export async function walk(
  flow: Flow,
  source: WalkSource,
  lang: Language,
  onEvent: (event: SessionEvent) => void,
): Promise<Walked> {
  const steps: Step[] = [];
  let id = flow.start;
  for (;;) {
    const node = flow.nodes[id];
    if (node === undefined) throw new Error(`flow ${flow.name} has no node ${id}`);
    onEvent({
      kind: 'node-entered',
      id,
      ...wording(node, source, lang),
      probe: node.kind === 'probe' ? node.probe : null,
    });
    if (node.kind === 'probe') await source.ready?.(node);
    const enteredMs = source.nowMs();
    const measured = await answerOf(flow, node, source, lang, onEvent);
    const given = node.kind === 'probe' ? source.byHand(id) : null;
    const outcome = given ?? measured;
    if (outcome === null) {
      steps.push(stepOf(node, 'unknown', 'unfinished', null, source.nowMs() - enteredMs, source, lang));
      return { steps, ending: { kind: 'unfinished' } };
    }
    const edge: Edge = step(flow, id, outcome);
    const answer = node.kind === 'probe' ? answerWord(node, outcome) : outcome;
    const next = edge.kind === 'go' ? edge.to : null;
    const taken: Step = {
      ...stepOf(node, answer, outcome, next, source.nowMs() - enteredMs, source, lang),
      // Who says what was measured says nothing of his own.
      ...(outcome !== measured && { byHand: { measured } }),
    };
    steps.push(taken);
    onEvent({ kind: 'node-answered', step: taken });
    if (edge.kind === 'conclude') {
      return {
        steps,
        ending: {
          kind: 'concluded',
          code: edge.code,
          toldByPerson: node.kind === 'ask' && outcome !== node.unattended,
        },
      };
    }
    id = edge.to;
  }
}

async function answerOf(
  flow: Flow,
  node: FlowNode,
  source: WalkSource,
  lang: Language,
  onEvent: (event: SessionEvent) => void,
): Promise<string | null> {
  if (node.kind === 'ask') {
    const choices = Object.entries(node.choices).map(([choice, { label, input }]) => ({
      id: choice,
      label: fillQuestion(label[lang], source.known(), lang),
      ...(input !== undefined && { input }),
    }));
    onEvent({ kind: 'asked', id: node.id, choices, unattended: node.unattended, couldBe: couldBe(flow, node) });
    return source.ask(node);
  }
  const got = await source.need(node.probe);
  if (got === null) return null;
  const context = { ...got.context, thresholds: { ...got.context.thresholds, ...node.with } };
  return read(node.probe, got.evidence, context).outcome;
}

function wording(
  node: FlowNode,
  source: WalkSource,
  lang: Language,
): { readonly question: string; readonly why: string } {
  return {
    question: fillQuestion(node.question[lang], source.known(), lang),
    why: node.why === undefined ? '' : fillQuestion(node.why[lang], source.known(), lang),
  };
}

function stepOf(
  node: FlowNode,
  answer: string,
  outcome: string,
  next: string | null,
  durationMs: number,
  source: WalkSource,
  lang: Language,
): Step {
  const { question } = wording(node, source, lang);
  return {
    id: node.id,
    question,
    answer,
    ...(node.kind === 'probe' && { probe: node.probe }),
    outcome,
    next,
    durationMs: Math.max(0, Math.round(durationMs)),
  };
}
