import { expect, test } from 'vitest';
import { jsonText } from '../../src/report/json-text.ts';

test('one document, and nothing in it that a terminal would obey', () => {
  const document = { name: '\u001b[2J\u007f\u009b31m\u202e', hops: [1, 2] };
  const text = jsonText(document);
  expect(JSON.parse(text)).toEqual(document);
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(text.endsWith('}\n')).toBe(true);
});
