import { parse } from 'yaml';
import type { CatalogueEntry } from './entry.ts';
import { ENTRY_SHAPE } from './entry-schema.ts';
import { loadEntry } from './load-entry.ts';

/**
 * An entry whose parts are parsed when they are first asked for: a report says one line of most codes, and parsing all
 * of every file would take longer than many a measurement. Reading a broken part throws an Error that lists every
 * problem of the file, as loadEntry tells them.
 */
export function openEntry(text: string, file: string): CatalogueEntry {
  const parts = partsOf(text);
  const read = <Key extends keyof typeof ENTRY_SHAPE>(key: Key) =>
    once(() => readPart(key, parts, () => broken(text, file)));
  const [code, title, summary, explanation] = [read('code'), read('title'), read('summary'), read('explanation')];
  const [fine, alternatives, ruledOut, remedies] = [
    read('fine'),
    read('alternatives'),
    read('ruledOut'),
    read('remedies'),
  ];
  return {
    get code() {
      return code();
    },
    get title() {
      return title();
    },
    get summary() {
      return summary();
    },
    get explanation() {
      return explanation();
    },
    get fine() {
      return fine();
    },
    get alternatives() {
      return alternatives();
    },
    get ruledOut() {
      return ruledOut();
    },
    get remedies() {
      return remedies();
    },
  };
}

/** The text of each top-level key: what belongs to one is indented (YAML 1.2, 8.2.2), so the next key starts the next part. */
function partsOf(text: string): ReadonlyMap<string, string> {
  const parts = text.split(/^(?=[A-Za-z])/m);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf(':')), part]));
}

function readPart<Key extends keyof typeof ENTRY_SHAPE>(
  key: Key,
  parts: ReadonlyMap<string, string>,
  fail: () => Error,
): CatalogueEntry[Key] {
  const part = parts.get(key);
  const value: unknown = part === undefined ? undefined : valueIn(part, key, fail);
  const schema: { safeParse(value: unknown): { success: boolean; data?: unknown } } = ENTRY_SHAPE[key];
  const checked = schema.safeParse(value);
  if (!checked.success) throw fail();
  return checked.data as CatalogueEntry[Key];
}

function valueIn(part: string, key: string, fail: () => Error): unknown {
  try {
    return (parse(part) as Record<string, unknown> | null)?.[key];
  } catch {
    throw fail();
  }
}

function broken(text: string, file: string): Error {
  const loaded = loadEntry(text, file);
  return new Error(loaded.kind === 'invalid' ? loaded.problems.join('\n') : `${file}: cannot be read in parts`);
}

function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | null = null;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}
