/** Offsets into the text of a flow file, in UTF-16 units; `end` is exclusive. */
export type Span = { readonly start: number; readonly end: number };

export const DIAGNOSTIC_CODES = [
  'unreadable', // the file cannot be read, or is not UTF-8
  'too-large',
  'too-deep',
  'yaml-syntax',
  'yaml-alias', // an alias or an anchor: what a flow says must be written where it holds
  'yaml-tag',
  'duplicate-key',
  'bad-name', // not in kebab-case
  'unknown-key',
  'missing-key',
  'missing-language',
  'wrong-type',
  'bad-value',
  'bad-text', // empty, or with a control character in it
  'unknown-fact',
  'unknown-probe',
  'unknown-outcome',
  'missing-outcome',
  'outcome-in-both-answers',
  'unknown-part',
  'unused-instead', // in place of a conclusion to which the part never comes
  'unknown-node',
  'unreachable-node',
  'cycle',
  'unknown-code',
  'info-code', // a code that can only be listed beside a diagnosis
  'unknown-choice',
  'input-unread', // what a person gives with a choice, which leads to no probe that reads it
  'input-unattended', // a choice that needs it, where nobody is asked
  'name-mismatch', // the flow's name is not the file's
  'test-unknown-node',
  'test-unknown-outcome',
  'test-incomplete', // the walk comes to a node for which nothing is recorded
  'test-unvisited-node', // the walk never comes to a node for which something is recorded
  'test-ends-elsewhere',
  'more', // stands for the problems that are not listed
] as const;

export type DiagnosticCode = (typeof DIAGNOSTIC_CODES)[number];

/** Something wrong with a flow file, before its position is worked out and the nearest name looked up. */
export type Problem = {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly span: Span;
  /** What was written and what could have been meant. */
  readonly meant?: { readonly word: string; readonly candidates: Iterable<string> };
};
