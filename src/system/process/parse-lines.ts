/** More than any tool says of one probe. */
const MOST_LINES = 200;
/** More than any table of a machine that runs programs: routes, neighbours. */
const MOST_ROWS = 20_000;
const LONGEST_LINE = 500;

/** The lines of a tool's output, a bounded number of bounded length, whatever the line ends; none of them empty. */
export function linesOf(text: string): readonly string[] {
  return bounded(text, MOST_LINES);
}

/** The same for a table, row by row in words. */
export function rowsOf(text: string): readonly (readonly string[])[] {
  return bounded(text, MOST_ROWS).map((line) => line.split(/\s+/u));
}

function bounded(text: string, most: number): readonly string[] {
  return text
    .slice(0, most * LONGEST_LINE)
    .split(/\r\n|\n|\r/u, most)
    .map((line) => line.slice(0, LONGEST_LINE).trim())
    .filter((line) => line !== '');
}
