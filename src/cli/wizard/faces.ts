import type { Language } from '../../domain/verdict.ts';
import { evidenceLines } from '../../evidence/lines.ts';
import { firstStepOf, underHeadline } from '../../report/check/first-screen.ts';
import { hopColumns } from '../../report/check/hop-columns.ts';
import { traceWordsOf } from '../../report/trace/language.ts';
import { traceTable } from '../../report/trace/table.ts';
import type { Faces } from '../../tui/theme/theme.tsx';

/** What the wizard shows as `check` and `trace` show it. */
export function facesOf(lang: Language, ascii: boolean): Faces {
  return {
    evidenceOf: (report) => evidenceLines(report, lang),
    underHeadline: (report, columns, rows) => underHeadline(report, { columns, lang, ascii }, rows),
    hopsOf: (report, names, columns) => hopColumns(report, names, { columns, lang, ascii }),
    firstStepOf,
    hopTable: (rows, names, columns) =>
      traceTable({ rows, names: new Map(Object.entries(names)) }, { words: traceWordsOf(lang), columns, ascii }),
  };
}
