import { expect, test } from 'vitest';
import type { EchoView } from '../../../src/session/view/view.ts';
import { echoStrip } from '../../../src/tui/rows/echo-strip.ts';
import { glyphsFor } from '../../../src/tui/theme/glyphs.ts';

const echo = (rttMs: number | null, error: string | null = null): EchoView => ({ sequence: 0, rttMs, error });
const glyphs = glyphsFor(false);

test.each([
  ['nothing', [], ''],
  ['the slowest is the tallest', [echo(8), echo(4), echo(0)], '█▄▁'],
  ['one that is not answered is a dot', [echo(1), echo(null)], '█.'],
  ['one that came back as an error is a cross', [echo(null, 'host-unreachable')], '×'],
  ['an answer counts, whatever error came besides', [echo(1, 'host-unreachable')], '█'],
])('%s', (_, echoes, strip) => {
  expect(echoStrip(echoes, 10, glyphs)).toBe(strip);
});

test('only the last echoes that fit are drawn', () => {
  expect(echoStrip([echo(null), echo(1), echo(1)], 2, glyphs)).toBe('██');
  expect(echoStrip([echo(1)], 0, glyphs)).toBe('');
});

test('a terminal without Unicode gets characters that it has', () => {
  const strip = echoStrip([echo(8), echo(4), echo(0), echo(null), echo(null, 'prohibited')], 10, glyphsFor(true));
  expect(strip).toMatch(/^[ -~]{5}$/);
});
