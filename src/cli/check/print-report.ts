import type { Report } from '../../domain/report.ts';
import type { Language } from '../../domain/verdict.ts';
import { toJson } from '../../report/check/json.ts';
import { toMarkdown } from '../../report/check/markdown.ts';
import { toText } from '../../report/check/text.ts';
import { isUtf8 } from '../common/is-utf8.ts';
import { print } from '../common/output.ts';
import type { CheckOptions } from '../options/check-options.ts';

const DEFAULT_COLUMNS = 80;

type Face = Pick<CheckOptions, 'json' | 'markdown' | 'quiet' | 'color'>;

/** Prints the report in the face that was asked for. */
export async function printReport(report: Report, options: Face, lang: Language): Promise<void> {
  if (options.quiet && !options.json && !options.markdown) return;
  if (options.json) return print(toJson(report));
  if (options.markdown) return print(toMarkdown(report, lang));
  return print(
    toText(report, {
      color:
        options.color && process.stdout.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
      columns: process.stdout.columns ?? DEFAULT_COLUMNS,
      lang,
      ascii: !isUtf8(process.env),
    }),
  );
}
