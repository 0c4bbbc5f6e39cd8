import type { OutcomeOf } from '../../domain/outcome.ts';
import type { Reading } from '../../domain/reading.ts';
import type { FirewallRule, Moved, Testimony } from '../../domain/witness.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import type { WitnessEvidence } from '../../evidence/witness.ts';

/** Fewer are moved by anybody. */
const LEAST_PROBES = 3;

/** Of one answer, while a machine is watched. */
const MOST_SENDINGS = 3;

/** Reads what a kernel said of the probes that it was watched for. Missing evidence: nobody looked. */
export function readWitness(evidence: Evidence): Reading<'witness'> {
  return { outcome: outcomeOf(evidence), where: null, confidence: 'certain' };
}

function outcomeOf(evidence: Evidence): OutcomeOf<'witness'> {
  const { witness } = evidence;
  const seen = witness?.seen ?? null;
  if (witness === undefined || seen === null || witness.cutShort) return 'unseen';
  const { probes } = witness;
  if (probes.answered > 0) return 'passed';
  if (probes.sent < LEAST_PROBES) return 'unseen';
  if (provenRule(witness) !== null) return 'dropped';
  if (probes.silent < probes.sent) return 'unseen';
  const { arrivals, reversePath, noRoute, conntrack } = seen;
  const count = expected(witness, seen);
  if (isJust(reversePath, count)) return 'reverse-path';
  if (conntrack !== null && conntrack.count >= conntrack.max && (conntrack.drops?.moved ?? 0) >= count) {
    return 'conntrack-full';
  }
  if (isJust(noRoute, count)) return 'no-way-back';
  if (arrivals === null) return 'unseen';
  if (arrivals.answered >= LEAST_PROBES) return 'answer-lost';
  if (arrivals.arrived > 0) return 'arrived';
  // Behind a translator they come from another address; and a machine may be another than the target.
  const isOurs = arrivals.isWhole && arrivals.others === 0 && evidence.sockets?.ownsTarget === true;
  return isOurs && witness.host !== 'local' ? 'never-arrived' : 'unseen';
}

/**
 * The rule that dropped or rejected the probes: the only one whose counter rose by just as many as came, and by none
 * before; and its verdict is what was met here (of ICMP errors a kernel sends six, then one a second). null: no rule is proven.
 */
export function provenRule(witness: WitnessEvidence | undefined): FirewallRule | null {
  const seen = witness?.seen ?? null;
  if (witness === undefined || seen === null || witness.probes.answered > 0) return null;
  const { probes } = witness;
  const count = expected(witness, seen);
  if (count < LEAST_PROBES || probes.sent < LEAST_PROBES) return null;
  const met = (seen.rules ?? []).filter(
    (rule) => isJust(rule.packets, count) || meetsAnswers(rule, count, probes.port),
  );
  const [rule, ...others] = met;
  if (rule === undefined || others.length > 0) return null;
  const isMet = rule.verdict === 'drop' ? probes.silent === probes.sent : probes.refused > 0;
  return isMet ? rule : null;
}

/** Rules that may be what drops: they do, nothing in them excludes the probes, and they count nothing. */
export function candidateRules(witness: WitnessEvidence | undefined): readonly FirewallRule[] {
  const { probes, seen } = witness ?? {};
  if (probes === undefined || probes.answered > 0) return [];
  const verdict = probes.refused > 0 ? 'reject' : 'drop';
  return (seen?.rules ?? []).filter((rule) => rule.packets === null && rule.verdict === verdict);
}

function expected({ probes }: WitnessEvidence, { arrivals }: Testimony): number {
  return arrivals !== null && arrivals.arrived > 0 ? arrivals.arrived : probes.sent;
}

/** A rule that names the port as the source drops answers, which a kernel sends again after a second. */
function meetsAnswers({ text, packets }: FirewallRule, count: number, port: number | null): boolean {
  if (packets === null || packets.background > 0) return false;
  const isOfPort = new RegExp(`\\bsport ${port}(?: |$)`).test(text);
  return isOfPort && packets.moved >= count && packets.moved <= MOST_SENDINGS * count;
}

function isJust(moved: Moved | null, count: number): boolean {
  return moved !== null && moved.background === 0 && moved.moved === count;
}
