import type { Language } from '../../domain/verdict.ts';
import type { Report } from '../../evidence/report/report.ts';
import type { TextOptions } from '../../report/check/text.ts';
import { printed } from '../../report/formats/print.ts';
import { isUtf8 } from '../common/is-utf8.ts';
import { note, print } from '../common/output.ts';
import { writeWhole } from '../common/write-whole.ts';
import type { CheckOptions } from '../options/check-options.ts';
import { formatOf } from '../options/format-of.ts';

const DEFAULT_COLUMNS = 80;

type Face = Pick<CheckOptions, 'format' | 'json' | 'markdown' | 'verbose' | 'quiet' | 'color' | 'output'>;

/** Prints the report in the format that was asked for; false, with a note on stderr, where it could not be written. */
export async function printReport(report: Report, options: Face, lang: Language): Promise<boolean> {
  return printResult((face) => printed(report, formatOf(options), face), options, lang);
}

/** Prints what `text` makes of the terminal, or writes it to the file that was named. */
export async function printResult(
  text: (face: TextOptions) => string,
  options: Face,
  lang: Language,
): Promise<boolean> {
  const { format, json, markdown, quiet, output } = options;
  const isAskedFor = format !== undefined || json || markdown || output !== undefined;
  if (quiet && !isAskedFor) return true;
  if (output === undefined) {
    await print(text(faceOf(options, lang)));
    return true;
  }
  try {
    await writeWhole(output, text({ ...faceOf(options, lang), color: false, columns: DEFAULT_COLUMNS, ascii: false }));
    return true;
  } catch (error) {
    await note(`netwhy: the result could not be written: ${error instanceof Error ? error.message : String(error)}\n`);
    return false;
  }
}

/** How a result looks on this terminal. */
export function faceOf({ color, verbose }: Pick<Face, 'color' | 'verbose'>, lang: Language): TextOptions {
  return {
    color: color && process.stdout.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
    columns: process.stdout.columns ?? DEFAULT_COLUMNS,
    lang,
    ascii: !isUtf8(process.env),
    verbose: verbose === true,
  };
}
