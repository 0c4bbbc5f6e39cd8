import { expect, test } from 'vitest';
import { fill } from '../../src/finding/fill.ts';
import { particleAfter } from '../../src/finding/particle.ts';
import { factsWith } from './sample-facts.ts';

test.each([
  ['192.0.2.1', '은(는)', '은'],
  ['192.0.2.2', '이(가)', '가'],
  ['192.0.2.10', '을(를)', '을'],
  ['192.0.2.1', '(으)로', '로'],
  ['192.0.2.3', '(으)로', '으로'],
  ['192.0.2.7', '과(와)', '과'],
  ['2001:db8::f', '이(가)', '가'],
  ['게이트웨이', '은(는)', '는'],
  ['집', '(이)라는', '이라는'],
  ['서울', '(으)로', '로'],
])('%s takes the particle %s as %s', (word, particle, expected) => {
  expect(particleAfter(word, particle)).toBe(expected);
});

test.each(['db.example', 'cafe', '<host>', 'NXDOMAIN', ''])(
  'both forms stay after %s, which may be read either way',
  (word) => {
    expect(particleAfter(word, '이(가)')).toBe('이(가)');
  },
);

test('a text takes the form that fits the fact, and keeps both after a placeholder', () => {
  expect(fill('{address}이(가) 응답', factsWith({ address: '192.0.2.9' }))).toBe('192.0.2.9가 응답');
  expect(fill('{address}이(가) 응답', factsWith({}))).toBe('<address>이(가) 응답');
});
