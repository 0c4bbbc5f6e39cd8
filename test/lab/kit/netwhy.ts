import { existsSync } from 'node:fs';
import { expect } from 'vitest';
import type { FindingCode } from '../../../src/domain/finding-code.ts';
import type { Confidence, Verdict, Where } from '../../../src/domain/verdict.ts';
import { parseReport } from '../../../src/evidence/report/parse.ts';
import type { Report } from '../../../src/evidence/report/report.ts';
import { type Finished, run } from './exec.ts';
import type { Namespace } from './namespaces.ts';
import { PROGRAM } from './program.ts';
import { record } from './record.ts';

const EXIT_CODES = { healthy: 0, degraded: 1, fault: 2, inconclusive: 3 } as const satisfies Record<Verdict, number>;

/** Starting and ending a process, on a busy machine. */
const PROCESS_MS = 2000;

export type Checked = Finished & { readonly report: Report };

/** Runs the built program in a namespace. */
export async function netwhy(
  namespace: Namespace,
  args: readonly string[],
  options: { readonly timeoutMs?: number; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Finished> {
  if (!existsSync(PROGRAM)) throw new Error('The lab tests the built program: run `npm run build` first');
  return run(namespace, [process.execPath, PROGRAM, ...args], options);
}

/** `netwhy check … --json`: a report that satisfies its schema and agrees with itself and with the exit code. */
export async function check(namespace: Namespace, target: string, ...args: readonly string[]): Promise<Checked> {
  return judged(await netwhy(namespace, ['check', target, '--json', ...args]));
}

/** What holds for every run of `netwhy check … --json`, whoever ran it. */
export function judged(finished: Finished): Checked {
  expectNoStackTrace(finished);
  const report = reportOf(finished);
  expectSound(report);
  expect(finished.wallMs - report.durationMs, 'the process ends with its report').toBeLessThan(PROCESS_MS);
  expect(finished.exitCode).toBe(EXIT_CODES[report.verdict]);
  return { ...finished, report };
}

/** The one JSON document on stdout, checked against the schema. */
export function reportOf(finished: Finished): Report {
  const parsed = parseReport(jsonOf(finished));
  if (parsed.kind === 'invalid') throw new Error(`The report is not sound:\n${parsed.problems.join('\n')}`);
  return parsed.report;
}

function jsonOf({ exitCode, stdout, stderr }: Finished): unknown {
  try {
    return JSON.parse(stdout);
  } catch (cause) {
    throw new Error(`stdout is not one JSON document (exit ${exitCode}):\n${stdout}\n${stderr}`, { cause });
  }
}

/** What holds for every report, whatever was measured. */
function expectSound(report: Report): void {
  const found = report.findings.map(({ code }) => code);
  expect(found[0]).toBe(report.diagnosis.code);
  expect(new Set(found).size, 'no finding twice').toBe(found.length);
  const ruledOut = report.ruledOut.map(({ code }) => code);
  const notChecked = report.notChecked.map(({ code }) => code);
  expect(
    ruledOut.filter((code) => notChecked.includes(code)),
    'not checked is never ruled out',
  ).toEqual([]);
  expect(
    ruledOut.filter((code) => found.includes(code)),
    'what was found is not ruled out',
  ).toEqual([]);
}

export function expectNoStackTrace(finished: Finished): void {
  expect(finished.stderr).not.toMatch(/^\s+at .+:\d+/m);
  expect(finished.stdout).not.toMatch(/^\s+at .+:\d+:\d+/m);
}

type Expected = {
  readonly code: FindingCode;
  readonly verdict: Verdict;
  readonly confidence?: Confidence;
  readonly where?: Where | null;
  /** Codes that must be among the findings beside the diagnosis. */
  readonly also?: readonly FindingCode[];
};

/** Compares what was concluded; the message carries the evidence when it is not what was expected. */
export function expectDiagnosis(checked: Checked, expected: Expected): void {
  const { diagnosis, verdict, findings } = checked.report;
  const seen = {
    code: diagnosis.code,
    verdict,
    ...(expected.confidence === undefined ? {} : { confidence: diagnosis.confidence }),
    ...(expected.where === undefined ? {} : { where: diagnosis.where }),
    ...(expected.also === undefined
      ? {}
      : { also: expected.also.filter((code) => findings.slice(1).some((finding) => finding.code === code)) }),
  };
  expect(seen, digest(checked.report)).toEqual(expected);
  record(checked.report);
}

/** What one needs to see to know why: the way through the tree, and the evidence, one line each. */
function digest({ diagnosis, steps, evidence }: Report): string {
  const way = steps.map(({ id, outcome }) => `${id}: ${outcome}`).join(' > ');
  const lines = Object.entries(evidence).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return [`${diagnosis.code} (${diagnosis.confidence})`, way, ...lines].join('\n');
}
