import { type FirewallRule, TABLE_FAMILIES, type Watched } from '../../domain/witness.ts';
import { printable } from '../../text/printable.ts';
import { isWhole, type Looks, movedOf } from './counters.ts';
import { managerOf } from './manager.ts';

type Listed = Omit<FirewallRule, 'packets'> & { readonly packets: number | null };

const LONGEST_RULE = 300;
const MOST_RULES = 60_000;
/** What tells that a packet of this kind is not met. */
const NAME = /^[A-Za-z0-9_./\\-]{1,128}$/;

/**
 * The rules of `nft -n -a list ruleset` that drop or reject, as far as their text does not exclude what is watched for.
 * null: there is no nft, or not all of its output came.
 */
export function readNftRules(looks: Looks, watched: Watched): readonly FirewallRule[] | null {
  if (!isWhole(looks)) return null;
  const [before, between, after] = looks.map((text) => listRules(text, watched));
  if (before === undefined || between === undefined || after === undefined) return null;
  const [first, second] = [byPlace(before), byPlace(between)];
  return after.map((rule) => ({
    ...rule,
    packets: movedOf([first.get(placeOf(rule)) ?? null, second.get(placeOf(rule)) ?? null, rule.packets]),
  }));
}

/** What each rule had counted; one that was written anew is another. */
function byPlace(rules: readonly Listed[]): ReadonlyMap<string, number | null> {
  return new Map(rules.map((rule) => [placeOf(rule), rule.packets]));
}

function placeOf({ family, table, chain, handle, text }: Listed): string {
  return `${family} ${table} ${chain} ${handle} ${text}`;
}

function listRules(text: string, watched: Watched): readonly Listed[] {
  const rules: Listed[] = [];
  let table: { readonly family: (typeof TABLE_FAMILIES)[number]; readonly name: string } = { family: 'ip', name: '' };
  let chain = '';
  let last: number | null = null;
  for (const line of text.split('\n', MOST_RULES)) {
    const [, kind, name = ''] = /^table (\w+) (\S+) \{/.exec(line) ?? [];
    const family = TABLE_FAMILIES.find((each) => each === kind);
    if (family !== undefined) table = { family, name };
    const entered = /^\tchain (\S+) \{/.exec(line)?.[1];
    if (entered !== undefined) {
      chain = entered;
      last = null;
    }
    const [, policy] = /^\t\ttype filter hook \w+ .*; policy (drop);/.exec(line) ?? [];
    const [, words = '', number] = /^\t\t(.*) # handle (\d{1,10})$/.exec(line) ?? [];
    const where = { tool: 'nft', family: table.family, table: table.name, chain } as const;
    if (!NAME.test(table.name) || !NAME.test(chain)) continue;
    const manager = managerOf(table.name, chain);
    if (policy !== undefined) {
      rules.push({ ...where, handle: null, after: null, text: 'policy drop', verdict: 'drop', manager, packets: null });
    }
    if (number === undefined) continue;
    const handle = Number(number);
    const rule = parseRule(words);
    if (rule !== null && mayMeet(rule.text, watched)) rules.push({ ...where, ...rule, handle, after: last, manager });
    last = handle;
  }
  return rules;
}

/** The counter proves something only where nothing can let a packet go on between it and the verdict. */
const ENDING =
  /^(.*?)\bcounter packets (\d{1,15}) bytes \d{1,18} ((?:log(?: prefix "[^"]*")?(?: [a-z-]+ \w+)* )?(?:drop|reject\b[a-z0-9 -]*))$/;
const VERDICT = /(?:^|\s)(drop|reject)(?:$| with [a-z0-9 -]+$)/;

function parseRule(words: string): Pick<Listed, 'text' | 'verdict' | 'packets'> | null {
  const bare = words.replace(/ comment "[^"]*"$/, '').trim();
  const verdict = VERDICT.exec(bare)?.[1];
  if (verdict !== 'drop' && verdict !== 'reject') return null;
  const text = printable(bare.replace(/\bcounter packets \d+ bytes \d+/, 'counter').replace(/\s+/g, ' '));
  const [, matches = '', packets] = ENDING.exec(bare) ?? [];
  const isSure = packets !== undefined && !/\bcounter\b/.test(matches);
  return { text: text.slice(0, LONGEST_RULE), verdict, packets: isSure ? Number(packets) : null };
}

const PORTS = /\b(tcp|udp|th) dport (!= )?(\{[^}]*\}|[\d-]+)/g;

/** Whether nothing in the text of a rule says that it is for other ports or another protocol. What is not understood may be met. */
function mayMeet(text: string, watched: Watched): boolean {
  const protocols = [...text.matchAll(/\b(tcp|udp|icmp|icmpv6) (?:dport|sport|flags|type|code|option)\b/g)].map(
    ([, name]) => (name === 'icmpv6' ? 'icmp' : name),
  );
  if (protocols.some((name) => name !== watched.protocol)) return false;
  if (watched.protocol === 'icmp') return true;
  return [...text.matchAll(PORTS)].every(([, , not, ports = '']) => {
    if (not !== undefined) return true;
    const ranges = ports.replace(/[{} ]/g, '').split(',');
    if (!ranges.every((range) => /^\d+(?:-\d+)?$/.test(range))) return true;
    return ranges.some((range) => {
      const [from = 0, to = from] = range.split('-').map(Number);
      return watched.port >= from && watched.port <= to;
    });
  });
}
