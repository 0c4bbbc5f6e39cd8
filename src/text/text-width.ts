import stringWidth from 'string-width';

const ASCII = /^[ -~]*$/u;

/** Columns that a text takes in a terminal. Most texts are ASCII, for which the whole of Unicode need not be asked. */
export function textWidth(text: string): number {
  return ASCII.test(text) ? text.length : stringWidth(text);
}
