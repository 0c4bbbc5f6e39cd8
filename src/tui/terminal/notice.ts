import { printable } from '../../text/printable.ts';

const BELL = '\u0007';
const OSC_NOTICE = '\u001b]9;';
/** Terminals that show OSC 9 as a desktop notice; elsewhere it would be nothing, or worse. */
const SHOWING = /^(?:iTerm\.app|WezTerm|ghostty|kitty)$/u;
const MOST_CHARACTERS = 120;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What tells a person who looks elsewhere that a long run has ended: a desktop notice where the terminal shows one, else
 * the bell.
 */
export function endNotice(text: string, env: Environment): string {
  const isShown = SHOWING.test(env['TERM_PROGRAM'] ?? '') || env['TERM'] === 'xterm-kitty';
  if (!isShown || env['TMUX'] || env['STY']) return BELL;
  return `${OSC_NOTICE}${printable(text).slice(0, MOST_CHARACTERS)}${BELL}`;
}
