/** A colour (SGR, ECMA-48 8.3.117), which stays, or anything else that a terminal would obey. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const COLOUR_OR_CONTROL = /(\u001b\[[0-9;]*m)|(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/**
 * A text that a terminal can only show, with the colours that netwhy gives it: no other escape sequence, no C0 or C1
 * control but the line feed and the tab, no mark that turns the direction of text.
 */
export function displayed(text: string): string {
  return text.replace(COLOUR_OR_CONTROL, (_, colour: string | undefined) => colour ?? '');
}
