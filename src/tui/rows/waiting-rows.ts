import type { SessionView } from '../../session/view/view.ts';
import { BLANK, paragraph, type Row } from '../theme/row.ts';
import type { Theme } from '../theme/theme.tsx';

/** Guided: what will be done for the question that waits, and why it is asked; none while none waits. */
export function waitingRows({ current, isWaiting }: SessionView, { words, glyphs, plain }: Theme, columns: number) {
  if (!isWaiting || current === null || current.probe === null) return [];
  const rows: readonly Row[] = [
    BLANK,
    ...paragraph(plain(words.probes[current.probe].does), columns, {
      lead: { text: `${glyphs.told} `, tone: 'accent', spoken: `${words.next}: ` },
    }),
    ...paragraph(plain(current.why), columns, { tone: 'dim', indent: 2 }),
    ...paragraph(plain(words.goOn), columns, { tone: 'focus', indent: 2 }),
  ];
  return rows;
}
