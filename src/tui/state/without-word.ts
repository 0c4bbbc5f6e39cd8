/** No word of a target is longer; the rest of a paste is not looked at. */
const LONGEST_WORD = 256;

/** A text without its last word, and what parts it from the one before: a space, or a sign of addresses. */
export function withoutWord(text: string): string {
  const end = text.slice(-LONGEST_WORD);
  return text.slice(0, text.length - end.length) + end.replace(/[^\s:/.@]*[\s:/.@]*$/u, '');
}
