import type { FindingCode } from '../../domain/finding-code.ts';
import { VERDICT_RANK } from '../../domain/verdict.ts';
import type { CauseGroup, CauseKind } from '../../evidence/report/many.ts';
import type { Report } from '../../evidence/report/report.ts';
import { networkOf } from './path-budget.ts';

type Cause = { readonly kind: CauseKind; readonly at: string | null };

/**
 * The reports that are not healthy, by what they share, the largest group first. Each report belongs to one group: that of
 * the most telling cause which it has in common with another one, else that of its code alone.
 */
export function groupByCause(reports: readonly Report[]): readonly CauseGroup[] {
  const bad = reports.filter(({ verdict }) => verdict !== 'healthy');
  const causes = new Map(bad.map((report) => [report, causesOf(report)]));
  const counts = new Map<string, number>();
  for (const list of causes.values()) for (const cause of list) add(counts, keyOf(cause));
  const groups = new Map<string, { readonly cause: Cause; readonly members: Report[] }>();
  for (const [report, list] of causes) {
    const cause = list.find((each) => (counts.get(keyOf(each)) ?? 0) > 1) ?? { kind: 'code' as const, at: null };
    // Those that share no place are told apart by what was found.
    const key = cause.at === null ? `code ${report.diagnosis.code} ${report.diagnosis.owner}` : keyOf(cause);
    const group = groups.get(key) ?? { cause, members: [] };
    group.members.push(report);
    groups.set(key, group);
  }
  return [...groups.values()]
    .map(({ cause, members }) => groupOf(cause, members))
    .toSorted((a, b) => b.members.length - a.members.length || VERDICT_RANK[b.verdict] - VERDICT_RANK[a.verdict]);
}

/** What a report may share with others, the most telling first. */
function causesOf(report: Report): readonly Cause[] {
  const { diagnosis, evidence, target } = report;
  const { where, owner } = diagnosis;
  const causes: Cause[] = [];
  const add = (kind: CauseKind, at: string | null | undefined) => {
    if (at != null && at !== '') causes.push({ kind, at });
  };
  switch (owner) {
    case 'resolver':
      add('resolver', (evidence.resolve?.servers ?? []).map(({ address }) => address).join(', '));
      break;
    case 'this-machine':
      add('interface', evidence.route?.interface);
      break;
    case 'path':
    case 'target':
    case 'service':
    case 'nobody':
    case 'unknown':
      break;
  }
  if (where !== null && where.hop !== 0 && where.address !== target.address) add('hop', where.address);
  add('address', target.address);
  // Of a target whose path was not traced, as others of its network were: all that is known is where it lies.
  if (target.address !== null && report.notChecked.some(({ reason }) => reason === 'shared-limit'))
    add('network', networkOf(target.address));
  return causes;
}

/** From one vantage what looks the same may be another thing from the next: only a place is one for all of them. */
function keyOf({ kind, at }: Cause): string {
  return `${kind} ${at ?? ''}`;
}

function groupOf({ kind, at }: Cause, members: readonly Report[]): CauseGroup {
  const counts = new Map<FindingCode, number>();
  for (const { diagnosis } of members) add(counts, diagnosis.code);
  const codes = [...counts].toSorted((a, b) => b[1] - a[1]).map(([code]) => code);
  const owners = new Set(members.map(({ diagnosis }) => diagnosis.owner));
  const [owner = 'unknown'] = owners;
  const worst = members.toSorted((a, b) => VERDICT_RANK[b.verdict] - VERDICT_RANK[a.verdict])[0];
  return {
    kind: at === null ? 'code' : kind,
    at,
    codes,
    owner: owners.size === 1 ? owner : 'unknown',
    verdict: worst?.verdict ?? 'inconclusive',
    members: members.map(({ target, from }) => ({ input: target.input, from })),
  };
}

function add<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
