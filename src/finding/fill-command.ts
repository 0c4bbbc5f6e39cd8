import { isSeenWhole, shellWord } from '../domain/command-line.ts';
import type { FactName, Facts } from '../domain/fact.ts';
import { factsIn, placeholderOf, shownValue } from './fill.ts';

export type Shell = 'posix' | 'powershell';

type Quote = 'none' | 'single' | 'double';

/** Needs no quoting in any shell, and cannot be taken for an option. */
const PLAIN = /^[A-Za-z0-9._:%/][A-Za-z0-9._:%/-]*$/;

/**
 * Fills facts into a command that a person will paste. A value that is not plainly harmless is quoted for the place
 * where it stands (bare, in single or in double quotes), so that it stays one word and nothing in it is executed; one
 * that holds what is not seen, or no quoting can make safe (it looks like an option, or the shell is PowerShell) shows as its placeholder.
 */
export function fillCommand(template: string, facts: Facts, shell: Shell = 'posix'): string {
  const names = new Set(factsIn(template));
  let quote: Quote = 'none';
  return template
    .split(/(\{[a-z][a-z0-9-]*\})/)
    .map((part, index) => {
      const name = part.slice(1, -1) as FactName;
      if (index % 2 === 1 && names.has(name)) return insert(name, facts, quote, shell);
      quote = quoteAfter(part, quote);
      return part;
    })
    .join('');
}

function insert(name: FactName, facts: Facts, quote: Quote, shell: Shell): string {
  const value = isSeenWhole(facts[name]) ? shownValue(name, facts) : placeholderOf(name);
  if (value === placeholderOf(name) || PLAIN.test(value)) return value;
  if (shell === 'powershell' || value.startsWith('-')) return placeholderOf(name);
  switch (quote) {
    case 'none':
      return shellWord(value);
    case 'single':
      return value.replaceAll("'", "'\\''");
    case 'double':
      // In double quotes ! is history expansion in an interactive bash, and no escape removes it cleanly.
      return value.includes('!') ? placeholderOf(name) : value.replace(/[\\"$`]/g, '\\$&');
  }
}

/** In which quotes a POSIX shell is after this text (POSIX.1-2017, Shell Command Language 2.2). */
function quoteAfter(text: string, before: Quote): Quote {
  let quote = before;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '\\' && quote !== 'single') index += 1;
    else if (character === "'" && quote !== 'double') quote = quote === 'single' ? 'none' : 'single';
    else if (character === '"' && quote !== 'single') quote = quote === 'double' ? 'none' : 'double';
  }
  return quote;
}
