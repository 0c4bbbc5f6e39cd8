import type { Step } from '../../domain/report.ts';
import type { SessionView } from '../../session/view/view.ts';
import { textWidth } from '../../text/text-width.ts';
import { paragraph, type Row, rowText, type Span } from '../theme/row.ts';
import type { Theme } from '../theme/theme.tsx';
import { unaskedOf } from './tree-plan.ts';

/**
 * The questions asked so far with their answers, the path taken marked, the one that is being asked, those that come
 * next if all is well, and those that were passed by:
 *
 *   ┃ ✓ Does the name resolve? yes (ok)
 *   ┃ ✗ Is the host reachable? no (silent)
 *   ┃ … Does the port answer?
 *     · Do full-size packets pass? later
 *
 * Where there are more than `height` rows those that were not asked go first, then the oldest.
 */
export function treeRows(view: SessionView, theme: Theme, columns: number, height: number): readonly Row[] {
  const { words, glyphs, screenReader } = theme;
  const heading: Row = [{ text: theme.plain(words.tree), tone: 'strong' }];
  const rail: Span = { text: `${glyphs.rail} `, tone: 'accent', spoken: '' };
  const room = columns - textWidth(rail.text);
  const asked = [
    ...view.steps.flatMap((step) => stepRows(step, view, theme, room)),
    ...currentRows(view, theme, room),
  ].map((row): Row => [rail, ...row]);
  const rows = height < 2 ? asked.slice(-Math.max(0, height)) : [heading, ...asked.slice(-(height - 1))];
  // A screen reader is told what was asked; the rest would be read again and again.
  if (screenReader) return rows;
  return [...rows, ...unaskedRows(view, theme, columns, height - rows.length)];
}

/** As many as there is room for; they have the same indent as the others, without the mark of the path. */
function unaskedRows(view: SessionView, { words, glyphs, plain }: Theme, columns: number, height: number) {
  const { pending, skipped } = unaskedOf(view);
  const indent = ' '.repeat(textWidth(glyphs.rail) + 1);
  const row = (question: string, glyph: string, word: string): readonly Row[] =>
    paragraph(plain(`${question} ${word}`), columns, {
      tone: 'dim',
      lead: { text: `${indent}${glyph} `, tone: 'dim' },
    });
  const all = [
    ...pending.map(({ question }) => row(question, glyphs.pending, words.pending)),
    ...skipped.map(({ question }) => row(question, glyphs.skipped, words.skipped)),
  ];
  const shown: Row[] = [];
  for (const rows of all) if (shown.length + rows.length <= height) shown.push(...rows);
  return shown;
}

/** The question that is being asked. */
function currentRows(view: SessionView, { words, glyphs, plain }: Theme, columns: number): readonly Row[] {
  const { current, asked, steps } = view;
  if (current === null)
    return steps.length > 0 ? [] : [[{ text: plain(`${glyphs.running} ${words.starting}`), tone: 'dim' }]];
  const lead: Span = { text: `${asked === null ? glyphs.running : glyphs.unknown} `, tone: 'accent', spoken: '' };
  return paragraph(plain(current.question), columns, { lead, tone: asked === null ? 'plain' : 'strong' });
}

function stepRows(step: Step, view: SessionView, theme: Theme, columns: number): readonly Row[] {
  const { plain } = theme;
  const { lead, answer } = stepWord(step, view, theme);
  const rows = paragraph(plain(step.question), columns, { lead });
  return withEnd(rows, { text: plain(answer), tone: lead.tone ?? 'plain' }, columns, textWidth(lead.text));
}

/** How a step is answered in words, and what stands before its question. */
export function stepWord(step: Step, view: SessionView, { words, glyphs }: Theme): { lead: Span; answer: string } {
  const outcome = step.outcome === step.answer ? '' : ` (${step.outcome})`;
  if (step.byHand !== undefined && isKnownWord(step.answer)) {
    const lead: Span = { text: `${glyphs.told} `, tone: 'accent', spoken: '' };
    return { lead, answer: `${words.answer[step.answer]}${outcome}, ${words.byHand}` };
  }
  switch (step.answer) {
    case 'yes':
    case 'no':
    case 'unknown': {
      const tone = { yes: 'good', no: 'bad', unknown: 'warn' } as const;
      const lead: Span = { text: `${glyphs[step.answer]} `, tone: tone[step.answer], spoken: '' };
      // A person's own yes or no carries the label that was chosen.
      return { lead, answer: labelOf(step, view) ?? `${words.answer[step.answer]}${outcome}` };
    }
    default:
      return {
        lead: { text: `${glyphs.told} `, tone: 'accent', spoken: '' },
        answer: labelOf(step, view) ?? step.answer,
      };
  }
}

function isKnownWord(answer: string): answer is 'yes' | 'no' | 'unknown' {
  return answer === 'yes' || answer === 'no' || answer === 'unknown';
}

function labelOf(step: Step, view: SessionView): string | null {
  const choices = view.asks.find(({ id }) => id === step.id)?.choices;
  return choices?.find(({ id }) => id === step.outcome)?.label ?? null;
}

/** Puts a word behind the last row, or under it where it does not fit. */
function withEnd(rows: readonly Row[], end: Span, columns: number, indent: number): readonly Row[] {
  const last = rows[rows.length - 1] ?? [];
  if (textWidth(rowText(last)) + 1 + textWidth(end.text) <= columns)
    return [...rows.slice(0, -1), [...last, { text: ' ' }, end]];
  return [...rows, ...paragraph(end.text, columns, { indent, ...(end.tone ? { tone: end.tone } : {}) })];
}
