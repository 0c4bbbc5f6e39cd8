import type { ManyReport } from '../../evidence/report/many.ts';
import type { Report } from '../../evidence/report/report.ts';
import { withPlainSpaces } from '../../text/format-ms.ts';
import { printable } from '../../text/printable.ts';
import { reportInOrder } from '../check/json.ts';
import type { TextOptions } from '../check/text.ts';
import { toTicket } from '../check/ticket.ts';
import type { Format } from '../formats/format.ts';
import { toHtml } from '../formats/html.ts';
import { toJunit } from '../formats/junit.ts';
import { toNagios } from '../formats/nagios.ts';
import { toNdjson } from '../formats/ndjson.ts';
import { toPrometheus } from '../formats/prometheus.ts';
import { xmlText } from '../formats/xml.ts';
import { jsonText } from '../json-text.ts';
import { labelsOf } from '../labels.ts';
import { markdownCode, markdownText } from '../markdown-text.ts';
import { asAscii, symbolsOf } from '../symbols.ts';
import { membersOf, nameOf, toManyText } from './text.ts';
import { manyWords } from './words.ts';

const MOST_BRIEF = 3;

/** Every format, and what prints a run of several targets in it. */
const PRINTERS: Readonly<Record<Format, (many: ManyReport, options: TextOptions) => string>> = {
  text: toManyText,
  json: toManyJson,
  markdown: toManyMarkdown,
  brief: toManyBrief,
  ticket: toManyTickets,
  ndjson: ({ reports }) => toNdjson(reports),
  nagios: ({ reports }, { ascii }) => toNagios(reports, ascii),
  junit: ({ reports }, { lang }) => toJunit(reports, lang),
  prometheus: ({ reports }) => toPrometheus(reports),
  html: (many, { lang }) => toHtml(many.reports, lang, groupList(many, lang)),
};

/** The run in a format. Fit for it, whatever the network and the user wrote. */
export function printedMany(many: ManyReport, format: Format, options: TextOptions): string {
  return PRINTERS[format](many, options);
}

/** One document of all reports and their groups. */
export function toManyJson(many: ManyReport): string {
  return jsonText({ ...many, reports: many.reports.map(reportInOrder) });
}

function toManyMarkdown(many: ManyReport, { lang }: TextOptions): string {
  const words = manyWords(lang);
  const { verdict: signs } = symbolsOf(false);
  const bad = many.reports.filter(({ verdict }) => verdict !== 'healthy');
  const rows = bad.map(
    (report) =>
      `| ${signs[report.verdict]} ${cell(nameOf(report))} | ${cell(report.from)} | ${cell(report.diagnosis.code)} | ${cell(report.diagnosis.summary)} |`,
  );
  const lines = [
    `### ${signs[many.verdict]} ${words.counted(bad.length, many.reports.length)}`,
    ...many.groups.flatMap((group) => [
      '',
      `- **${group.members.length}/${many.reports.length}** ${markdownText(words.shared(group.kind, group.at, group.codes.join(', ')))}: ${membersOf(group).map(markdownCode).join(', ')}`,
    ]),
    ...(rows.length === 0 ? [] : ['', `| ${words.target} | | | |`, '| --- | --- | --- | --- |', ...rows]),
    ...many.badLines.map(({ file, line, message }) => `\n${markdownText(words.notRead(file, line, message))}`),
  ];
  return withPlainSpaces(`${lines.join('\n')}\n`);
}

/** A bar would end the cell. */
function cell(text: string): string {
  return markdownText(text).replaceAll(/(?<!\\)\|/g, '\\|');
}

function toManyBrief(many: ManyReport, { lang, ascii }: TextOptions): string {
  const words = manyWords(lang);
  const labels = labelsOf(lang);
  const bad = many.reports.filter(({ verdict }) => verdict !== 'healthy').length;
  const rest = many.groups.length - MOST_BRIEF;
  const lines = [
    `${labels.verdict[many.verdict]}: ${words.counted(bad, many.reports.length)} (${many.startedAt})`,
    ...many.groups.slice(0, MOST_BRIEF).map((group) => {
      const members = membersOf(group);
      const more = members.length > MOST_BRIEF ? `, ${labels.andMore(members.length - MOST_BRIEF)}` : '';
      return `${group.members.length}/${many.reports.length} ${words.shared(group.kind, group.at, group.codes.join(', '))}: ${members.slice(0, MOST_BRIEF).join(', ')}${more}`;
    }),
    ...(rest > 0 ? [labels.andMore(rest)] : []),
  ];
  const text = withPlainSpaces(lines.map((line) => `${printable(line)}\n`).join(''));
  return ascii ? asAscii(text) : text;
}

/** One for each cause, with the evidence of its first member and the names of all. */
function toManyTickets(many: ManyReport, { lang, ascii }: TextOptions): string {
  return many.groups
    .map((group) => {
      const [first] = group.members;
      const report = many.reports.find(({ target, from }) => target.input === first?.input && from === first.from);
      const affected = `${manyWords(lang).affected} (${membersOf(group).length}): ${membersOf(group).join(', ')}`;
      return `${printable(affected)}\n${report === undefined ? '' : toTicket(report, lang, ascii)}`;
    })
    .join('\n');
}

function groupList(many: ManyReport, lang: TextOptions['lang']): string {
  const words = manyWords(lang);
  const bad = many.reports.filter(({ verdict }: Report) => verdict !== 'healthy').length;
  const items = many.groups.map(
    (group) =>
      `<li><strong>${group.members.length}/${many.reports.length}</strong> ${xmlText(words.shared(group.kind, group.at, group.codes.join(', ')))} <span class="dim">${xmlText(membersOf(group).join(', '))}</span></li>`,
  );
  return `<header><h1>${xmlText(words.counted(bad, many.reports.length))}</h1><ul>${items.join('')}</ul></header>`;
}
