import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pathOf } from '../../src/domain/target.ts';

test.each([
  ['https://www.example', '/'],
  ['https://www.example/', '/'],
  ['http://www.example:8080/a/b?c=1&d=%20#e', '/a/b?c=1&d=%20'],
  ['https://www.example?q', '/?q'],
  ['https://[2001:db8::7]:443/x', '/x'],
  ["https://www.example/it's", '/it%27s'],
  ['https://www.example/$(id)`id`"<>', '/$(id)%60id%60%22%3C%3E'],
  ['https://www.example/가', '/%EA%B0%80'],
  ['www.example:443', '/'],
])('%s asks for %s', (input, path) => {
  expect(pathOf(input)).toBe(path);
});

test('whatever was typed, it is one word without quotes, and no line of a request', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(pathOf(`https://www.example/${text}`)).toMatch(/^\/[!#-&(-~]*$/u);
    }),
  );
});
