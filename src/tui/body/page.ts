import { saidRows } from '../rows/said-rows.ts';
import { evidenceRows, explanationRows, headlineRows } from '../rows/verdict-rows.ts';
import { type AppState, earlierReport } from '../state/app-state.ts';
import { keysOfHint } from '../theme/key-bindings.ts';
import type { Layout } from '../theme/layout.ts';
import { BLANK, paragraph, type Row } from '../theme/row.ts';
import type { Theme } from '../theme/theme.tsx';
import type { HintName } from '../words/words.ts';

/** What can be scrolled: rows that stay at the top, and rows that move under them. */
export type Page = { readonly fixed: readonly Row[]; readonly rows: readonly Row[] };

const HELP: readonly HintName[] = [
  'move',
  'page',
  'half',
  'ends',
  'number',
  'choose',
  'finish',
  'back',
  'why',
  'evidence',
  'tab',
  'copy',
  'save',
  'again',
  'other',
  'help',
  'quit',
  'interrupt',
];
const HELP_COLUMN = 16;

/** The page that is on the screen now: an overlay, or the verdict; null where nothing can be scrolled. */
export function pageOf(state: AppState, theme: Theme, layout: Layout): Page | null {
  const { view } = state;
  const { words } = theme;
  switch (state.overlay) {
    case 'help':
      return titled(words.keys, helpRows(theme, layout.columns), theme);
    case 'why':
      return titled(words.why, whyRows(state, theme, layout.columns), theme);
    case 'evidence':
      return titled(words.evidence, evidencePage(state, theme, layout.columns), theme);
    case null: {
      if (state.screen !== 'session' || view.report === null) return null;
      const columns = layout.verdictSides?.right ?? layout.columns;
      const telling = { report: view.report, earlier: earlierReport(state), tab: state.tab };
      const fixed = [...headlineRows(view.report, theme, columns), ...saidRows(state.said, theme, columns)];
      // The last row tells how much there is below.
      const room = layout.bodyRows - fixed.length - 1;
      return { fixed, rows: explanationRows(telling, theme, columns, room) };
    }
    case 'back':
    case 'otherwise':
      return null;
  }
}

/** What of the page a body of `height` rows shows. The last row tells how much there is below. */
export function windowOf(
  page: Page,
  height: number,
  scroll: number,
  { words, glyphs, plain }: Theme,
): { readonly rows: readonly Row[]; readonly maxScroll: number; readonly visible: number } {
  const fixed = page.fixed.slice(0, Math.max(0, height - 2));
  const room = Math.max(1, height - fixed.length);
  if (page.rows.length <= room) return { rows: [...fixed, ...page.rows], maxScroll: 0, visible: room };
  const visible = Math.max(1, room - 1);
  const maxScroll = page.rows.length - visible;
  const from = Math.min(scroll, maxScroll);
  const below = maxScroll - from;
  const more: Row = [{ text: below === 0 ? '' : plain(`${glyphs.down} ${words.more(below)}`), tone: 'dim' }];
  const rows = [...fixed, ...page.rows.slice(from, from + visible), ...(room > 1 ? [more] : [])];
  return { rows, maxScroll, visible };
}

function titled(title: string, rows: readonly Row[], { plain }: Theme): Page {
  return { fixed: [[{ text: plain(title), tone: 'strong' }]], rows };
}

function helpRows({ words, ascii, plain, bindings }: Theme, columns: number): readonly Row[] {
  return HELP.flatMap((name) => {
    const keys = keysOfHint(name, { ascii, typing: false, bindings }).join(' ');
    if (keys === '') return [];
    return paragraph(plain(words.help[name]), columns, { lead: { text: `${keys.padEnd(HELP_COLUMN)} ` } });
  });
}

/** Every question so far with its reason, the one that is being asked first. */
function whyRows({ view }: AppState, { words, plain }: Theme, columns: number): readonly Row[] {
  const asked = [...(view.current === null ? [] : [view.current]), ...view.steps.toReversed()];
  if (asked.length === 0) return paragraph(plain(words.whyLater), columns, { tone: 'dim' });
  return asked.flatMap(({ id, question }, index) => [
    ...(index === 0 ? [] : [BLANK]),
    ...paragraph(plain(question), columns, { tone: 'strong' }),
    ...paragraph(plain(view.whys[id] ?? ''), columns),
  ]);
}

function evidencePage({ view }: AppState, theme: Theme, columns: number): readonly Row[] {
  if (view.report !== null) return evidenceRows(view.report, theme, columns);
  return paragraph(theme.plain(theme.words.evidenceLater), columns, { tone: 'dim' });
}
