import { expect, test } from 'vitest';
import { OBSTACLE_CODES, type Obstacle } from '../../../src/domain/obstacle.ts';
import { describeObstacles, hintOf } from '../../../src/evidence/obstacles/describe.ts';

const full = (code: Obstacle['code']): Obstacle => ({
  code,
  tool: 'ping',
  place: 'ssh://alice@db1:2222',
  said: 'EACCES',
  command: 'ss -ltunp',
  setting: '1 0',
  count: 4,
  port: 5432,
  protocol: 'tcp',
});

/** Words of English prose, which no command, option or name of this page holds. */
const ENGLISH = /\b(?:the|is|are|was|not|no|and|or|of|to|for|with|there|here|that|it|may|needs?|cannot|could)\b/i;

test.each(OBSTACLE_CODES)('%s: one line in each language, and none of the other', (code) => {
  for (const obstacle of [full(code), { code }]) {
    const [english, korean] = (['en', 'ko'] as const).map((lang) => describeObstacles([obstacle], lang));
    expect(english).toMatch(/^[\x20-\x7e]{10,}\.$/);
    expect(korean).toMatch(/^[^\n]*[가-힣][^\n]*\.$/u);
    expect(korean).not.toMatch(ENGLISH);
  }
});

test('what is named stands in both', () => {
  const refused = full('key-refused');
  for (const lang of ['en', 'ko'] as const) expect(describeObstacles([refused], lang)).toContain('ssh alice@db1 ');
  const slow = full('vantage-slow');
  for (const lang of ['en', 'ko'] as const) expect(describeObstacles([slow], lang)).toContain('ssh://alice@db1:2222');
});

test('the same is said once', () => {
  const lacking = [full('tool-missing'), full('no-raw-socket'), full('tool-missing')];
  expect(describeObstacles(lacking, 'en').match(/ping is not installed/g)).toHaveLength(1);
});

test('a report of before there were codes says what it said', () => {
  expect(hintOf({ obstacles: [], hint: 'ICMP needs root.' }, 'ko')).toBe('ICMP needs root.');
});
