import { type AnswerWord, answerWord } from './answer-word.ts';
import type { Edge, ProbeNode } from './flow.ts';

/** An answer that a person can give in place of a probe; its outcomes lead to the same place, the first stands for them. */
export type HandAnswer = { readonly word: AnswerWord; readonly outcomes: readonly string[] };

/** They say that nothing was seen, or that nothing was to be seen: nobody knows that better than the probe. */
const NO_ANSWERS: ReadonlySet<string> = new Set([
  'not-asked',
  'not-permitted',
  'no-vantage',
  'unavailable',
  'unknown',
  'unreached',
]);

const WORDS: readonly AnswerWord[] = ['yes', 'no', 'unknown'];

/** What a person can answer where a probe would: every yes, every no, then the rest, each in the order of the flow. */
export function handAnswers(node: ProbeNode): readonly HandAnswer[] {
  const groups = new Map<string, HandAnswer>();
  for (const [outcome, edge] of Object.entries(node.on)) {
    if (NO_ANSWERS.has(outcome)) continue;
    const word = answerWord(node, outcome);
    const key = `${word} ${endOf(edge)}`;
    groups.set(key, { word, outcomes: [...(groups.get(key)?.outcomes ?? []), outcome] });
  }
  const answers = [...groups.values()];
  return WORDS.flatMap((wanted) => answers.filter(({ word }) => word === wanted));
}

function endOf(edge: Edge): string {
  return edge.kind === 'go' ? `to ${edge.to}` : edge.code;
}
