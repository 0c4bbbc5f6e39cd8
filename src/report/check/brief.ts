import type { Language } from '../../domain/verdict.ts';
import type { Report } from '../../evidence/report/report.ts';
import { withPlainSpaces } from '../../text/format-ms.ts';
import { printable } from '../../text/printable.ts';
import { labelsOf } from '../labels.ts';
import { asAscii } from '../symbols.ts';
import { ownerWords } from './owner-words.ts';
import { describePlace } from './place.ts';

/** Three lines for an alert: what, where and whose, what to do first. Each is one line however long, fit to print. */
export function toBrief(report: Report, lang: Language, ascii: boolean): string {
  const labels = labelsOf(lang);
  const { diagnosis, target, verdict, startedAt } = report;
  const { where, who, now } = labels.first;
  const [step] = diagnosis.nextSteps;
  const command = step?.check ?? step?.command ?? null;
  const place = describePlace(report, labels);
  const lines = [
    `${labels.verdict[verdict]} ${target.input}: ${diagnosis.title} (${diagnosis.code}, ${labels.confidence[diagnosis.confidence]}, ${startedAt})`,
    `${where}: ${place ?? '-'} · ${who}: ${ownerWords(report, labels)}`,
    `${now}: ${step === undefined ? '-' : `${step.title}${command === null ? '' : ` · ${command}`}`}`,
  ];
  const text = withPlainSpaces(lines.map((line) => `${printable(line)}\n`).join(''));
  return ascii ? asAscii(text) : text;
}
