import fc from 'fast-check';
import { expect, test } from 'vitest';
import { displayed } from '../../src/text/displayed.ts';
import { painter } from '../../src/text/paint.ts';

const paint = painter(true);

test('colours, line feeds and tabs stay', () => {
  const text = `${paint('fault', 'bold', 'red')}\n\t한글 → 10.0.0.1\n`;
  expect(displayed(text)).toBe(text);
});

test.each([
  ['the clipboard', '\u001b]52;c;aGk=\u0007'],
  ['the title', '\u001b]0;root\u0007'],
  ['the screen', '\u001b[2J\u001b[H'],
  ['the line', '\rall is well\u001b[K\b'],
  ['C1', '\u009b2J\u009d0;x\u009c'],
  ['the direction of text', '\u202egnp.exe\u2066'],
])('nothing reaches %s', (_, text) => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(displayed(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u);
});

test('whatever text it is, each escape that is left begins a colour', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('\u001b', '[', '3', '1', 'm', ';', ']', 'J', '\u009b', '\n', 'a')),
      (parts) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
        expect(displayed(parts.join('')).replace(/\u001b\[[0-9;]*m/gu, '')).not.toMatch(/[\u001b\u009b]/u);
      },
    ),
  );
});
