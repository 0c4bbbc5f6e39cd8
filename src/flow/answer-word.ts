import type { ProbeNode } from './flow.ts';

export type AnswerWord = 'yes' | 'no' | 'unknown';

/** The word that the tree shows for an outcome of a question. */
export function answerWord(node: ProbeNode, outcome: string): AnswerWord {
  if (node.answers.yes.includes(outcome)) return 'yes';
  return node.answers.no.includes(outcome) ? 'no' : 'unknown';
}
