import type { Report } from '../../evidence/report/report.ts';
import { reportInOrder } from '../check/json.ts';
import { jsonLine } from '../json-text.ts';

/** One report a line (ndjson.org): for logs, and for what reads a stream. */
export function toNdjson(reports: readonly Report[]): string {
  return reports.map((report) => jsonLine(reportInOrder(report))).join('');
}
