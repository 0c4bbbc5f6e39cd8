/** What no shell reads anything into, wherever it stands in a command. */
const PLAIN = /^[A-Za-z0-9_./:@%+,-]+$/;
const PLAIN_ARGUMENT = /^[A-Za-z0-9_./:@%+,-][A-Za-z0-9_./:@%+,=-]*$/;

/** Breaks, controls and format characters: a line that holds one is not the line that is seen, or not one line. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** One word for a POSIX shell (XCU 2.2.2): what it stands for is exactly the text. */
export function shellWord(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * A command line of whole words. Every text that reaches a shell, or a person who may paste it into one, goes through
 * here. Behind the command, `a=b` is an argument and no assignment.
 */
export function shellLine([command = '', ...args]: readonly string[]): string {
  return [shellWord(command), ...args.map((arg) => (PLAIN_ARGUMENT.test(arg) ? arg : shellWord(arg)))].join(' ');
}

/** Whether a text can stand in a command that a person copies: all of it is seen, and it is on one line. */
export function isSeenWhole(text: string): boolean {
  return !UNSEEN.test(text);
}

/**
 * A command that is shown to be copied; empty, and so not shown, where a word of it could not be seen for what it is.
 * `around` is what netwhy itself puts around the words, a loop or a redirection.
 */
export function copiedCommand(words: readonly string[], around = (line: string): string => line): string {
  return words.every(isSeenWhole) ? around(shellLine(words)) : '';
}

/** Several commands in one line; those that cannot be shown are left out. */
export function copiedCommands(...commands: readonly string[]): string {
  return commands.filter((command) => command !== '').join('; ');
}
