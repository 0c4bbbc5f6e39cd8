import { expect, test } from 'vitest';
import { openRegion, openScreen } from '../../../src/cli/trace/screen.ts';

function fakeTerminal(rows: number) {
  const written: string[] = [];
  return {
    rows,
    columns: 80,
    write: (text: string) => {
      written.push(text);
      return true;
    },
    written,
  };
}

test('a region takes away what it drew before, and at last itself and nothing else', () => {
  const terminal = fakeTerminal(24);
  const region = openRegion(terminal);
  region.draw(['a', 'b']);
  region.draw(['a', 'b', 'c']);
  region.close();
  region.close();
  region.draw(['too late']);
  expect(terminal.written).toEqual([
    '\u001b[?25l',
    'a\nb\n',
    '\r\u001b[2A\u001b[Ja\nb\nc\n',
    '\r\u001b[3A\u001b[J\u001b[?25h',
  ]);
});

test('a region is never higher than the terminal', () => {
  const terminal = fakeTerminal(3);
  openRegion(terminal).draw(['a', 'b', 'c', 'd']);
  expect(terminal.written.at(-1)).toBe('c\nd\n');
});

test('a screen of its own is left again, with the cursor', () => {
  const terminal = fakeTerminal(3);
  const screen = openScreen(terminal);
  screen.draw(['a', 'b', 'c']);
  screen.close();
  expect(terminal.written.join('')).toBe(
    '\u001b[?1049h\u001b[?25l\u001b[Ha\u001b[K\nb\u001b[K\n\u001b[J\u001b[?25h\u001b[?1049l',
  );
});

test('the cursor comes back however the process ends', () => {
  const terminal = fakeTerminal(24);
  const before = process.listeners('exit');
  openScreen(terminal);
  const [listener] = process.listeners('exit').filter((each) => !before.includes(each));
  listener?.(0);
  expect(terminal.written.at(-1)).toContain('\u001b[?25h');
  expect(process.listeners('exit')).toEqual(before);
});
