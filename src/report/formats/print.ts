import type { Report } from '../../evidence/report/report.ts';
import { toBrief } from '../check/brief.ts';
import { toJson } from '../check/json.ts';
import { toMarkdown } from '../check/markdown.ts';
import { type TextOptions, toText } from '../check/text.ts';
import { toTicket } from '../check/ticket.ts';
import type { Format } from './format.ts';
import { toHtml } from './html.ts';
import { toJunit } from './junit.ts';
import { toNagios } from './nagios.ts';
import { toNdjson } from './ndjson.ts';
import { toPrometheus } from './prometheus.ts';

/** Every format, and what prints a report in it. */
const PRINTERS: Readonly<Record<Format, (report: Report, options: TextOptions) => string>> = {
  text: toText,
  json: toJson,
  markdown: (report, { lang }) => toMarkdown(report, lang),
  brief: (report, { lang, ascii }) => toBrief(report, lang, ascii),
  ticket: (report, { lang, ascii }) => toTicket(report, lang, ascii),
  ndjson: (report) => toNdjson([report]),
  nagios: (report, { ascii }) => toNagios([report], ascii),
  junit: (report, { lang }) => toJunit([report], lang),
  prometheus: (report) => toPrometheus([report]),
  html: (report, { lang }) => toHtml([report], lang),
};

/** The report in a format. Fit for it, whatever the network and the user wrote. */
export function printed(report: Report, format: Format, options: TextOptions): string {
  return PRINTERS[format](report, options);
}
