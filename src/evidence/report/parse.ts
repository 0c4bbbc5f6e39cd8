import type * as z from 'zod/mini';
import { printable } from '../../text/printable.ts';
import type { Report } from './report.ts';
import { reportSchema } from './schema.ts';

const MAX_PROBLEMS = 50;
const MAX_PROBLEM_LENGTH = 300;

/** `problems`: one line each, `path: what is wrong`, fit to print. */
export type ParsedReport =
  | { readonly kind: 'ok'; readonly report: Report }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** Takes a value that a file or a stranger gave for a report. Never throws. */
export function parseReport(value: unknown): ParsedReport {
  const parsed = reportSchema.safeParse(value);
  if (parsed.success) return { kind: 'ok', report: parsed.data };
  return { kind: 'invalid', problems: parsed.error.issues.slice(0, MAX_PROBLEMS).map((issue) => tell(issue, value)) };
}

function tell(issue: z.core.$ZodIssue, value: unknown): string {
  const path = issue.path.map(String).join('.') || 'the report';
  const what = isMissing(issue.path, value) ? 'is missing' : whatIsWrong(issue);
  return printable(`${path}: ${what}`).slice(0, MAX_PROBLEM_LENGTH);
}

/** Whether nothing at all stands there: a report of a netwhy that did not know the field yet. */
function isMissing(path: readonly PropertyKey[], value: unknown): boolean {
  let within: unknown = value;
  for (const key of path) {
    if (typeof within !== 'object' || within === null || !Object.hasOwn(within, key)) return true;
    within = (within as Readonly<Record<PropertyKey, unknown>>)[key];
  }
  return false;
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
    case 'invalid_union': {
      const [first] = issue.errors[0] ?? [];
      return first === undefined ? 'is not what it should be' : whatIsWrong(first);
    }
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return 'is not what it should be';
  }
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' entries' : '';
}

function article(expected: string): string {
  if (expected === 'int') return 'a whole number';
  return expected === 'object' || expected === 'array' ? `an ${expected}` : `a ${expected}`;
}
