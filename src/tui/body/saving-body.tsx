import type { ReactNode } from 'react';
import { fieldRow } from '../rows/field-row.ts';
import { Rows } from '../rows/rows.tsx';
import type { Saving } from '../state/saving.ts';
import type { Layout } from '../theme/layout.ts';
import { BLANK, paragraph, type Row } from '../theme/row.ts';
import { type Theme, useTheme } from '../theme/theme.tsx';

/** Asks for a file name, and says what is wrong with it. */
export function SavingBody({ saving, layout }: { readonly saving: Saving; readonly layout: Layout }): ReactNode {
  const theme = useTheme();
  const { words, plain } = theme;
  const { columns } = layout;
  const gap = layout.hasGap ? [BLANK] : [];
  const rows: readonly Row[] = [
    ...paragraph(plain(words.saveAs), columns, { tone: 'strong' }),
    ...gap,
    fieldRow(saving.file, theme, columns),
    ...gap,
    ...problemRows(saving, theme, columns),
  ];
  return <Rows rows={rows.slice(0, layout.bodyRows)} />;
}

function problemRows({ problem }: Saving, { words, plain }: Theme, columns: number): readonly Row[] {
  const warn = (text: string) => paragraph(plain(text), columns, { tone: 'warn', lead: { text: '! ', tone: 'warn' } });
  switch (problem?.kind) {
    case undefined:
      return paragraph(plain(words.saveHint), columns, { tone: 'dim' });
    case 'format':
      return warn(words.saveHint);
    case 'exists':
      return warn(words.fileExists(problem.file));
    case 'failed':
      return warn(words.saveFailed(problem.message));
  }
}
