/** Escape sequences: CSI (ECMA-48 5.4), SS3 and OSC, as terminals send them for keys, the mouse, pastes and replies. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with a control character
const SEQUENCE = /\u001b(?:\[\[?[0-?]*[ -/]*[@-~]|O[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\))/gu;

/** Arrows, Home, End, Insert to PageDown, without modifiers. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with a control character
const KNOWN = /^\u001b(?:[[O][ABCDFH]|\[[1-8]~)$/u;

/**
 * What a terminal sent, without the keys that mean nothing here. Ink 6.8 throws at some of them (Ctrl+F1,
 * vadimdemedes/ink#901) and takes others for text (the marks round a paste).
 */
export function dropUnknownKeys(chunk: string): string {
  return chunk.replace(SEQUENCE, (sequence) => (KNOWN.test(sequence) ? sequence : ''));
}
