import type { Language } from '../../domain/verdict.ts';
import type { Report } from '../../evidence/report/report.ts';
import { toBrief } from '../../report/check/brief.ts';
import { toJson } from '../../report/check/json.ts';
import { toMarkdown } from '../../report/check/markdown.ts';
import { toText } from '../../report/check/text.ts';
import { toTicket } from '../../report/check/ticket.ts';
import { isUtf8 } from '../common/is-utf8.ts';
import { print } from '../common/output.ts';
import type { CheckOptions, Format } from '../options/check-options.ts';
import { formatOf } from '../options/format-of.ts';

const DEFAULT_COLUMNS = 80;

type Face = Pick<CheckOptions, 'format' | 'json' | 'markdown' | 'verbose' | 'quiet' | 'color'>;

/** Prints the report in the format that was asked for. */
export async function printReport(report: Report, options: Face, lang: Language): Promise<void> {
  const format = formatOf(options);
  const isAskedFor = options.format !== undefined || options.json || options.markdown;
  if (options.quiet && !isAskedFor) return;
  return print(printed(report, format, options, lang));
}

function printed(report: Report, format: Format, { color, verbose }: Face, lang: Language): string {
  const ascii = !isUtf8(process.env);
  switch (format) {
    case 'json':
      return toJson(report);
    case 'markdown':
      return toMarkdown(report, lang);
    case 'brief':
      return toBrief(report, lang, ascii);
    case 'ticket':
      return toTicket(report, lang, ascii);
    case 'text':
      return toText(report, {
        color: color && process.stdout.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
        columns: process.stdout.columns ?? DEFAULT_COLUMNS,
        lang,
        ascii,
        verbose: verbose === true,
      });
  }
}
