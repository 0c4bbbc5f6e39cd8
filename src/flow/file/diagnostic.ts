import { LineCounter } from 'yaml';
import { nearest } from '../nearest.ts';
import type { SourceText } from './include.ts';
import type { DiagnosticCode, Problem } from './problem.ts';
import { shiftedSpan } from './tree.ts';

/** One thing that is wrong with a flow file. Texts are as in the file: `renderDiagnostic` makes them fit to print. */
export type Diagnostic = {
  readonly code: DiagnosticCode;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units as editors count. */
  readonly column: number;
  /** How much of the line is meant, at least 1. */
  readonly length: number;
  readonly message: string;
  /** The whole line of the file, without its end. */
  readonly excerpt: string;
  /** The nearest name, where one is near. */
  readonly suggestion: string | null;
};

/** A file with more problems than this is told so instead of listing them all. */
export const MOST_DIAGNOSTICS = 100;

/** The same for a flow of several files, whose texts are counted through one after the other. */
export function diagnosticsIn(problems: readonly Problem[], sources: readonly SourceText[]): readonly Diagnostic[] {
  return sources
    .flatMap(({ file, text, base }, index) => {
      const until = sources[index + 1]?.base ?? Number.POSITIVE_INFINITY;
      const within = problems.filter(({ span }) => span.start >= base && span.start < until);
      const own = within.map((problem) => ({ ...problem, span: shiftedSpan(problem.span, -base) }));
      return diagnosticsOf(own, text, file);
    })
    .slice(0, MOST_DIAGNOSTICS + 1);
}

/** Sorts problems by place and gives each its line, column, excerpt and suggestion. */
export function diagnosticsOf(problems: readonly Problem[], text: string, file: string): readonly Diagnostic[] {
  const lines = lineStarts(text);
  const sorted = [...problems].sort((a, b) => a.span.start - b.span.start);
  const left = sorted.slice(MOST_DIAGNOSTICS);
  const shown = sorted.slice(0, MOST_DIAGNOSTICS).map((problem) => diagnosticOf(problem, text, lines, file));
  const [next] = left;
  if (next === undefined) return shown;
  const more: Problem = { code: 'more', message: `${left.length} more problems from here on`, span: next.span };
  return [...shown, diagnosticOf(more, text, lines, file)];
}

function diagnosticOf(problem: Problem, text: string, lines: LineCounter, file: string): Diagnostic {
  const { code, message, span, meant } = problem;
  const start = Math.min(span.start, text.length);
  const { line, col } = lines.linePos(start);
  const lineStart = start - (col - 1);
  const newline = text.indexOf('\n', lineStart);
  const excerpt = text.slice(lineStart, newline === -1 ? text.length : newline).replace(/\r$/u, '');
  const length = Math.max(1, Math.min(span.end, lineStart + excerpt.length) - start);
  const suggestion = meant === undefined ? null : nearest(meant.word, meant.candidates);
  return { code, file, line, column: col, length, message, excerpt, suggestion };
}

function lineStarts(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return lines;
}
