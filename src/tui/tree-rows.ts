import stringWidth from 'string-width';
import type { Step } from '../domain/report.ts';
import type { SessionView } from '../session/view.ts';
import { paragraph, type Row, rowText, type Span } from './row.ts';
import type { Theme } from './theme.tsx';

/**
 * The questions asked so far with their answers and the one that is being asked, oldest first:
 *
 *   ✓ Does the name resolve? yes (ok)
 *   ✗ Is the host reachable? no (silent)
 *   … Does the port answer?
 *
 * Where there are more than `height` rows the oldest go.
 */
export function treeRows(view: SessionView, theme: Theme, columns: number, height: number): readonly Row[] {
  const heading: Row = [{ text: theme.plain(theme.words.tree), tone: 'strong' }];
  const asked = view.steps.flatMap((step) => stepRows(step, view, theme, columns));
  const rows = [...asked, ...currentRows(view, theme, columns)];
  return height < 2 ? rows.slice(-Math.max(0, height)) : [heading, ...rows.slice(-(height - 1))];
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
  const { lead, answer } = wordOf(step, view, theme);
  const rows = paragraph(plain(step.question), columns, { lead });
  return withEnd(rows, { text: plain(answer), tone: lead.tone ?? 'plain' }, columns, stringWidth(lead.text));
}

function wordOf(step: Step, view: SessionView, { words, glyphs }: Theme): { lead: Span; answer: string } {
  const outcome = step.outcome === step.answer ? '' : ` (${step.outcome})`;
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

function labelOf(step: Step, view: SessionView): string | null {
  const choices = view.asks.find(({ id }) => id === step.id)?.choices;
  return choices?.find(({ id }) => id === step.outcome)?.label ?? null;
}

/** Puts a word behind the last row, or under it where it does not fit. */
function withEnd(rows: readonly Row[], end: Span, columns: number, indent: number): readonly Row[] {
  const last = rows[rows.length - 1] ?? [];
  if (stringWidth(rowText(last)) + 1 + stringWidth(end.text) <= columns)
    return [...rows.slice(0, -1), [...last, { text: ' ' }, end]];
  return [...rows, ...paragraph(end.text, columns, { indent, ...(end.tone ? { tone: end.tone } : {}) })];
}
