import { expect, test } from 'vitest';
import { loadEntry } from '../../src/finding/load-entry.ts';

const GOOD = `code: no-route
title: { en: 'No route to {address}', ko: '{address}(으)로 가는 라우트 없음' }
summary: { en: a, ko: b }
explanation: { en: a, ko: b }
alternatives:
  - code: local-firewall
    why: { en: a, ko: b }
ruledOut: { en: a, ko: b }
remedies:
  - platform: linux
    title: { en: a, ko: b }
    check: ip route
    command: ip route add {gateway}
    risk: reversible
    undo: ip route del {gateway}
`;

function problemsOf(text: string, file = 'findings/no-route.yaml'): readonly string[] {
  const loaded = loadEntry(text, file);
  return loaded.kind === 'invalid' ? loaded.problems : [];
}

test('a good entry loads', () => {
  const loaded = loadEntry(GOOD, 'findings/no-route.yaml');
  expect(loaded.kind === 'ok' && loaded.entry.remedies[0]?.undo).toBe('ip route del {gateway}');
});

test.each([
  [
    'an unknown key',
    'alternatives:',
    'severity: fault\nalternatives:',
    /no-route\.yaml:1:1: there is no key severity here/u,
  ],
  [
    'a missing language',
    'summary: { en: a, ko: b }',
    'summary: { en: a }',
    /:3:\d+: summary\.ko: is missing, or no string/u,
  ],
  [
    'an unknown fact',
    'summary: { en: a',
    "summary: { en: 'a {hostt}'",
    /:3:\d+: summary\.en: there is no fact \{hostt\}/u,
  ],
  [
    'an unknown fact in a command',
    'ip route add {gateway}',
    'ip route add {gate}',
    /:13:\d+: remedies\.0\.command: there is no fact \{gate\}/u,
  ],
  [
    'facts that one language lacks',
    'ko: b }\nexplanation',
    "ko: 'b {host}' }\nexplanation",
    /summary: the languages name different facts: en -; ko host/u,
  ],
  [
    'a title that is too wide',
    'No route',
    'No route '.repeat(10),
    /:2:\d+: title\.en: takes \d+ columns, more than 80/u,
  ],
  ['a wide Korean title', '라우트 없음', '라우트'.repeat(12), /title\.ko: takes \d+ columns, more than 80/u],
  ['a code that is none', 'code: local-firewall', 'code: local-firewal', /:6:\d+: alternatives\.0\.code/u],
  [
    'an alternative to itself',
    'code: local-firewall',
    'code: no-route',
    /alternatives\.0\.code: is an alternative to itself/u,
  ],
  [
    'an unknown platform',
    'platform: linux',
    'platform: linx',
    /:10:\d+: remedies\.0\.platform: must be one of any, linux, /u,
  ],
  [
    'a change without an undo',
    'undo: ip route del {gateway}',
    'undo: null',
    /remedies\.0: is reversible, so it needs an undo/u,
  ],
  ['an undo of nothing', 'command: ip route add {gateway}', 'command: null', /remedies\.0: has no command/u],
  ['a key that is there twice', 'ruledOut:', 'code: no-route\nruledOut:', /unique/u],
  ['what is no YAML', 'remedies:', '  remedies: [', /findings\/no-route\.yaml:\d+:\d+: /u],
])('%s is an error with its place', (_, before, after, expected) => {
  expect(GOOD).toContain(before);
  expect(problemsOf(GOOD.replace(before, after)).join('\n')).toMatch(expected);
});

test('a code in the file of another is an error', () => {
  expect(problemsOf(GOOD, 'findings/no-network.yaml')).toEqual([
    'findings/no-network.yaml:1:7: code: no-route is in the file of no-network',
  ]);
  expect(problemsOf(GOOD, 'findings/noroute.yaml').join()).toContain('which is no code');
});

test('all problems are told at once', () => {
  const text = GOOD.replace('platform: linux', 'platform: linx').replace('en: a, ko: b', 'en: a');
  expect(problemsOf(text)).toHaveLength(2);
});
