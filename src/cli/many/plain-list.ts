import { type ListEntry, MOST_TARGETS, type ReadList } from './list-entry.ts';

/** `name=target`; an equals sign behind a slash, a colon or a bracket belongs to the target. */
const NAMED = /^([A-Za-z0-9_][\w. -]*?)\s*=\s*(.+)$/u;

/** Ansible writes ranges as `web[01:50].example` (inventory patterns); a port stands outside of brackets. */
const RANGE = /\[(\d{1,6}):(\d{1,6})\]/u;

/**
 * A list of one target a line: `target`, `name=target`, what follows a # is a comment. Sections in brackets make it an
 * Ansible inventory (INI): hosts with ranges and `ansible_host`, `ansible_port`; sections of variables and of children hold
 * no hosts. What is no target is told by whoever reads the targets.
 */
export function readPlainList(text: string): ReadList {
  const lines = text.split(/\r\n|\r|\n/u);
  const isInventory = lines.some((line) => /^\s*\[[^\]:]+(?::(?:vars|children))?\]\s*(?:[#;].*)?$/u.test(line));
  const entries: ListEntry[] = [];
  const bad: { line: number; message: string }[] = [];
  let isHosts = true;
  for (const [index, raw] of lines.entries()) {
    if (entries.length > MOST_TARGETS) break;
    const line = index + 1;
    const content = withoutComment(raw, isInventory).trim();
    if (content === '') continue;
    const section = isInventory ? /^\[([^\]]+)\]$/u.exec(content)?.[1] : undefined;
    if (section !== undefined) {
      isHosts = !/:(?:vars|children)$/u.test(section);
    } else if (isHosts && isInventory) {
      const hosts = inventoryHosts(content, line);
      if (hosts === null) bad.push({ line, message: 'the range is too large, or ends before it begins' });
      else entries.push(...hosts);
    } else if (isHosts) {
      const [, name = null, target = content] = NAMED.exec(content) ?? [];
      entries.push({ input: target, name, line });
    }
  }
  return { entries, bad };
}

/** A # begins a comment at the start and behind a space; one within a word belongs to a URL. In an inventory so does ;. */
function withoutComment(line: string, isInventory: boolean): string {
  return line.replace(isInventory ? /(?:^|\s)[#;].*$/u : /(?:^|\s)#.*$/u, '');
}

function inventoryHosts(content: string, line: number): readonly ListEntry[] | null {
  const [pattern = '', ...variables] = content.split(/\s+/u);
  const names = expanded(pattern);
  if (names === null) return null;
  const variable = (key: string) =>
    variables
      .find((each) => each.startsWith(`${key}=`))
      ?.slice(key.length + 1)
      .replace(/^(["'])(.*)\1$/u, '$2') ?? null;
  const [host, port] = [variable('ansible_host'), variable('ansible_port')];
  return names.map((name) => inventoryEntry(name, host, port, line));
}

/** Where the inventory says by what address a host is reached, its name is only a name. */
export function inventoryEntry(name: string, host: string | null, port: string | null, line: number): ListEntry {
  const address = host ?? name;
  const input = port === null ? address : `${address.includes(':') ? `[${address}]` : address}:${port}`;
  return { input, name: host === null ? null : name, line };
}

function expanded(pattern: string): readonly string[] | null {
  const range = RANGE.exec(pattern);
  if (range === null) return [pattern];
  const [whole, first = '', last = ''] = range;
  const [from, to] = [Number(first), Number(last)];
  if (to < from || to - from >= MOST_TARGETS) return null;
  const width = first.startsWith('0') ? first.length : 0;
  return Array.from({ length: to - from + 1 }, (_, index) =>
    pattern.replace(whole, String(from + index).padStart(width, '0')),
  );
}
