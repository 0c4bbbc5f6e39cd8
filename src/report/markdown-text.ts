import { printable } from '../text/printable.ts';

/** What makes a word more than a word: links that GitHub finds by itself, mentions, issue numbers, mathematics. */
const ACTIVE = /:\/\/|(?<![a-z0-9])www\.|@|#\d|\bGH-\d|\$|\b[a-z]+:[^\s\d]/i;

/** Signs that mean something inside of a paragraph (CommonMark 0.31, section 6; GFM tables and strikethrough). */
const INLINE = /[\\`*_[\]<>&|~!]/g;

/** What would begin a heading, a list, a quotation or a rule at the start of a line. */
const BLOCK = /^(?:[#+=-]|\d{1,9}(?=[.)](?: |$)))/;

/**
 * A text as a paragraph of Markdown that says the same and does nothing: no HTML, links, mentions, images or emphasis.
 * Words that a renderer would turn into links stand as code.
 */
export function markdownText(text: string): string {
  const words = printable(text)
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => (ACTIVE.test(word) ? markdownCode(word) : word.replace(INLINE, '\\$&')));
  return words.join(' ').replace(BLOCK, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`));
}

/** A text as a code span, whatever backticks it holds (CommonMark 0.31, 6.1). Empty text gives nothing. */
export function markdownCode(text: string): string {
  const code = printable(text).trim();
  if (code === '') return '';
  const longest = Math.max(0, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = code.startsWith('`') || code.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${code}${pad}${fence}`;
}
