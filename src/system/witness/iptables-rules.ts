import type { FirewallRule, Watched } from '../../domain/witness.ts';
import { printable } from '../../text/printable.ts';
import { isWhole, type Looks, movedOf } from './counters.ts';
import { managerOf } from './manager.ts';

type Listed = Omit<FirewallRule, 'packets'> & { readonly packets: number };

const LONGEST_RULE = 300;
const MOST_LINES = 60_000;

/** The rules of `iptables-save -c` that drop or reject, and the policies that do. null: there is no iptables, or not all came. */
export function readIptablesRules(looks: Looks, watched: Watched, family: 4 | 6): readonly FirewallRule[] | null {
  const tool = family === 4 ? 'iptables' : 'ip6tables';
  if (!isWhole(looks)) return null;
  const [before, between, after] = looks.map((text) => listRules(text, watched, tool));
  if (before === undefined || between === undefined || after === undefined) return null;
  const [first, second] = [byPlace(before), byPlace(between)];
  return after.map((rule) => ({
    ...rule,
    packets: movedOf([first.get(placeOf(rule)) ?? null, second.get(placeOf(rule)) ?? null, rule.packets]),
  }));
}

/** What each rule had counted; one that was written anew is another. */
function byPlace(rules: readonly Listed[]): ReadonlyMap<string, number> {
  return new Map(rules.map((rule) => [placeOf(rule), rule.packets]));
}

function placeOf({ table, chain, handle, text }: Listed): string {
  return `${table} ${chain} ${handle} ${text}`;
}

function listRules(text: string, watched: Watched, tool: 'iptables' | 'ip6tables'): readonly Listed[] {
  const rules: Listed[] = [];
  const numbers = new Map<string, number>();
  let table = '';
  for (const line of text.split('\n', MOST_LINES)) {
    table = /^\*([a-z]{1,16})$/.exec(line)?.[1] ?? table;
    const [, policyChain, policy, policyPackets] = /^:(\S{1,64}) (DROP) \[(\d{1,15}):\d+\]$/.exec(line) ?? [];
    if (policyChain !== undefined && policy !== undefined) {
      const chain = policyChain;
      const where = { tool, family: tool, table, chain, manager: managerOf(table, chain) } as const;
      const packets = Number(policyPackets);
      rules.push({ ...where, handle: null, after: null, text: `-P ${chain} DROP`, verdict: 'drop', packets });
    }
    const [, packets, chain, words] = /^\[(\d{1,15}):\d+\] -A (\S{1,64}) (.*)$/.exec(line) ?? [];
    if (chain === undefined || words === undefined) continue;
    const number = (numbers.get(`${table} ${chain}`) ?? 0) + 1;
    numbers.set(`${table} ${chain}`, number);
    const target = /(?:^| )-j (DROP|REJECT)\b/.exec(words)?.[1];
    if (target === undefined || !mayMeet(words, watched)) continue;
    rules.push({
      ...{ tool, family: tool, table, chain, manager: managerOf(table, chain), handle: number, after: null },
      text: printable(words).slice(0, LONGEST_RULE),
      verdict: target === 'DROP' ? 'drop' : 'reject',
      packets: Number(packets),
    });
  }
  return rules;
}

function mayMeet(words: string, watched: Watched): boolean {
  const protocol = /(?:^| )-p (\S+)/.exec(words)?.[1];
  const asked = watched.protocol === 'icmp' ? /^(?:ipv6-)?icmp/ : new RegExp(`^${watched.protocol}$`);
  if (protocol !== undefined && /^(?:tcp|udp|icmp|ipv6-icmp)$/.test(protocol) && !asked.test(protocol)) return false;
  const [, from, to] = /(?:^|[^!] )--dport (\d{1,5})(?::(\d{1,5}))?(?: |$)/.exec(words) ?? [];
  if (from === undefined || watched.protocol === 'icmp') return true;
  return watched.port >= Number(from) && watched.port <= Number(to ?? from);
}
