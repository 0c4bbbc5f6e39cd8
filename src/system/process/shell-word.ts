/** What no shell reads anything into, wherever it stands in a command. */
const PLAIN = /^[A-Za-z0-9_./:@%+,-]+$/;
const PLAIN_ARGUMENT = /^[A-Za-z0-9_./:@%+,-][A-Za-z0-9_./:@%+,=-]*$/;

/**
 * One word for a POSIX shell (XCU 2.2.2): what it stands for is exactly the text. Every text that reaches the shell of
 * another machine goes through here, and through nothing else.
 */
function shellWord(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A command line of whole words. Behind the command, `a=b` is an argument and no assignment. */
export function shellLine([command = '', ...args]: readonly string[]): string {
  return [shellWord(command), ...args.map((arg) => (PLAIN_ARGUMENT.test(arg) ? arg : shellWord(arg)))].join(' ');
}
