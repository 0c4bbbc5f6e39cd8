/** More than any tool says of one probe. */
const MOST_LINES = 200;
const LONGEST_LINE = 500;

/** The lines of a tool's output, a bounded number of bounded length, whatever the line ends; none of them empty. */
export function linesOf(text: string): readonly string[] {
  return text
    .slice(0, MOST_LINES * LONGEST_LINE)
    .split(/\r\n|\n|\r/u, MOST_LINES)
    .map((line) => line.slice(0, LONGEST_LINE).trim())
    .filter((line) => line !== '');
}
