import type { SessionView } from '../../session/view/view.ts';
import type { Row, Span } from '../theme/row.ts';
import type { Theme } from '../theme/theme.tsx';

const MOST_SIZES = 6;

/** Sizes of packets that pass, or do not, on one line; below it who says so, or how far large ones came. */
export function sizeRows({ sizes, largeCameTo, running }: SessionView, theme: Theme): readonly Row[] {
  if (sizes.length === 0) return [];
  const { words, glyphs, plain } = theme;
  const marks = sizes.slice(0, MOST_SIZES).flatMap(({ bytes, sent, answered, reportedBy }, index): Span[] => {
    const isOpen = answered === 0 && reportedBy === null && (sent === 0 || running.includes('mtu'));
    const mark = answered > 0 ? glyphs.yes : isOpen ? glyphs.running : glyphs.no;
    const tone = answered > 0 ? 'good' : isOpen ? 'dim' : 'bad';
    return [{ text: `${index === 0 ? '' : '  '}${bytes} ` }, { text: mark, tone }];
  });
  const reporter = sizes.find(({ reportedBy }) => reportedBy !== null)?.reportedBy ?? null;
  const note =
    reporter !== null
      ? words.tooLarge(reporter)
      : largeCameTo === null
        ? null
        : words.largeCameTo(words.hop(largeCameTo.ttl), largeCameTo.address);
  return note === null ? [marks] : [marks, [{ text: plain(note), tone: 'dim' }]];
}
