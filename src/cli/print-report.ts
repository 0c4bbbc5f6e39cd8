import type { Report } from '../domain/report.ts';
import type { Language } from '../domain/verdict.ts';
import { toJson } from '../report/json.ts';
import { toMarkdown } from '../report/markdown.ts';
import { toText } from '../report/text.ts';
import type { CheckOptions } from './check-options.ts';
import { print } from './output.ts';

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

/** Whether the locale says UTF-8; no locale at all is taken as UTF-8, which is what terminals are today. */
export function isUtf8(env: NodeJS.ProcessEnv): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return locale === '' || /utf-?8/iu.test(locale);
}
