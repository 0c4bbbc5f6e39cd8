import { escapeControls } from '../../text/escape-controls.ts';
import { textWidth } from '../../text/text-width.ts';
import type { Diagnostic } from './diagnostic.ts';

/** Columns of a line that are shown around the place that is meant. */
const SHOWN_BEFORE = 60;
const SHOWN_IN_ALL = 100;
/**
 * A diagnostic as it is printed: place and message, the line of the file with a caret under what is meant, and the
 * nearest name. Without control characters, whatever the file holds. No line end at the end.
 */
export function renderDiagnostic(diagnostic: Diagnostic): string {
  const { code, file, line, column, message, suggestion } = diagnostic;
  const gutter = ' '.repeat(String(line).length);
  return [
    `${escapeControls(file)}:${line}:${column}: ${escapeControls(message)} [${code}]`,
    // An empty line shows nothing, and of a file that could not be read there is none.
    ...(diagnostic.excerpt.trim() === '' ? [] : excerptLines(diagnostic, gutter)),
    ...(suggestion === null ? [] : [`  ${gutter} = did you mean ${JSON.stringify(escapeControls(suggestion))}?`]),
  ].join('\n');
}

function excerptLines({ line, column, length, excerpt }: Diagnostic, gutter: string): readonly string[] {
  const start = column - 1;
  const end = start + length;
  const from = Math.max(0, start - SHOWN_BEFORE);
  const to = Math.min(excerpt.length, from + SHOWN_IN_ALL);
  const before = (from > 0 ? '…' : '') + shown(excerpt.slice(from, start));
  const meant = shown(excerpt.slice(start, Math.min(end, to)));
  const after = shown(excerpt.slice(end, to)) + (to < excerpt.length ? '…' : '');
  return [
    `  ${line} | ${before}${meant}${after}`.trimEnd(),
    `  ${gutter} | ${' '.repeat(textWidth(before))}${'^'.repeat(Math.max(1, textWidth(meant)))}`,
  ];
}

function shown(text: string): string {
  return escapeControls(text.replaceAll('\t', '  '));
}
