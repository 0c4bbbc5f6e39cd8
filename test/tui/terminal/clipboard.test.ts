import { expect, test } from 'vitest';
import { clipboardSequence } from '../../../src/tui/terminal/clipboard.ts';

const ESC = '\u001b';

/** The text that a terminal would put into its clipboard. */
function clipboardOf(sequence: string | null): string | null {
  const base64 = /\]52;c;([A-Za-z0-9+/=]*)/u.exec(sequence ?? '')?.[1];
  return base64 === undefined ? null : Buffer.from(base64, 'base64').toString('utf8');
}

test('a terminal is given the text in base64, whatever is in it', () => {
  const text = `fault ${ESC}[31m 경로 \u0007`;
  const { sequence, said } = clipboardSequence(text, { TERM: 'xterm-256color' });
  expect([sequence?.slice(0, 1), sequence?.slice(-1)]).toEqual([ESC, '\u0007']);
  expect(sequence?.slice(1, -1)).toMatch(/^\]52;c;[A-Za-z0-9+/=]+$/u);
  expect(clipboardOf(sequence)).toBe(text);
  expect(said).toEqual({ kind: 'copied', bytes: Buffer.byteLength(text), through: 'terminal' });
});

test('inside of tmux it is given to tmux, and passed through to the terminal round it', () => {
  const { sequence, said } = clipboardSequence('a', { TERM: 'tmux-256color', TMUX: '/tmp/tmux,1,0' });
  const plain = `${ESC}]52;c;YQ==\u0007`;
  expect(sequence).toBe(`${plain}${ESC}Ptmux;${ESC}${plain}${ESC}\\`);
  expect(said).toMatchObject({ through: 'tmux' });
});

test('inside of screen it comes in pieces that screen takes', () => {
  const { sequence } = clipboardSequence('x'.repeat(3000), { TERM: 'screen', STY: '1.pts' });
  const pieces = (sequence ?? '').split(`${ESC}\\`).slice(0, -1);
  expect(pieces.length).toBeGreaterThan(1);
  for (const piece of pieces) expect(piece.length).toBeLessThan(768);
  expect(clipboardOf(pieces.map((piece) => piece.slice(`${ESC}P`.length)).join(''))).toBe('x'.repeat(3000));
});

test('more than terminals take is not sent, nor anything to a terminal without a clipboard', () => {
  expect(clipboardSequence('x'.repeat(100_000), { TERM: 'xterm' })).toEqual({
    sequence: null,
    said: { kind: 'too-long', bytes: 100_000 },
  });
  for (const env of [{ TERM: 'linux' }, { TERM: 'xterm', TERM_PROGRAM: 'Apple_Terminal' }])
    expect(clipboardSequence('a', env)).toEqual({ sequence: null, said: { kind: 'no-clipboard' } });
});
