import { expect, test } from 'vitest';
import { labelsOf } from '../../src/report/labels.ts';

/** Every text of a set of labels, functions called. */
function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return [String(value(7))];
  return Object.values(value as object).flatMap(texts);
}

test('both languages have a word for everything, and Korean is Korean', () => {
  const [en, ko] = [texts(labelsOf('en')), texts(labelsOf('ko'))];
  expect(ko).toHaveLength(en.length);
  for (const text of ko) expect(text).toMatch(/[가-힣]/);
  for (const text of en) expect(text).toMatch(/^[\x20-\x7e]+$/);
});
