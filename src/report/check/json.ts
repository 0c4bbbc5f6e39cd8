import { EVIDENCE_NAMES } from '../../evidence/kinds.ts';
import type { Report } from '../../evidence/report/report.ts';
import { jsonText } from '../json-text.ts';

/** In the order of the contract. */
const KEYS = Object.keys({
  schema: true,
  version: true,
  startedAt: true,
  durationMs: true,
  flow: true,
  from: true,
  target: true,
  verdict: true,
  diagnosis: true,
  findings: true,
  ruledOut: true,
  notChecked: true,
  steps: true,
  evidence: true,
  comparison: true,
} satisfies Record<keyof Report, true>) as readonly (keyof Report)[];

/**
 * The report as one JSON document (contract, section 3). The keys of the report and of its evidence stand in the order of
 * the contract, whoever built it; characters that could control a terminal are escaped.
 */
export function toJson(report: Report): string {
  return jsonText(reportInOrder(report));
}

/** The same document before it is text. */
export function reportInOrder(report: Report): Report {
  return { ...inOrder(report, KEYS), evidence: inOrder(report.evidence, EVIDENCE_NAMES) };
}

function inOrder<T extends object>(value: T, keys: readonly (keyof T)[]): T {
  return Object.fromEntries(keys.flatMap((key) => (value[key] === undefined ? [] : [[key, value[key]]]))) as T;
}
