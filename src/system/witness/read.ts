import type { FirewallRule, Testimony, WatchRequest } from '../../domain/witness.ts';
import { readArrivals } from './arrivals.ts';
import { type Looks, readConntrack, readCounters } from './counters.ts';
import { readIptablesRules } from './iptables-rules.ts';
import { readNftRules } from './nft-rules.ts';

/** Rules beyond these are named by nobody. */
const MOST_RULES = 40;

/** Reads what the witness script wrote. null: it did not get to its end. */
export function readTestimony(output: string, request: WatchRequest): Testimony | null {
  const sections = sectionsOf(output);
  if (!sections.has('end')) return null;
  const at = (name: string) => sections.get(name) ?? '';
  const looks = (name: string): Looks => [at(`${name}0`), at(`${name}1`), at(`${name}2`)];
  const [, right = 'none', limits] = /^(root|sudo|none) (yes|no)$/m.exec(at('right')) ?? [];
  const nft = readNftRules(looks('nft'), request.watched);
  const iptables = readIptablesRules(looks('iptables'), request.watched, request.family);
  const rules = nft === null && iptables === null ? null : ofFamily(together(nft ?? [], iptables ?? []), request);
  const by = sections.has('python3') ? 'python3' : 'tcpdump';
  const arrivals = readArrivals(at(by), by, request);
  return {
    right: right as Testimony['right'],
    arrivals,
    rules: rules?.toSorted(mostTelling).slice(0, MOST_RULES) ?? null,
    ...readCounters(looks('net'), request.family),
    conntrack: readConntrack(looks('conntrack')),
    missing: missing(right, limits === 'yes', arrivals !== null, rules !== null),
  };
}

/** iptables writes into tables of nftables, which list its rules as well. */
function together(nft: readonly FirewallRule[], iptables: readonly FirewallRule[]): readonly FirewallRule[] {
  const family = iptables[0]?.tool === 'ip6tables' ? 'ip6' : 'ip';
  const listed = new Set(iptables.map(({ table, chain }) => `${table} ${chain}`));
  const isTwice = (rule: FirewallRule) => rule.family === family && listed.has(`${rule.table} ${rule.chain}`);
  return [...nft.filter((rule) => !isTwice(rule)), ...iptables];
}

function ofFamily(rules: readonly FirewallRule[], { family }: WatchRequest): readonly FirewallRule[] {
  const other = family === 4 ? 'ip6' : 'ip';
  return rules.filter((rule) => rule.tool !== 'nft' || (rule.family !== other && rule.family !== 'arp'));
}

/** Those whose counter moved in the window first, then those that count nothing. */
function mostTelling(a: FirewallRule, b: FirewallRule): number {
  return rank(a) - rank(b);
}

function rank({ packets }: FirewallRule): number {
  if (packets === null) return 1;
  return packets.moved > 0 ? 0 : 2;
}

function missing(right: string, hasLimits: boolean, isCaptured: boolean, isRuled: boolean): string | null {
  if (right === 'none') return 'neither root nor sudo without a password: no capture and no firewall rules';
  if (!hasLimits) return 'timeout and head are not there: no capture and no firewall rules';
  const parts = [
    ...(isCaptured ? [] : ['no capture (neither tcpdump nor python3 would)']),
    ...(isRuled ? [] : ['no firewall rules (neither nft nor iptables-save told all)']),
  ];
  return parts.length === 0 ? null : parts.join('; ');
}

function sectionsOf(output: string): ReadonlyMap<string, string> {
  const sections = new Map<string, string>();
  let name: string | null = null;
  let from = 0;
  for (const mark of output.matchAll(/^== ([a-z]+[0-2]?)$/gm)) {
    if (name !== null && !sections.has(name)) sections.set(name, output.slice(from, mark.index));
    name = mark[1] ?? '';
    from = mark.index + mark[0].length;
  }
  if (name !== null) sections.set(name, output.slice(from));
  return sections;
}
