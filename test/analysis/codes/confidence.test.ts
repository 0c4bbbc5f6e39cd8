import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alternativesTo, confidenceOf } from '../../../src/analysis/codes/alternatives.ts';
import { CODE_RULES } from '../../../src/analysis/codes/table.ts';
import { ALL_CODES } from '../../../src/domain/finding-code.ts';
import type { Evidence } from '../../../src/evidence/kinds.ts';
import { contextOf, reports } from './corpus.ts';

/** Evidence of a real run, with some of its probes put in from other runs and some left out. */
const mixedEvidence = fc
  .array(fc.tuple(fc.nat(reports.length - 1), fc.nat(20)), { minLength: 1, maxLength: 12 })
  .map((picks) => {
    const mixed: Record<string, unknown> = {};
    for (const [report, kind] of picks) {
      const entries = Object.entries(reports[report]?.evidence ?? {});
      const [name, value] = entries[kind % Math.max(1, entries.length)] ?? [];
      if (name !== undefined) mixed[name] = value;
    }
    return { evidence: mixed as Evidence, report: reports[picks[0]?.[0] ?? 0] };
  });

test('whatever the evidence, certain is what has no alternatives, and possible what something fits as well', () => {
  fc.assert(
    fc.property(mixedEvidence, fc.constantFrom(...ALL_CODES), ({ evidence, report }, code) => {
      if (report === undefined) return;
      const alternatives = alternativesTo(code, evidence, contextOf(report));
      const confidence = confidenceOf(alternatives);
      expect(confidence === 'certain').toBe(alternatives.length === 0);
      expect(confidence === 'possible').toBe(alternatives.some(({ fits }) => fits === 'as-well'));
    }),
    { numRuns: 2000 },
  );
});

test('whatever the evidence, a place, an owner and a judgement can be given', () => {
  fc.assert(
    fc.property(mixedEvidence, fc.constantFrom(...ALL_CODES), ({ evidence, report }, code) => {
      if (report === undefined) return;
      const rules = CODE_RULES[code];
      rules.place(evidence, contextOf(report));
      rules.judge(evidence, contextOf(report));
      rules.observed?.(evidence, contextOf(report));
      expect(rules.owner(evidence, contextOf(report))).toMatch(
        /^(this-machine|target|path|resolver|service|nobody|unknown)$/u,
      );
    }),
    { numRuns: 2000 },
  );
});

test('no code looks like itself without a cause that tells the two apart', () => {
  for (const code of ALL_CODES) {
    const seen = CODE_RULES[code].lookalikes.map((each) => `${each.code} ${each.cause ?? ''}`);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).not.toContain(`${code} `);
  }
});
