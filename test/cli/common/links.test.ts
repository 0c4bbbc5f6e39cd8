import { expect, test } from 'vitest';
import { withLinks } from '../../../src/cli/common/links.ts';

const KITTY = { TERM: 'xterm-kitty' };
const LINKED = '(\u001b]8;;https://www.rfc-editor.org/rfc/rfc4821\u001b\\RFC 4821\u001b]8;;\u001b\\)';

test('an RFC is a link where the terminal takes links', () => {
  expect(withLinks('(RFC 4821)', true, KITTY)).toBe(LINKED);
  expect(withLinks('(RFC 4821)', true, { VTE_VERSION: '7600' })).toBe(LINKED);
});

test.each([
  ['a file', false, KITTY],
  ['an ordinary terminal', true, { TERM: 'xterm-256color' }],
  ['an old VTE', true, { VTE_VERSION: '4602' }],
  ['tmux', true, { ...KITTY, TMUX: '/tmp/x' }],
] as const)('and text on %s', (_, isTTY, env) => {
  expect(withLinks('(RFC 4821)', isTTY, env)).toBe('(RFC 4821)');
});
