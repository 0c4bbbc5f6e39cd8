import { portsWordsOf } from '../../report/ports/language.ts';
import { type PortsParts, portsParts } from '../../report/ports/text.ts';
import type { PortsView } from '../../report/ports/view.ts';
import { systemClock } from '../../system/clock.ts';
import { onQuitKey } from '../common/quit-key.ts';
import { textOptions } from '../options/engine-options.ts';
import { openScreen } from '../trace/screen.ts';
import type { PortsCommandOptions } from './request.ts';

const PAUSE_MS = 1000;
const DEFAULT_ROWS = 24;

/**
 * Looks again and again and draws what it sees on a screen of its own, until a key or the signal ends it. `last`: the
 * latest look that was whole, null where there was none.
 */
export async function watchPorts<Looked extends { readonly view: PortsView }>(
  look: () => Promise<Looked>,
  options: PortsCommandOptions,
  signal: AbortSignal,
): Promise<{ readonly last: Looked | null; readonly isInterrupted: boolean }> {
  const screen = openScreen(process.stdout);
  const keys = onQuitKey(process.stdin);
  const over = AbortSignal.any([signal, keys.signal]);
  let last: Looked | null = null;
  try {
    while (!over.aborted) {
      const looked = await look();
      // What was cut short would show as sockets that are gone.
      if (signal.aborted && last !== null) break;
      last = looked;
      const text = textOptions(options);
      const height = (process.stdout.rows || DEFAULT_ROWS) - 1;
      screen.draw(screenLines(portsParts(looked.view, text), height, portsWordsOf(text.lang)));
      await systemClock.sleep(PAUSE_MS, over);
    }
  } finally {
    keys.close();
    screen.close();
  }
  return { last, isInterrupted: keys.isInterrupt() };
}

/** What fits on a screen of so many lines: the sums and notes always, and of the tables as many rows as there is room for. */
export function screenLines(
  { title, tables, end }: PortsParts,
  height: number,
  words: { readonly keys: string; readonly more: (rows: number) => string },
): readonly string[] {
  const below = [...(end.length === 0 ? [] : ['', ...end]), '', words.keys];
  const body = tables.flatMap((lines) => ['', ...lines]);
  const room = height - title.length - below.length;
  if (body.length <= room) return [...title, ...body, ...below];
  const shown = Math.max(0, room - 1);
  return [
    ...title,
    ...body.slice(0, shown),
    words.more(body.slice(shown).filter((line) => line !== '').length),
    ...below,
  ];
}
