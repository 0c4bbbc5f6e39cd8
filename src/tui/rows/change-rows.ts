import { outcomeText } from '../../evidence/answers/probe-words.ts';
import type { Report } from '../../evidence/report/report.ts';
import { type Change, changesSince } from '../../session/report/changes-since.ts';
import { paragraph, type Row } from '../theme/row.ts';
import type { Theme } from '../theme/theme.tsx';

/** What is no longer as it was the last time, a line each; one that says so where nothing changed. */
export function changeRows(before: Report, after: Report, theme: Theme, columns: number): readonly Row[] {
  const { words, plain, glyphs } = theme;
  const changes = changesSince(before, after);
  if (changes.length === 0) return paragraph(plain(words.noChange), columns, { tone: 'dim' });
  return changes.flatMap((change) =>
    paragraph(plain(textOf(change, theme)), columns, { lead: { text: `${glyphs.told} `, tone: 'accent', spoken: '' } }),
  );
}

function textOf(change: Change, { words, glyphs, lang }: Theme): string {
  const turn = (before: string, after: string) => `${before} ${glyphs.told} ${after}`;
  switch (change.kind) {
    case 'verdict':
      return turn(words.verdict[change.before], words.verdict[change.after]);
    case 'diagnosis':
      return turn(change.before, change.after);
    case 'outcome':
      return `${change.question} ${turn(outcomeText(change.probe, change.before, lang), outcomeText(change.probe, change.after, lang))}`;
    case 'gone':
      return `${words.gone} ${change.code}: ${change.summary}`;
    case 'new':
      return `${words.fresh} ${change.code}: ${change.summary}`;
  }
}
