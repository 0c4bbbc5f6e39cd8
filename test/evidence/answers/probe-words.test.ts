import { expect, test } from 'vitest';
import { OUTCOMES, PROBE_NAMES } from '../../../src/domain/outcome.ts';
import { outcomeText, outcomeWord, QUESTION_LABELS } from '../../../src/evidence/answers/probe-words.ts';

const ALL = PROBE_NAMES.flatMap((probe) => OUTCOMES[probe].map((outcome) => [probe, outcome] as const));

test.each(ALL)('%s %s is told in plain words of both languages, short enough for a row', (probe, outcome) => {
  const word = outcomeWord(probe, outcome);
  expect(word?.en).toMatch(/^[A-Za-z][\x20-\x7e]{2,29}$/u);
  expect(word?.en).not.toMatch(/[a-z]-[a-z]+-|_|^(?:yes|no|unknown)$/u);
  expect(word?.ko).toMatch(/[가-힣]/u);
  expect(word?.ko.length).toBeLessThanOrEqual(20);
});

test('what says that the way is blocked is bad, whatever the question was', () => {
  for (const [probe, outcome] of [
    ['trace', 'loop'],
    ['trace', 'stopped'],
    ['port-trace', 'on-path'],
    ['hops', 'located'],
    ['connect', 'closed'],
  ] as const)
    expect(outcomeWord(probe, outcome)?.sign).toBe('bad');
});

test('an outcome that no reading has is told as it is, whatever it is called', () => {
  expect(outcomeText('ping', 'constructor', 'en')).toBe('constructor');
  expect(outcomeText(undefined, 'paste', 'ko')).toBe('paste');
});

test('every question has a label of at most four words', () => {
  for (const { en, ko } of Object.values(QUESTION_LABELS))
    for (const label of [en, ko]) expect(label.split(' ').length).toBeLessThanOrEqual(4);
});
