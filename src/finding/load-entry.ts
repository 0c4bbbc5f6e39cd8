import { type Document, LineCounter, parseDocument } from 'yaml';
import type * as z from 'zod/mini';
import { isFindingCode } from '../domain/finding-code.ts';
import { checkEntry } from './check-entry.ts';
import type { CatalogueEntry } from './entry.ts';
import { entrySchema } from './entry-schema.ts';

/** `problems`: one line each, `file:line:column: what is wrong`. */
export type LoadedEntry =
  | { readonly kind: 'ok'; readonly entry: CatalogueEntry }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** Reads one file of the catalogue. `file` is its path, and its name must be that of the code. Tells every problem at once. */
export function loadEntry(text: string, file: string): LoadedEntry {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number, message: string) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}: ${message}`;
  };
  if (document.errors.length > 0)
    return { kind: 'invalid', problems: document.errors.map((error) => at(error.pos[0], error.message)) };

  const parsed = entrySchema.safeParse(document.toJS());
  if (!parsed.success) {
    const { issues } = parsed.error;
    return {
      kind: 'invalid',
      problems: issues.map((issue) => at(offsetOf(document, issue.path), told(issue.path, tell(issue)))),
    };
  }
  const entry = parsed.data;
  const found = [...checkFileName(entry.code, file), ...checkEntry(entry)];
  if (found.length === 0) return { kind: 'ok', entry };
  return {
    kind: 'invalid',
    problems: found.map(({ path, message }) => at(offsetOf(document, path), told(path, message))),
  };
}

/** What zod's mini build, which has no words of its own, found wrong. */
function tell(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `there is no key ${issue.keys.join(', ')} here`;
    case 'invalid_type':
      return `is missing, or no ${issue.expected}`;
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`;
    case 'too_small':
      return 'is empty';
    default:
      return issue.message;
  }
}

function checkFileName(code: string, file: string) {
  const name = file.replace(/^.*[\\/]/, '').replace(/\.yaml$/, '');
  if (name === code) return [];
  const hint = isFindingCode(name) ? '' : ', which is no code';
  return [{ path: ['code'], message: `${code} is in the file of ${name}${hint}` }];
}

function told(path: readonly PropertyKey[], message: string): string {
  return path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`;
}

/** Where the value of this path stands, or the nearest enclosing one that is there. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range))
      return Number(node.range[0]);
  }
  return 0;
}
