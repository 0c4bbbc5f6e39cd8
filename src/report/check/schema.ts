import * as z from 'zod/mini';
import { ALL_CODES } from '../../domain/finding-code.ts';
import type { Report } from '../../domain/report.ts';
import { printable } from '../../text/printable.ts';
import { evidenceSchema } from '../evidence/schema.ts';
import { count, family, ipAddress, ms, port, text, time, word } from '../evidence/schema-parts.ts';

const MAX_LISTED = 256;

const MAX_PROBLEMS = 50;

const MAX_PROBLEM_LENGTH = 300;

const code = z.enum(ALL_CODES);

const where = z.nullable(z.strictObject({ hop: z.nullable(count), address: z.nullable(ipAddress) }));

const target = z.strictObject({
  input: text,
  scheme: z.enum(['tcp', 'udp', 'http', 'https']),
  host: text,
  address: z.nullable(ipAddress),
  family: z.nullable(family),
  port: z.nullable(port),
});

const nextStep = z.strictObject({
  title: text,
  platform: word,
  command: z.nullable(text),
  check: z.nullable(text),
  risk: z.enum(['none', 'reversible', 'irreversible']),
  undo: z.nullable(text),
  // Reports of netwhy before its steps said where they are done.
  at: z._default(z.enum(['this-machine', 'target', 'path', 'resolver', 'service', 'nobody', 'unknown']), 'unknown'),
});

const diagnosis = z.strictObject({
  code,
  confidence: z.enum(['certain', 'likely', 'possible']),
  title: text,
  summary: text,
  explanation: text,
  owner: z._default(
    z.enum(['this-machine', 'target', 'path', 'resolver', 'service', 'nobody', 'unknown']),
    // Reports of netwhy before it said who has to act.
    'unknown',
  ),
  where,
  alternatives: z.array(z.strictObject({ code, why: text })).check(z.maxLength(MAX_LISTED)),
  nextSteps: z.array(nextStep).check(z.maxLength(MAX_LISTED)),
});

const step = z.strictObject({
  id: word,
  question: text,
  answer: word,
  outcome: word,
  next: z.nullable(word),
  durationMs: ms,
  byHand: z.exactOptional(z.strictObject({ measured: z.nullable(word) })),
});

const verdict = z.enum(['healthy', 'degraded', 'fault', 'inconclusive']);

const confidence = z.enum(['certain', 'likely', 'possible']);

const otherView = z.strictObject({
  from: text,
  verdict,
  code,
  confidence,
  summary: text,
  where,
  address: z.nullable(ipAddress),
});

const comparison = z.strictObject({
  others: z.array(otherView).check(z.maxLength(MAX_LISTED)),
  meanings: z.array(text).check(z.maxLength(MAX_LISTED)),
});

/** The shape of the public report (contract, section 3). Strict: an unknown key or word is an error. */
export const reportSchema = z.strictObject({
  schema: z.literal('netwhy.report/v1'),
  version: word,
  startedAt: time,
  durationMs: ms,
  flow: word,
  from: text,
  target,
  verdict,
  diagnosis,
  findings: z
    .array(z.strictObject({ code, severity: z.enum(['fault', 'warning', 'info']), summary: text, where }))
    .check(z.maxLength(MAX_LISTED)),
  ruledOut: z.array(z.strictObject({ code, because: text })).check(z.maxLength(MAX_LISTED)),
  notChecked: z
    .array(z.strictObject({ code, reason: z.enum(['not-permitted', 'no-vantage', 'deadline', 'not-answered']) }))
    .check(z.maxLength(MAX_LISTED)),
  steps: z.array(step).check(z.maxLength(MAX_LISTED)),
  evidence: evidenceSchema,
  comparison: z.exactOptional(comparison),
});

/** `problems`: one line each, `path: what is wrong`, fit to print. */
export type ParsedReport =
  | { readonly kind: 'ok'; readonly report: Report }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** Takes a value that a file or a stranger gave for a report. Never throws. */
export function parseReport(value: unknown): ParsedReport {
  const parsed = reportSchema.safeParse(value);
  if (parsed.success) return { kind: 'ok', report: parsed.data };
  return { kind: 'invalid', problems: parsed.error.issues.slice(0, MAX_PROBLEMS).map(tell) };
}

/** The JSON Schema (draft 2020-12) of the report. */
export function reportJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(reportSchema, { target: 'draft-2020-12' });
  return { $schema, title: 'netwhy report', ...rest };
}

function tell(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String).join('.') || 'the report';
  return printable(`${path}: ${whatIsWrong(issue)}`).slice(0, MAX_PROBLEM_LENGTH);
}

function whatIsWrong(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `unknown key ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}`;
    case 'invalid_type':
      return `must be ${article(issue.expected)}`;
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
    case 'too_big':
      return `must be at most ${issue.maximum}${unitOf(issue.origin)}`;
    case 'too_small':
      return `must be at least ${issue.minimum}${unitOf(issue.origin)}`;
    case 'invalid_format':
      return 'is not of the right form';
    default:
      return 'is not what it should be';
  }
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' entries' : '';
}

function article(expected: string): string {
  switch (expected) {
    case 'int':
      return 'a whole number';
    case 'object':
    case 'array':
      return `an ${expected}`;
    default:
      return `a ${expected}`;
  }
}
