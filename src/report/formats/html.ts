import type { NextStep } from '../../domain/report.ts';
import type { Language } from '../../domain/verdict.ts';
import { evidenceLines } from '../../evidence/lines.ts';
import type { Report } from '../../evidence/report/report.ts';
import { formatMs } from '../../text/format-ms.ts';
import { toJson } from '../check/json.ts';
import { ownerWords } from '../check/owner-words.ts';
import { drawPath } from '../check/path-drawing.ts';
import { describePlace } from '../check/place.ts';
import { type Labels, labelsOf } from '../labels.ts';
import { symbolsOf } from '../symbols.ts';
import { STYLE } from './html-style.ts';
import { rttPlot } from './rtt-plot.ts';
import { xmlText } from './xml.ts';

type Words = { readonly rtt: string; readonly hop: string; readonly report: string };

const WORDS: Readonly<Record<Language, Words>> = {
  en: { rtt: 'Round trip time by hop', hop: 'hop', report: 'The report (JSON)' },
  ko: { rtt: '홉별 왕복 시간(RTT)', hop: '홉', report: '보고서 원본(JSON)' },
};

const SYMBOLS = symbolsOf(false);

/**
 * One page that needs nothing else: no script, no font, no picture from elsewhere, and a policy that forbids them
 * (Content Security Policy Level 3). Everything is text in it, whatever a host or a server calls itself.
 */
export function toHtml(reports: readonly Report[], lang: Language, before = ''): string {
  const [first] = reports;
  const title = reports.length === 1 && first !== undefined ? first.diagnosis.title : `netwhy: ${reports.length}`;
  return [
    '<!doctype html>',
    `<html lang="${lang}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="robots" content="noindex">',
    `<title>${xmlText(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    before,
    ...reports.map((report) => article(report, lang)),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function article(report: Report, lang: Language): string {
  const labels = labelsOf(lang);
  const words = WORDS[lang];
  const { diagnosis, verdict } = report;
  const place = describePlace(report, labels);
  const plot = rttPlot(report, { title: words.rtt, hop: words.hop });
  return [
    '<article>',
    `<h1><span class="${verdict}">${SYMBOLS.verdict[verdict]} ${xmlText(labels.verdict[verdict])}</span> ${xmlText(diagnosis.title)}</h1>`,
    `<p class="dim">${xmlText(factsOf(report, labels))}</p>`,
    paragraph(diagnosis.summary),
    section(labels.path, path(report, labels) + (place === null ? '' : paragraph(place))),
    verdict === 'healthy' ? '' : section(labels.first.who, paragraph(ownerWords(report, labels))),
    section(labels.doNext, diagnosis.nextSteps.map((step) => nextStep(step, labels)).join('')),
    section(labels.couldBe, list(diagnosis.alternatives.map(({ code, why }) => [code, why]))),
    section(
      labels.compared,
      list((report.comparison?.others ?? []).map(({ from, code, summary }) => [from, `${code}: ${summary}`])),
    ),
    section(words.rtt, plot),
    section(labels.why, diagnosis.explanation.split('\n').map(paragraph).join('')),
    section(labels.evidence, evidence(report, lang)),
    section(
      labels.alsoSeen,
      list(report.findings.filter(({ code }) => code !== diagnosis.code).map(({ code, summary }) => [code, summary])),
    ),
    folded(labels.ruledOut, list(report.ruledOut.map(({ code, because }) => [code, because]))),
    folded(
      labels.notChecked,
      list(report.notChecked.map(({ code, reason }) => [code, labels.notCheckedReason[reason]])),
    ),
    folded(words.report, `<pre>${xmlText(toJson(report))}</pre>`),
    '</article>',
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function factsOf(report: Report, labels: Labels): string {
  const { target, diagnosis, from, startedAt, durationMs, flow } = report;
  const address = target.address === null || target.address === target.host ? '' : ` (${target.address})`;
  return [
    `${target.input}${address}`,
    diagnosis.code,
    labels.confidence[diagnosis.confidence],
    labels.from(from === 'local' ? labels.thisMachine : from),
    startedAt,
    formatMs(durationMs),
    flow,
    `netwhy ${report.version}`,
  ].join(SYMBOLS.separator);
}

function path(report: Report, labels: Labels): string {
  const pieces = drawPath(report, labels, SYMBOLS) ?? [];
  if (pieces.length === 0) return '';
  const items = pieces.map(({ text, isBroken }) => `<li${isBroken ? ' class="broken"' : ''}>${xmlText(text)}</li>`);
  return `<ol class="path">${items.join('')}</ol>`;
}

function nextStep({ title, platform, check, command, risk, undo }: NextStep, labels: Labels): string {
  const shown = (label: string, text: string | null) =>
    text === null ? '' : `<div class="dim">${xmlText(label)}</div><pre>${xmlText(text)}</pre>`;
  const where = platform === 'any' || platform === 'network' ? '' : ` <span class="dim">[${xmlText(platform)}]</span>`;
  return [
    `<div><strong>${xmlText(title)}</strong>${where}`,
    shown(labels.check, check),
    shown(`${labels.run} (${labels.risk[risk]})`, command),
    shown(labels.undo, undo),
    '</div>',
  ].join('');
}

function evidence(report: Report, lang: Language): string {
  const rows = evidenceLines(report, lang).map(
    ({ probe, seen, equivalent }) =>
      `<tr><th scope="row">${xmlText(probe)}</th><td>${xmlText(seen)}${equivalent === '' ? '' : `<pre>${xmlText(equivalent)}</pre>`}</td></tr>`,
  );
  return rows.length === 0 ? '' : `<table><tbody>${rows.join('')}</tbody></table>`;
}

function list(items: readonly (readonly [name: string, words: string])[]): string {
  if (items.length === 0) return '';
  return `<ul>${items.map(([name, words]) => `<li><code>${xmlText(name)}</code>: ${xmlText(words)}</li>`).join('')}</ul>`;
}

function paragraph(text: string): string {
  return text === '' ? '' : `<p>${xmlText(text)}</p>`;
}

function section(heading: string, content: string): string {
  return content === '' ? '' : `<section><h2>${xmlText(heading)}</h2>${content}</section>`;
}

function folded(heading: string, content: string): string {
  return content === '' ? '' : `<details><summary>${xmlText(heading)}</summary>${content}</details>`;
}
