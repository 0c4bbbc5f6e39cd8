import { type NextStep, NOT_CHECKED_REASONS } from '../../domain/report.ts';
import type { Language } from '../../domain/verdict.ts';
import { evidenceLines } from '../../evidence/lines.ts';
import type { Report } from '../../evidence/report/report.ts';
import { formatMs, withPlainSpaces } from '../../text/format-ms.ts';
import { type Labels, labelsOf } from '../labels.ts';
import { markdownCode, markdownText } from '../markdown-text.ts';
import { symbolsOf } from '../symbols.ts';
import { explainCommand } from './explain-command.ts';
import { ownerWords } from './owner-words.ts';
import { drawPath } from './path-drawing.ts';
import { describePlace } from './place.ts';

/** A ticket takes the first steps; `netwhy explain` has all of them. */
const MAX_STEPS = 3;

const MAX_ALTERNATIVES = 3;

/**
 * The report to paste into a ticket or a chat: at most some forty lines, the evidence folded in. Nothing that the
 * network or the user wrote has a meaning in it: no HTML, no links, no mentions.
 */
export function toMarkdown(report: Report, lang: Language): string {
  const labels = labelsOf(lang);
  const symbols = symbolsOf(false);
  const { diagnosis, verdict } = report;
  const lines = [
    `### ${symbols.verdict[verdict]} ${labels.verdict[verdict]}: ${markdownText(diagnosis.title)}`,
    '',
    facts(report, labels),
    '',
    markdownText(diagnosis.summary),
    '',
    markdownText(diagnosis.explanation),
    ...path(report, labels),
    ...owner(report, labels),
    ...list(
      labels.couldBe,
      diagnosis.alternatives
        .slice(0, MAX_ALTERNATIVES)
        .map(({ code, why }) => `${markdownCode(code)}: ${markdownText(why)}`),
    ),
    ...list(
      labels.compared,
      (report.comparison?.others ?? []).map(
        ({ from, code, summary }, index) =>
          `${markdownText(report.comparison?.meanings[index] ?? '')} ${markdownCode(from)}: ${markdownCode(code)}: ${markdownText(summary)}`,
      ),
    ),
    ...list(
      labels.doNext,
      diagnosis.nextSteps.slice(0, MAX_STEPS).map((step) => describeStep(step, labels)),
    ),
    ...folded(report, lang, labels),
    '',
    `netwhy ${markdownText(report.version)}${symbols.separator}${markdownCode(explainCommand(report))}`,
  ];
  return withPlainSpaces(`${lines.join('\n')}\n`);
}

function facts(report: Report, labels: Labels): string {
  const { target, diagnosis, from, startedAt, durationMs, flow } = report;
  const address = target.address === null || target.address === target.host ? '' : ` (${markdownCode(target.address)})`;
  return [
    `**${labels.target}** ${markdownCode(target.input)}${address}`,
    markdownCode(diagnosis.code),
    labels.confidence[diagnosis.confidence],
    labels.from(from === 'local' ? labels.thisMachine : markdownCode(from)),
    markdownText(startedAt),
    formatMs(durationMs),
    markdownCode(flow),
  ].join(' · ');
}

function path(report: Report, labels: Labels): readonly string[] {
  const drawn = drawPath(report, labels, symbolsOf(false));
  const place = describePlace(report, labels);
  if (drawn === null && place === null) return [];
  const parts = [
    drawn === null ? '' : markdownCode(drawn.map(({ text }) => text).join(' ')),
    place === null ? '' : markdownText(place),
  ];
  return ['', `**${labels.path}** ${parts.filter((part) => part !== '').join(' · ')}`];
}

/** Who has to act, which a healthy target needs nobody for. */
function owner(report: Report, labels: Labels): readonly string[] {
  if (report.verdict === 'healthy') return [];
  return ['', `**${labels.ticket.to}** ${markdownText(ownerWords(report, labels))}`];
}

function list(heading: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : ['', `**${heading}**`, '', ...items.map((item) => `- ${item}`)];
}

/** On one line, to be pasted anywhere: commands of several lines are told one after the other. */
function describeStep({ title, platform, check, command, risk, at }: NextStep, labels: Labels): string {
  const commands = (text: string) =>
    text
      .split('\n')
      .map(markdownCode)
      .filter((line) => line !== '')
      .join(' ');
  return [
    `${at === 'unknown' ? '' : `${labels.at[at]}: `}${platform === 'any' ? '' : `${markdownCode(platform)} `}${markdownText(title)}`,
    ...(check === null ? [] : [`${labels.check} ${commands(check)}`]),
    ...(command === null ? [] : [`${labels.run} (${labels.risk[risk]}) ${commands(command)}`]),
  ].join('; ');
}

function folded(report: Report, lang: Language, labels: Labels): readonly string[] {
  const codes = (found: readonly { readonly code: string }[]) => found.map(({ code }) => markdownCode(code)).join(', ');
  const also = report.findings.filter(({ code }) => code !== report.diagnosis.code);
  const missed = NOT_CHECKED_REASONS.flatMap((reason) => {
    const entries = report.notChecked.filter((entry) => entry.reason === reason);
    return entries.length === 0 ? [] : [`${codes(entries)} (${labels.notCheckedReason[reason]})`];
  });
  const evidence = evidenceLines(report, lang).map(
    ({ probe, seen, equivalent }) =>
      `**${probe}** ${markdownText(seen)}${equivalent === '' ? '' : ` · ${markdownCode(equivalent)}`}`,
  );
  const items = [
    ...evidence,
    ...also.map(({ code, summary }) => `**${labels.alsoSeen}** ${markdownCode(code)}: ${markdownText(summary)}`),
    ...(report.ruledOut.length === 0 ? [] : [`**${labels.ruledOut}** ${codes(report.ruledOut)}`]),
    ...(missed.length === 0 ? [] : [`**${labels.notChecked}** ${missed.join('; ')}`]),
  ];
  if (items.length === 0) return [];
  return [
    '',
    `<details><summary>${labels.evidence}</summary>`,
    '',
    ...items.map((item) => `- ${item}`),
    '',
    '</details>',
  ];
}
