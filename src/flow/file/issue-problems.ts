import type * as z from 'zod/mini';
import { FINDING_CODES, isFindingCode } from '../../domain/finding-code.ts';
import { quoted } from '../quoted.ts';
import type { Problem } from './problem.ts';
import { keySpan, type Tree, type TreePath, treeAt, valueSpan } from './tree.ts';

type Issue = z.core.$ZodIssue;

/** Where an issue is: its path counts from `base`, and `keys` tells what a map at a path may have. */
export type IssuePlace = {
  readonly root: Tree;
  readonly base: TreePath;
  readonly keys: (path: TreePath) => readonly string[];
};

/** What an issue of zod means to the author of a flow. */
export function issueProblems(issue: Issue, place: IssuePlace): readonly Problem[] {
  const path = [...place.base, ...issue.path];
  const span = valueSpan(place.root, path);
  if (isMissing(issue, path, place.root)) return [missing(issue, keySpan(place.root, path))];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, issue, place));
    case 'invalid_key':
      return [badName(String(path.at(-1)), keySpan(place.root, path))];
    case 'invalid_value':
      return [unknownValue(issue, span)];
    case 'invalid_format':
      return [isName(issue) ? badName(String(issue.input), span) : badText(String(issue.input), span)];
    case 'too_big':
    case 'too_small':
      return [{ code: 'bad-value', message: sizeMessage(issue), span }];
    case 'invalid_union':
      return [wrongType('a node or { conclude: CODE }', issue.input, span)];
    case 'invalid_type':
      return [wrongType(EXPECTED[issue.expected] ?? issue.expected, issue.input, span)];
    default:
      return [{ code: 'bad-value', message: 'this value is not allowed here', span }];
  }
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  object: 'a map',
  record: 'a map',
  array: 'a list',
};

function isMissing(issue: Issue, path: TreePath, root: Tree): boolean {
  return issue.input === undefined && issue.code !== 'unrecognized_keys' && treeAt(root, path) === null;
}

function missing(issue: Issue, span: Problem['span']): Problem {
  const last = String(issue.path.at(-1) ?? '');
  if (issue.path.length === 0) return { code: 'missing-key', message: 'a node is missing', span };
  if (issue.path.length === 2 && issue.path[0] === 'on') {
    return { code: 'missing-outcome', message: `the outcome ${quoted(last)} leads nowhere`, span };
  }
  if (last === 'en' || last === 'ko') {
    const language = last === 'en' ? 'English (en)' : 'Korean (ko)';
    return { code: 'missing-language', message: `the ${language} text is missing`, span };
  }
  return { code: 'missing-key', message: `the key ${quoted(last)} is missing`, span };
}

function unknownKey(key: string, issue: Issue, { root, base, keys }: IssuePlace): Problem {
  const isOutcome = issue.path.length === 1 && issue.path[0] === 'on';
  return {
    code: isOutcome ? 'unknown-outcome' : 'unknown-key',
    message: isOutcome ? `the probe has no outcome ${quoted(key)}` : `the key ${quoted(key)} is not known here`,
    span: keySpan(root, [...base, ...issue.path, key]),
    meant: { word: key, candidates: keys(issue.path) },
  };
}

function unknownValue(issue: Issue & { readonly code: 'invalid_value' }, span: Problem['span']): Problem {
  const last = issue.path.at(-1);
  // An object without a prototype, as the YAML reader makes them, has no text form.
  if (typeof issue.input !== 'string') return wrongType('text', issue.input, span);
  const word = issue.input;
  const meant = { word, candidates: issue.values.map(String) };
  if (last === 'conclude') {
    if (isFindingCode(word) && FINDING_CODES[word] === 'info') {
      const message = `a walk cannot end on ${quoted(word)}: it is only ever listed beside a diagnosis`;
      return { code: 'info-code', message, span };
    }
    return { code: 'unknown-code', message: `there is no finding ${quoted(word)}`, span, meant };
  }
  if (last === 'probe') return { code: 'unknown-probe', message: `there is no probe ${quoted(word)}`, span, meant };
  if (last === 'input') return { code: 'bad-value', message: `there is no input ${quoted(word)}`, span, meant };
  return { code: 'unknown-outcome', message: `the probe has no outcome ${quoted(word)}`, span, meant };
}

function wrongType(expected: string, found: unknown, span: Problem['span']): Problem {
  const isScalar = typeof found === 'number' || typeof found === 'boolean';
  const hint = expected === 'text' && isScalar ? '; put it in quotes if it is meant as text' : '';
  return { code: 'wrong-type', message: `expected ${expected}, found ${typeName(found)}${hint}`, span };
}

function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return 'a number';
    case 'boolean':
      return `${value}`;
    default:
      return 'a map';
  }
}

// A sentence is never a name: names are what the schema holds to kebab-case.
function isName(issue: Issue & { readonly code: 'invalid_format' }): boolean {
  return 'pattern' in issue && issue.pattern !== undefined && !issue.pattern.includes('\\s');
}

function badName(name: string, span: Problem['span']): Problem {
  return { code: 'bad-name', message: `${quoted(name)} is no name: small letters, digits and single dashes`, span };
}

function badText(text: string, span: Problem['span']): Problem {
  const message = text.trim() === '' ? 'the text is empty' : 'a text is one line without control characters';
  return { code: 'bad-text', message, span };
}

function sizeMessage(issue: Issue & { readonly code: 'too_big' | 'too_small' }): string {
  if (issue.code === 'too_small') return `must be more than ${issue.minimum}`;
  return issue.origin === 'string' ? `longer than ${issue.maximum} characters` : `must be at most ${issue.maximum}`;
}
