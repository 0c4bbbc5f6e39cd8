import type { Step } from '../../domain/report.ts';
import type { Language } from '../../domain/verdict.ts';
import { outcomeText, outcomeWord, type Sign } from '../../evidence/answers/probe-words.ts';
import type { SessionView } from '../../session/view/view.ts';
import type { Span, Tone } from '../theme/row.ts';
import type { Theme } from '../theme/theme.tsx';

const TONES: Readonly<Record<Sign, Tone>> = { good: 'good', bad: 'bad', warn: 'warn', none: 'dim' };
const GLYPHS = { good: 'yes', bad: 'no', warn: 'warn', none: 'unknown' } as const;

/** How a step is answered in plain words, and the sign before it: good or bad for whoever wants to get through. */
export function stepWord(
  step: Step,
  view: SessionView,
  theme: Theme,
): { readonly lead: Span; readonly answer: string } {
  const { words, glyphs, lang } = theme;
  const answer = answerText(step, view, lang);
  if (step.byHand !== undefined)
    return { lead: { text: `${glyphs.told} `, tone: 'accent', spoken: '' }, answer: `${answer}, ${words.byHand}` };
  const sign = step.probe === undefined ? null : (outcomeWord(step.probe, step.outcome)?.sign ?? null);
  if (sign === null) return { lead: { text: `${glyphs.told} `, tone: 'accent', spoken: '' }, answer };
  return { lead: { text: `${glyphs[GLYPHS[sign]]} `, tone: TONES[sign], spoken: '' }, answer };
}

/** An outcome in plain words, or the label of what a person chose. */
function answerText({ id, probe, outcome }: Step, view: SessionView, lang: Language): string {
  const choices = view.asks.find((ask) => ask.id === id)?.choices;
  const label = choices?.find((choice) => choice.id === outcome)?.label;
  return label ?? outcomeText(probe, outcome, lang);
}
