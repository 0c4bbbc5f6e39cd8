import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { type ListEntry, MOST_TARGETS, type ReadList } from './list-entry.ts';
import { inventoryEntry } from './plain-list.ts';

/** Deeper inventories are a mistake, or a trap. */
const DEEPEST = 20;

/**
 * The targets of a YAML or JSON document (a JSON text is a YAML one): Prometheus' file_sd, a list of `{targets: […]}`; an
 * Ansible inventory, groups of `hosts` and `children`; or a plain list of strings. Null where it is neither. Aliases are not
 * followed: they can make a small file endless.
 */
export function readYamlList(text: string): ReadList | null {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent', uniqueKeys: false });
  const lineOf = (node: Node | null | undefined) => lines.linePos(node?.range?.[0] ?? 0).line;
  const [error] = document.errors;
  if (error !== undefined) {
    return {
      entries: [],
      bad: [{ line: lines.linePos(error.pos[0]).line, message: error.message.split('\n')[0] ?? '' }],
    };
  }
  const entries: ListEntry[] = [];
  const bad: { line: number; message: string }[] = [];
  const isFull = () => entries.length > MOST_TARGETS;
  const scalar = (node: unknown): string | null => (isScalar(node) && node.value != null ? String(node.value) : null);

  const target = (node: unknown): void => {
    const input = scalar(node);
    const line = lineOf(node as Node);
    if (input === null) bad.push({ line, message: 'a target has to be text' });
    else if (!isFull()) entries.push({ input, name: null, line });
  };

  const group = (node: unknown, depth: number): void => {
    if (!isMap(node) || depth > DEEPEST) return;
    const hosts = node.get('hosts', true);
    if (isMap(hosts)) for (const { key, value } of hosts.items) if (!isFull()) host(key, value);
    const children = node.get('children', true);
    if (isMap(children)) for (const { value } of children.items) group(value, depth + 1);
  };
  const host = (key: unknown, value: unknown): void => {
    const name = scalar(key);
    const line = lineOf(key as Node);
    const variable = (id: string) => (isMap(value) ? scalar(value.get(id, true)) : null);
    if (name === null) bad.push({ line, message: 'a host has to have a name' });
    else entries.push(inventoryEntry(name, variable('ansible_host'), variable('ansible_port'), line));
  };

  const sequence = (items: readonly unknown[]): void => {
    for (const item of items) {
      const targets = isMap(item) ? item.get('targets', true) : null;
      if (isSeq(targets)) for (const each of targets.items) target(each);
      else if (isMap(item) || isAlias(item)) bad.push({ line: lineOf(item), message: 'it has no list of targets' });
      else target(item);
    }
  };

  const { contents } = document;
  if (isSeq(contents)) sequence(contents.items);
  else if (isMap(contents)) for (const { value } of contents.items) group(value, 0);
  else return null;
  return { entries, bad };
}
