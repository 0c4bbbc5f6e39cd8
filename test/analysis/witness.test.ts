import { expect, test } from 'vitest';
import { alternativesTo } from '../../src/analysis/codes/alternatives.ts';
import { CODE_RULES } from '../../src/analysis/codes/table.ts';
import { witnessedCause } from '../../src/analysis/codes/witnessed.ts';
import type { Context } from '../../src/analysis/context.ts';
import { provenRule, readWitness } from '../../src/analysis/witness/witness.ts';
import { DEFAULT_THRESHOLDS } from '../../src/domain/reading.ts';
import type { FirewallRule, Testimony } from '../../src/domain/witness.ts';
import type { Evidence } from '../../src/evidence/kinds.ts';
import type { WitnessEvidence } from '../../src/evidence/witness.ts';

const TIMED = { startedAt: '2026-11-28T00:00:00.000Z', durationMs: 1, equivalent: '' };

const CONTEXT: Context = {
  target: {
    input: '10.9.2.1:8080',
    scheme: 'tcp',
    host: '10.9.2.1',
    literal: '10.9.2.1',
    port: 8080,
  } as Context['target'],
  address: '10.9.2.1',
  families: [4, 6],
  thresholds: DEFAULT_THRESHOLDS,
  deadlineS: 15,
};

const QUIET: Testimony = {
  right: 'root',
  arrivals: { by: 'tcpdump', arrived: 7, answered: 0, others: 0, isWhole: true },
  rules: [],
  reversePath: { background: 0, moved: 0 },
  noRoute: { background: 0, moved: 0 },
  conntrack: null,
  missing: null,
};

const RULE: FirewallRule = {
  ...{ tool: 'nft', family: 'inet', table: 'site', chain: 'guard', handle: 14, after: 3 },
  ...{ text: 'tcp dport 8080 counter drop', verdict: 'drop', manager: null },
  packets: { background: 0, moved: 7 },
};

function evidence(
  seen: Partial<Testimony>,
  ends: Partial<WitnessEvidence['probes']> = {},
  others: Partial<Evidence> = {},
): Evidence {
  const probes = { protocol: 'tcp', to: '10.9.2.1', port: 8080, sent: 7, silent: 7, refused: 0, answered: 0 } as const;
  return {
    witness: { ...TIMED, host: 'ssh://far', probes: { ...probes, ...ends }, seen: { ...QUIET, ...seen } },
    sockets: { ...TIMED, host: 'ssh://far', listening: [], ownsTarget: true, gaps: [] },
    ...others,
  };
}

const arrivals = (changes: Partial<NonNullable<Testimony['arrivals']>>) => ({
  arrivals: { by: 'tcpdump', arrived: 7, answered: 0, others: 0, isWhole: true, ...changes } as const,
});

test.each([
  ['the counter of one rule rose by just as many', evidence({ rules: [RULE] }), 'dropped'],
  ['nobody could capture, and it did', evidence({ arrivals: null, rules: [RULE] }), 'dropped'],
  ['it rose by more', evidence({ rules: [{ ...RULE, packets: { background: 0, moved: 8 } }] }), 'arrived'],
  ['it rises by itself', evidence({ rules: [{ ...RULE, packets: { background: 1, moved: 7 } }] }), 'arrived'],
  ['two rose by as many', evidence({ rules: [RULE, { ...RULE, handle: 15 }] }), 'arrived'],
  ['it rejects, and here nothing was heard', evidence({ rules: [{ ...RULE, verdict: 'reject' }] }), 'arrived'],
  ['it drops, and here a refusal was heard', evidence({ rules: [RULE] }, { silent: 0, refused: 7 }), 'unseen'],
  [
    'it rejects, and so it was heard',
    evidence({ rules: [{ ...RULE, verdict: 'reject' }] }, { silent: 0, refused: 7 }),
    'dropped',
  ],
  ['by now they are answered', evidence({ rules: [RULE] }, { silent: 2, answered: 5 }), 'passed'],
  ['the reverse-path filter', evidence({ reversePath: { background: 0, moved: 7 } }), 'reverse-path'],
  ['the same on a busy machine', evidence({ reversePath: { background: 4, moved: 7 } }), 'arrived'],
  ['no route for the answers', evidence({ noRoute: { background: 0, moved: 7 } }), 'no-way-back'],
  [
    'a full table',
    evidence({ conntrack: { count: 100, max: 100, drops: { background: 3, moved: 9 } } }),
    'conntrack-full',
  ],
  [
    'a full table that dropped fewer',
    evidence({ conntrack: { count: 100, max: 100, drops: { background: 0, moved: 3 } } }),
    'arrived',
  ],
  ['answers that left', evidence(arrivals({ answered: 7 })), 'answer-lost'],
  ['none came', evidence(arrivals({ arrived: 0 })), 'never-arrived'],
  ['none came that could be told from others', evidence(arrivals({ arrived: 0, others: 7 })), 'unseen'],
  ['the capture lost some', evidence(arrivals({ arrived: 0, isWhole: false })), 'unseen'],
  [
    'none came to a machine that may be another',
    evidence(
      arrivals({ arrived: 0 }),
      {},
      {
        sockets: { ...TIMED, host: 'ssh://far', listening: [], ownsTarget: false, gaps: [] },
      },
    ),
    'unseen',
  ],
  [
    'answers that a rule drops, sent twice',
    evidence({
      rules: [{ ...RULE, text: '-p tcp -m tcp --sport 8080 -j DROP', packets: { background: 0, moved: 14 } }],
    }),
    'dropped',
  ],
  ['nobody could look', evidence({ right: 'none', arrivals: null, rules: null }), 'unseen'],
  ['too few were sent', evidence({ rules: [RULE] }, { sent: 2, silent: 2 }), 'unseen'],
])('%s', (_, found, outcome) => {
  expect(readWitness(found).outcome).toBe(outcome);
  expect(provenRule(found.witness) !== null).toBe(outcome === 'dropped');
});

test('what a kernel told stands in the place of silence, and of nothing else', () => {
  const found = evidence({ reversePath: { background: 0, moved: 7 } });
  expect(witnessedCause('path-blackhole', found, CONTEXT)).toBe('reverse-path-filtered');
  expect(witnessedCause('firewall-blocks-port', found, CONTEXT)).toBe('reverse-path-filtered');
  expect(witnessedCause('port-open', found, CONTEXT)).toBe('port-open');
  expect(witnessedCause('local-firewall', found, CONTEXT)).toBe('local-firewall');
});

test('a proven rule leaves no alternative, and its machine has to act', () => {
  const found = evidence({ rules: [RULE] });
  expect(alternativesTo('firewall-blocks-port', found, CONTEXT)).toEqual([]);
  expect(CODE_RULES['firewall-blocks-port'].owner(found, CONTEXT)).toBe('target');
  expect(CODE_RULES['path-blackhole'].owner(found, CONTEXT)).toBe('target');
  expect(CODE_RULES['port-filtered'].owner(evidence(arrivals({ arrived: 0 })), CONTEXT)).toBe('path');
});

test('of answers that are lost the last yard is this machine: likely, not certain', () => {
  const lost = alternativesTo('return-path-broken', evidence(arrivals({ answered: 7 })), CONTEXT);
  expect(lost.map(({ code }) => code)).toEqual(['local-firewall']);
  expect(alternativesTo('return-path-broken', evidence({ noRoute: { background: 0, moved: 7 } }), CONTEXT)).toEqual([]);
});
