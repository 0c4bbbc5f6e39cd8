/** Controls (C0, DEL, C1) and format characters: direction marks and overrides, zero-width ones, soft hyphens, tags. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** One line that a terminal can only show: breaks and tabs become spaces, everything else that controls is removed. */
export function printable(text: string): string {
  return text.replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/gu, ' ').replace(UNPRINTABLE, '');
}

/** The same for a text of several lines, a command for instance. */
export function printableLines(text: string): readonly string[] {
  return text.split(/\r?\n/u).map(printable);
}
