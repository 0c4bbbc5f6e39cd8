import { textWidth } from '../../text/text-width.ts';

/** How a line goes on: POSIX.1-2017, Shell Command Language 2.2.1; about_Special_Characters of PowerShell. */
const CONTINUED = { posix: ' \\', powershell: ' `' } as const;

/**
 * A command in lines of at most `columns` that can be pasted as they are: broken at spaces outside of quotes, with the
 * shell's mark at the end. One that has no such space stays long.
 */
export function commandLines(
  command: string,
  columns: number,
  hang: number,
  shell: 'posix' | 'powershell' = 'posix',
): readonly string[] {
  const continued = CONTINUED[shell];
  if (textWidth(command) <= columns) return [command];
  const lines: string[] = [];
  let line = '';
  for (const word of wordsOf(command)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer) + continued.length > columns) {
      lines.push(line + continued);
      line = ' '.repeat(hang) + word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

/** Parted at spaces that part words for the shell too. */
function wordsOf(command: string): readonly string[] {
  const words: string[] = [];
  let word = '';
  let quote = '';
  for (let index = 0; index < command.length; index += 1) {
    const character = command.charAt(index);
    if (character === ' ' && quote === '') {
      if (word !== '') words.push(word);
      word = '';
      continue;
    }
    if (character === '\\' && quote !== "'") {
      word += character + command.charAt(index + 1);
      index += 1;
      continue;
    }
    if (quote === '' && (character === "'" || character === '"')) quote = character;
    else if (character === quote) quote = '';
    word += character;
  }
  return word === '' ? words : [...words, word];
}
