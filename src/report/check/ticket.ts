import type { Language } from '../../domain/verdict.ts';
import { evidenceLines } from '../../evidence/lines.ts';
import type { Report } from '../../evidence/report/report.ts';
import { withPlainSpaces } from '../../text/format-ms.ts';
import { printable } from '../../text/printable.ts';
import { labelsOf } from '../labels.ts';
import { asAscii, symbolsOf } from '../symbols.ts';
import { ownerWords } from './owner-words.ts';
import { drawPath } from './path-drawing.ts';
import { describePlace } from './place.ts';

/**
 * For whoever owns the broken place, to be sent as it is: what is wrong, between which addresses, when, what was
 * measured with which commands, what was excluded. Plain text of one fact a line, which no mail program breaks.
 */
export function toTicket(report: Report, lang: Language, ascii: boolean): string {
  const labels = labelsOf(lang);
  const { ticket } = labels;
  const { diagnosis, target, evidence, ruledOut, notChecked } = report;
  const seen = evidenceLines(report, lang);
  const drawn = drawPath(report, labels, symbolsOf(ascii));
  const path = drawn === null ? null : drawn.map(({ text }) => text).join(' ');
  const protocol = target.scheme === 'udp' ? 'UDP' : 'TCP';
  const to = [target.host, target.address === target.host ? null : target.address];
  const [step] = diagnosis.nextSteps;
  const facts: readonly (readonly [label: string, value: string | null])[] = [
    [ticket.to, ownerWords(report, labels)],
    [ticket.what, `${diagnosis.title} (${diagnosis.code}, ${labels.confidence[diagnosis.confidence]})`],
    [ticket.source, evidence.route?.source ?? (report.from === 'local' ? labels.thisMachine : report.from)],
    [
      ticket.destination,
      `${to.filter((part) => part !== null).join(', ')}${target.port === null ? '' : `, ${protocol} ${target.port}`}`,
    ],
    [ticket.when, `${inUtc(report.startedAt)} - ${inUtc(endOf(report))}`],
    [labels.path, [path, describePlace(report, labels)].filter((part) => part !== null).join(' · ') || null],
    [ticket.please, step?.title ?? null],
  ];
  const lines = [
    ...facts.flatMap(([label, value]) => (value === null ? [] : [`${label}: ${value}`])),
    '',
    diagnosis.summary,
    ...list(
      ticket.measured,
      seen.map(({ probe, seen: what }) => `- ${probe}: ${what}`),
    ),
    ...list(
      ticket.reproduce,
      seen.flatMap(({ equivalent }) => (equivalent === '' ? [] : [`  $ ${equivalent}`])),
    ),
    ...list(
      labels.couldBe,
      diagnosis.alternatives.map(({ code, why }) => `- ${code}: ${why}`),
    ),
    ...list(
      labels.ruledOut,
      ruledOut.map(({ code, because }) => `- ${code}: ${because}`),
    ),
    ...list(
      labels.notChecked,
      notChecked.map(({ code, reason }) => `- ${code}: ${labels.notCheckedReason[reason]}`),
    ),
  ];
  const text = withPlainSpaces(lines.map((line) => `${printable(line)}\n`).join(''));
  return ascii ? asAscii(text) : text;
}

function list(heading: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : ['', `${heading}:`, ...items];
}

function endOf({ startedAt, durationMs }: Report): string {
  const started = Date.parse(startedAt);
  return Number.isNaN(started) ? startedAt : new Date(started + durationMs).toISOString();
}

/** A log at the other end may be in any zone: the zone is always named. */
function inUtc(time: string): string {
  return `${time.slice(0, 19).replace('T', ' ')} UTC`;
}
