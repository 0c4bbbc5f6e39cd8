/** More than any socket table that a person pastes; what lies beyond is not read, and that is said. */
const MOST_LINES = 200_000;
const LONGEST_LINE = 2000;

/** Colours, window titles and the rest of ECMA-48 5.4 and xterm's OSC, which a copied screen may hold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the control characters to take out
const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]{0,2000}(?:\u0007|\u001b\\)|[@-Z\\-_])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\ufeff]/g;

/**
 * The lines of a paste, without what a terminal, a chat or a mail has put around them: escape codes, Windows line ends,
 * tabs, quote marks, Markdown fences and empty lines. `isCut`: there was more than is read.
 */
export function pastedLines(text: string): { readonly lines: readonly string[]; readonly isCut: boolean } {
  const all = text.replace(ESCAPES, '').split(/\r\n|\r|\n/);
  const lines = all
    .slice(0, MOST_LINES)
    .map((line) =>
      line
        .slice(0, LONGEST_LINE)
        .replace(CONTROLS, '')
        .replace(/[\t\u00a0]/g, ' ')
        .trimEnd(),
    )
    .map((line) => line.replace(/^(?:\s?>)+\s?/, ''))
    .filter((line) => line.trim() !== '' && !/^\s*(?:`{3,}|~{3,})/.test(line));
  return { lines, isCut: all.length > MOST_LINES };
}
