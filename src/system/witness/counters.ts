import type { Moved, Testimony } from '../../domain/witness.ts';

/** Three looks: before the quiet window, between, and after the one in which the probes were sent. */
export type Looks = readonly [before: string, between: string, after: string];

/** Whether a list of rules came whole each time; one without a rule that drops is listed once. */
export function isWhole(looks: Looks): boolean {
  return looks.every((text, at) => /^-- rc 0$/m.test(text) || (at > 0 && /^-- same$/m.test(text)));
}

/** A number at each look. */
export function movedOf(counts: readonly [number | null, number | null, number | null]): Moved | null {
  const [before, between, after] = counts;
  if (before === null || between === null || after === null) return null;
  if (between < before || after < between) return null;
  return { background: between - before, moved: after - between };
}

function each(looks: Looks, count: (text: string) => number | null): Moved | null {
  const [before, between, after] = looks;
  return movedOf([count(before), count(between), count(after)]);
}

/** What /proc/net/{snmp,snmp6,netstat} say. */
export function readCounters(net: Looks, family: 4 | 6): Pick<Testimony, 'reversePath' | 'noRoute'> {
  return {
    reversePath: family === 4 ? each(net, (text) => field(text, 'TcpExt', 'IPReversePathFilter')) : null,
    noRoute: each(net, (text) => (family === 4 ? field(text, 'Ip', 'OutNoRoutes') : listed(text, 'Ip6OutNoRoutes'))),
  };
}

/** `Ip: Forwarding DefaultTTL …`, then `Ip: 1 64 …`. */
function field(text: string, group: string, name: string): number | null {
  const [names, values] = text
    .split('\n')
    .filter((line) => line.startsWith(`${group}: `))
    .map((line) => line.split(/\s+/));
  const at = names?.indexOf(name) ?? -1;
  return at < 0 ? null : whole(values?.[at]);
}

/** `Ip6OutNoRoutes      3`. */
function listed(text: string, name: string): number | null {
  return whole(new RegExp(`^${name}\\s+(\\d{1,15})$`, 'm').exec(text)?.[1]);
}

/** Of the second and third look: the table is full while the probes come, or it is not the cause. */
export function readConntrack(looks: Looks): Testimony['conntrack'] {
  const [, between, after] = looks;
  const sizes = [between, after].map((text) => ({ count: sized(text, 'count'), max: sized(text, 'max') }));
  const [first, last] = sizes;
  if (first?.count == null || last?.count == null || last.max === null || last.max === 0) return null;
  return { count: Math.max(first.count, last.count), max: last.max, drops: each(looks, dropped) };
}

function sized(text: string, name: 'count' | 'max'): number | null {
  return whole(new RegExp(`^${name} (\\d{1,12})$`, 'm').exec(text)?.[1]);
}

/** /proc/net/stat/nf_conntrack: a line of names, then one of hexadecimal numbers for each CPU. */
function dropped(text: string): number | null {
  const lines = text.split('\n').map((line) => line.trim().split(/\s+/));
  const names = lines.find(([first]) => first === 'entries');
  const at = names?.indexOf('drop') ?? -1;
  if (at < 0) return null;
  const rows = lines.filter(([first = '']) => /^[0-9a-f]{8}$/.test(first));
  return rows.reduce((sum, row) => sum + (Number.parseInt(row[at] ?? '0', 16) || 0), 0);
}

function whole(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
