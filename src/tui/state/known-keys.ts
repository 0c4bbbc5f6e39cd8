/** Escape sequences: CSI (ECMA-48 5.4), SS3 and OSC, as terminals send them for keys, the mouse, pastes and replies. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with a control character
const SEQUENCE = /\u001b(?:\[\[?[0-?]*[ -/]*[@-~]|O[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\))/gu;

/** Arrows, Home, End, Insert to PageDown, without modifiers. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with a control character
const KNOWN = /^\u001b(?:[[O][ABCDFH]|\[[1-8]~)$/u;

/** A sequence whose rest is still to come. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with a control character
const UNFINISHED = /\u001b(?:\[\[?[0-?]*[ -/]*|\][^\u0007\u001b]*)?$/u;

/** The Escape key comes alone: behind this many characters it is the beginning of a sequence in a paste. */
const LONGER_THAN_KEYS = 32;
/** Of an unfinished sequence; a longer one is none that a terminal sends. */
const LONGEST_SEQUENCE = 1000;

/** The marks round a paste, where the terminal was asked for them (xterm's bracketed paste, `CSI ? 2004 h`). */
const PASTE_BEGINS = '\u001b[200~';
const PASTE_ENDS = '\u001b[201~';
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with a control character
const PASTE_MARKS = /(\u001b\[20[01]~)/u;
/** A line break that no view takes for the Enter key. */
const LINE_BREAK = '\u2028';

/**
 * Takes what a terminal sends, read by read, and gives it back without the keys that mean nothing here. Within a marked
 * paste nothing is a key: its line breaks become U+2028, and every other control character goes. Ink 6.8 throws
 * at some of them (Ctrl+F1, vadimdemedes/ink#901) and takes others for text (the marks round a paste).
 */
export function createKeyFilter(): (chunk: string) => string {
  let held = '';
  let isPaste = false;
  return (chunk) => {
    const all = held + chunk;
    const unfinished = UNFINISHED.exec(all)?.[0] ?? '';
    const isKey = unfinished.length <= 1 && all.length <= LONGER_THAN_KEYS;
    held = isKey || unfinished.length > LONGEST_SEQUENCE ? '' : unfinished;
    const whole = all.slice(0, all.length - (isKey ? 0 : unfinished.length));
    return whole
      .split(PASTE_MARKS)
      .map((part) => {
        if (part === PASTE_BEGINS || part === PASTE_ENDS) {
          isPaste = part === PASTE_BEGINS;
          return '';
        }
        return isPaste
          ? pastedText(part)
          : part.replace(SEQUENCE, (sequence) => (KNOWN.test(sequence) ? sequence : ''));
      })
      .join('');
  };
}

function pastedText(text: string): string {
  return text
    .replace(SEQUENCE, '')
    .replace(/\r\n?|\n/gu, LINE_BREAK)
    .replaceAll('\t', ' ')
    .replace(/\p{Cc}/gu, '');
}
