import { expect, test } from 'vitest';
import { endNotice } from '../../../src/tui/terminal/notice.ts';

test.each([
  ['an ordinary terminal', { TERM: 'xterm-256color' }, '\u0007'],
  ['one that shows notices', { TERM_PROGRAM: 'WezTerm' }, '\u001b]9;FAULT db1\u0007'],
  ['tmux, which passes none on', { TERM_PROGRAM: 'WezTerm', TMUX: '/tmp/x' }, '\u0007'],
] as const)('on %s the end of a run is told', (_, env, sequence) => {
  expect(endNotice('FAULT db1', env)).toBe(sequence);
});

test('what the network says cannot end the notice early', () => {
  const sequence = endNotice('a\u0007b\u001b]52;c;x\u0007', { TERM_PROGRAM: 'kitty' });
  expect(sequence.slice(4, -1)).not.toMatch(/\p{Cc}/u);
});
