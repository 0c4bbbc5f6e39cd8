/** Controls (C0, DEL, C1) and format characters: direction marks and overrides, zero-width ones, soft hyphens, tags. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Text from the network, a file or a paste as one line that a terminal can only show. Breaks and tabs become spaces. */
export function printable(text: string): string {
  return text.replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/gu, ' ').replace(UNPRINTABLE, '');
}
