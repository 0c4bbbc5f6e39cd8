import type { Said } from '../state/saving.ts';

/**
 * What a terminal takes at once in base64: xterm and hterm stop at about 100 000 characters, and tmux throws longer
 * sequences away.
 */
const LONGEST_BASE64 = 74_000;
const ESC = '\u001b';
const BELL = '\u0007';
const END = `${ESC}\\`;
/** screen(1) throws longer strings away. */
const SCREEN_PIECE = 700;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The control sequence that puts a text into the clipboard of the terminal that one sits at, also through ssh: OSC 52
 * (XTerm Control Sequences, "Manipulate Selection Data"), wrapped where tmux or screen stand between. `sequence` is null
 * where there is nothing to write. A terminal does not say whether it obeyed.
 */
export function clipboardSequence(
  text: string,
  env: Environment,
): { readonly sequence: string | null; readonly said: Said } {
  const bytes = new TextEncoder().encode(text);
  const size = bytes.length;
  if (isWithoutClipboard(env)) return { sequence: null, said: { kind: 'no-clipboard' } };
  const base64 = base64Of(bytes);
  if (base64.length > LONGEST_BASE64) return { sequence: null, said: { kind: 'too-long', bytes: size } };
  const plain = `${ESC}]52;c;${base64}${BELL}`;
  if (env['TMUX']) {
    // The first for tmux's own clipboard, the second for the terminal round it; each needs leave of tmux.
    const through = `${ESC}Ptmux;${plain.replaceAll(ESC, ESC + ESC)}${END}`;
    return { sequence: plain + through, said: { kind: 'copied', bytes: size, through: 'tmux' } };
  }
  if (env['STY']) {
    const pieces = plain.match(new RegExp(`[^]{1,${SCREEN_PIECE}}`, 'gu')) ?? [];
    const sequence = pieces.map((piece) => `${ESC}P${piece}${END}`).join('');
    return { sequence, said: { kind: 'copied', bytes: size, through: 'screen' } };
  }
  return { sequence: plain, said: { kind: 'copied', bytes: size, through: 'terminal' } };
}

/** Terminals that are known to have none: the console of Linux, and Apple's. */
function isWithoutClipboard(env: Environment): boolean {
  if (env['TMUX'] || env['STY']) return false;
  return env['TERM'] === 'linux' || env['TERM_PROGRAM'] === 'Apple_Terminal';
}

function base64Of(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
