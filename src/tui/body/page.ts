import type { Report } from '../../evidence/report/report.ts';
import { socketRows } from '../rows/port-rows.ts';
import { remedyRows } from '../rows/remedy-rows.ts';
import { saidRows } from '../rows/said-rows.ts';
import { treeRows } from '../rows/tree-rows.ts';
import { evidenceRows, explanationRows, headlineRows, reasonRows } from '../rows/verdict-rows.ts';
import { type AppState, earlierReport } from '../state/app-state.ts';
import { offerOf } from '../state/offer.ts';
import { keysOfHint } from '../theme/key-bindings.ts';
import type { Layout } from '../theme/layout.ts';
import { BLANK, fitRow, paintedRow, paragraph, type Row } from '../theme/row.ts';
import type { Theme } from '../theme/theme.tsx';
import { PAGES, type PageName } from '../words/page-name.ts';
import type { HintName } from '../words/words.ts';

/** What can be scrolled: rows that stay at the top, and rows that move under them. */
export type Page = {
  readonly fixed: readonly Row[];
  readonly rows: readonly Row[];
  /** Rows that stay at the bottom. */
  readonly foot: readonly Row[];
};

const HELP: readonly HintName[] = [
  'move',
  'page',
  'half',
  'ends',
  'number',
  'choose',
  'finish',
  'back',
  'pages',
  'why',
  'evidence',
  'hops',
  'tree',
  'platforms',
  'tab',
  'answer',
  'skip',
  'copy-step',
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
  const { view, overlay } = state;
  const { columns } = layout;
  switch (overlay) {
    case 'help':
      return titled(theme.words.keys, helpRows(theme, columns), theme);
    case 'why':
    case 'evidence':
    case 'hops':
    case 'tree':
    case 'sockets':
    case 'platforms':
      return titled(titleOf(overlay, state, theme), rowsOfPage(overlay, state, theme, columns), theme);
    case null:
      return state.screen === 'session' && view.report !== null ? verdictPage(state, view.report, theme, layout) : null;
    case 'back':
    case 'otherwise':
    case 'offer':
      return null;
  }
}

function verdictPage(state: AppState, report: Report, theme: Theme, layout: Layout): Page {
  const columns = layout.verdictSides?.right ?? layout.columns;
  const telling = { report, earlier: earlierReport(state), tab: state.tab };
  const fixed = [...headlineRows(report, theme, columns), ...saidRows(state.said, theme, columns)];
  const foot = offerRows(state, theme, columns, layout.hasGap);
  const room = layout.bodyRows - fixed.length - foot.length;
  return { fixed, rows: explanationRows(telling, theme, columns, room), foot };
}

/** The question whose answer could change the verdict, and the keys that take it up or leave it. */
function offerRows(state: AppState, theme: Theme, columns: number, hasGap: boolean): readonly Row[] {
  const offer = offerOf(state);
  if (offer === null || state.overlay !== null) return [];
  const { words, glyphs, plain, ascii, bindings } = theme;
  const keys = (hint: 'answer' | 'skip') =>
    `${keysOfHint(hint, { ascii, typing: false, bindings })[0] ?? ''} ${words.hints[hint]}`;
  const told = `${words.sharper}${offer.question}`;
  // A low window keeps its rows for the verdict.
  if (!hasGap)
    return [fitRow([{ text: plain(`${keys('answer')}  ${keys('skip')}  ${told}`), tone: 'focus' }], columns, ascii)];
  return [
    ...paragraph(plain(told), columns, { lead: { text: `${glyphs.unknown} `, tone: 'accent', spoken: '' } }),
    [{ text: plain(`  ${keys('answer')}  ${keys('skip')}`), tone: 'focus' }],
  ];
}

/** Its name, and which of how many it is. */
function titleOf(page: PageName, { view }: AppState, { words }: Theme): string {
  const number = view.report === null ? '' : `${PAGES.indexOf(page) + 2}/${PAGES.length + 1} `;
  return `${number}${words.pages[page]}`;
}

function rowsOfPage(page: PageName, state: AppState, theme: Theme, columns: number): readonly Row[] {
  const { view, tab } = state;
  const { report } = view;
  const none = (text: string) => paragraph(theme.plain(text), columns, { tone: 'dim' });
  switch (page) {
    case 'why':
      return [
        ...(report === null ? [] : [...reasonRows(report, theme, columns), BLANK]),
        ...whyRows(state, theme, columns),
      ];
    case 'evidence':
      return report === null ? none(theme.words.evidenceLater) : evidenceRows(report, theme, columns);
    case 'hops': {
      const lines = report === null ? [] : theme.hopsOf(report, view.names, columns);
      return lines.length === 0
        ? none(theme.words.noHops)
        : lines.map((line) => fitRow(paintedRow(line, theme.plain), columns, theme.ascii));
    }
    case 'tree':
      return treeRows(view, theme, columns, Number.POSITIVE_INFINITY).slice(1);
    case 'sockets': {
      const rows = socketRows(view, theme, Number.POSITIVE_INFINITY);
      return rows.length === 0 ? none(theme.words.noSockets) : rows.map((row) => fitRow(row, columns, theme.ascii));
    }
    case 'platforms':
      return report === null ? [] : remedyRows(report, tab, theme, columns);
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
  const room = Math.max(1, height - fixed.length - page.foot.length);
  if (page.rows.length <= room) return { rows: [...fixed, ...page.rows, ...page.foot], maxScroll: 0, visible: room };
  const visible = Math.max(1, room - 1);
  const maxScroll = page.rows.length - visible;
  const from = Math.min(scroll, maxScroll);
  const below = maxScroll - from;
  const more: Row = [{ text: below === 0 ? '' : plain(`${glyphs.down} ${words.more(below)}`), tone: 'dim' }];
  const rows = [...fixed, ...page.rows.slice(from, from + visible), ...(room > 1 ? [more] : []), ...page.foot];
  return { rows, maxScroll, visible };
}

function titled(title: string, rows: readonly Row[], { plain }: Theme): Page {
  return { fixed: [[{ text: plain(title), tone: 'strong' }]], rows, foot: [] };
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
