/** What no shell reads anything into, wherever it stands in a command. */
const PLAIN = /^[A-Za-z0-9_./:@%+,-]+$/;

/**
 * One word for a POSIX shell (XCU 2.2.2): what it stands for is exactly the text. Every text that reaches the shell of
 * another machine goes through here, and through nothing else.
 */
export function shellWord(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A command line of whole words. */
export function shellLine(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}
