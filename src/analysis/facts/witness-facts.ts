import type { FactName } from '../../domain/fact.ts';
import type { FirewallRule } from '../../domain/witness.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import { candidateRules, provenRule, readWitness } from '../witness/witness.ts';

type Known = Partial<Record<FactName, string | number | null | undefined>>;

const MOST_CANDIDATES = 3;

/** What a kernel said of the probes that it was watched for, for the texts of a finding. */
export function witnessFacts(evidence: Evidence): Known {
  const { witness } = evidence;
  const seen = witness?.seen ?? null;
  if (witness === undefined || seen === null) return { 'witness-failed': witness?.unavailable?.hint };
  const { outcome } = readWitness(evidence);
  const { probes } = witness;
  const rule = provenRule(witness);
  const candidates = rule === null ? candidateRules(witness) : [];
  return {
    'witness-host': witness.host,
    'witness-sent': probes.sent,
    'witness-missing': outcome === 'unseen' ? seen.missing : null,
    'arrived-none': outcome === 'never-arrived' ? probes.sent : null,
    'arrived-unanswered': outcome === 'arrived' ? seen.arrivals?.arrived : null,
    'arrived-answered': outcome === 'answer-lost' ? seen.arrivals?.answered : null,
    'no-way-back': outcome === 'no-way-back' ? seen.noRoute?.moved : null,
    'reverse-path-drops': outcome === 'reverse-path' ? seen.reversePath?.moved : null,
    'conntrack-count': outcome === 'conntrack-full' ? seen.conntrack?.count : null,
    'conntrack-max': outcome === 'conntrack-full' ? seen.conntrack?.max : null,
    'rule-candidates':
      candidates.length === 0 || outcome !== 'arrived'
        ? null
        : candidates
            .slice(0, MOST_CANDIDATES)
            .map((each) => `${placeOf(each)}: ${each.text}`)
            .join('; '),
    ...(rule === null ? {} : ruleFacts(rule)),
  };
}

function placeOf({ tool, family, table, chain, handle }: FirewallRule): string {
  if (tool === 'nft') return `${family} ${table} ${chain}${handle === null ? '' : ` handle ${handle}`}`;
  return `${tool} ${table} ${chain}${handle === null ? '' : ` #${handle}`}`;
}

function ruleFacts(rule: FirewallRule): Known {
  const { tool, family, table, chain, handle, after, text, manager, packets } = rule;
  const common = {
    'block-rule': text,
    'block-rule-place': placeOf(rule),
    'block-rule-packets': packets?.moved ?? null,
    'block-rule-manager': manager,
    'ufw-rule': manager === 'ufw' ? placeOf(rule) : null,
    'firewalld-rule': manager === 'firewalld' ? placeOf(rule) : null,
  };
  // The policy of a chain is met behind all its rules.
  if (handle === null)
    return {
      ...common,
      ...(tool === 'nft' ? {} : { 'policy-tool': tool, 'iptables-table': table, 'iptables-chain': chain }),
    };
  if (tool !== 'nft') {
    return {
      ...common,
      'iptables-tool': tool,
      'iptables-table': table,
      'iptables-chain': chain,
      'iptables-number': handle,
    };
  }
  const position =
    after === null
      ? `insert rule ${family} ${table} ${chain}`
      : `add rule ${family} ${table} ${chain} position ${after}`;
  return {
    ...common,
    'nft-family': family,
    'nft-table': table,
    'nft-chain': chain,
    'nft-handle': handle,
    'nft-undo': `${position} ${text}`,
  };
}
