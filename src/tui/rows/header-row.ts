import { textWidth } from '../../text/text-width.ts';
import { type AppState, isRunning } from '../state/app-state.ts';
import { fitRow, type Row, rowText, type Span } from '../theme/row.ts';
import type { Theme } from '../theme/theme.tsx';

/** Of the time line, where the window has room for one. */
const LINE_COLUMNS = 20;
const LEAST_COLUMNS = 60;

/** The name, the target, and on the right how much of the deadline has passed. */
export function headerRow(state: AppState, theme: Theme, columns: number, elapsedMs: number): Row {
  const { words, plain, ascii, screenReader } = theme;
  const target = state.screen === 'session' ? ` ${plain(state.target)}` : '';
  const name: Row = [
    { text: 'netwhy', tone: 'accent' },
    { text: target, tone: 'strong' },
  ];
  const when = state.isReplay && state.note !== null ? plain(words.recorded(state.note)) : '';
  const right: Row = when === '' ? [] : [{ text: when, tone: 'dim' }];
  const end: Row = isRunning(state) && !screenReader ? timeLine(state, theme, columns, elapsedMs) : right;
  if (end.length === 0) return fitRow(name, columns, ascii);
  const width = textWidth(rowText(end));
  const fitted = fitRow(name, columns - width - 1, ascii);
  const space = columns - textWidth(rowText(fitted)) - width;
  return [...fitted, { text: ' '.repeat(Math.max(1, space)) }, ...end];
}

function timeLine({ view }: AppState, { words, glyphs }: Theme, columns: number, elapsedMs: number): Row {
  const passed: Span = { text: words.seconds((elapsedMs / 1000).toFixed(1)), tone: 'dim' };
  if (columns < LEAST_COLUMNS || view.deadlineMs <= 0) return [passed];
  const done = Math.min(LINE_COLUMNS, Math.round((elapsedMs / view.deadlineMs) * LINE_COLUMNS));
  return [
    passed,
    { text: ` ${glyphs.passed.repeat(done)}`, tone: 'accent' },
    { text: glyphs.ahead.repeat(LINE_COLUMNS - done), tone: 'dim' },
    { text: ` ${words.seconds(`${Math.round(view.deadlineMs / 1000)}`)}`, tone: 'dim' },
  ];
}
