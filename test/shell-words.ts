/** What a POSIX shell reads in a line (XCU 2.3): words, with their quotes taken off, and operators. */
export type ShellToken = { readonly kind: 'word' | 'operator'; readonly text: string };

/** A quotation, an escaped character, blanks, an operator, or what stands for itself. */
const PART =
  /'(?<quoted>[^']*)'|\\(?<escaped>.)|(?<blank>[ \t]+)|(?<operator>[;&|<>()\n])|(?<plain>[^\s'\\;&|<>()"$`*?[~#]+)/suy;

/** Throws for what a shell would expand, and for a quotation without an end: neither has words that one could tell. */
export function shellTokens(line: string): readonly ShellToken[] {
  const tokens: ShellToken[] = [];
  const part = new RegExp(PART);
  let word: string | null = null;
  while (part.lastIndex < line.length) {
    const at = part.lastIndex;
    const { quoted, escaped, operator, plain } = part.exec(line)?.groups ?? {};
    if (part.lastIndex === 0) throw new Error(`a shell reads into ${line.slice(at)}`);
    const text = quoted ?? escaped ?? plain;
    if (text !== undefined) word = (word ?? '') + text;
    if (word !== null && (text === undefined || part.lastIndex === line.length)) {
      tokens.push({ kind: 'word', text: word });
      word = null;
    }
    if (operator !== undefined) tokens.push({ kind: 'operator', text: operator });
  }
  return tokens;
}
