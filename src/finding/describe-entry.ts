import { FINDING_CODES } from '../domain/finding-code.ts';
import type { Language } from '../domain/verdict.ts';
import { wrapWholeWords } from '../text/wrap-whole-words.ts';
import { type CatalogueEntry, PLATFORMS, type Remedy } from './entry.ts';
import { fill } from './fill.ts';
import { fillCommand } from './fill-command.ts';
import { LABELS } from './labels.ts';
import { PLACEHOLDER_FACTS } from './placeholder-facts.ts';

/** A whole entry as plain text, at most `columns` wide but for commands, which stay in one piece to be copied. */
export function describeEntry(entry: CatalogueEntry, lang: Language, columns: number): string {
  const labels = LABELS[lang];
  const paragraph = (template: string, indent = '') =>
    wrapWholeWords(fill(template, PLACEHOLDER_FACTS), columns - indent.length).map((line) => indent + line);
  const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : ['', title, ...lines]);

  const alternatives = entry.alternatives.flatMap(({ code, cause, why }) => [
    `  ${code}${cause === undefined ? '' : ` (${cause})`}`,
    ...paragraph(why[lang], '    '),
  ]);
  const remedies = PLATFORMS.flatMap((platform) => {
    const ofPlatform = entry.remedies.filter((remedy) => remedy.platform === platform);
    if (ofPlatform.length === 0) return [];
    const name = platform === 'any' ? labels.any : platform;
    return [`  ${name}`, ...ofPlatform.flatMap((remedy) => describeRemedy(remedy, lang, columns))];
  });
  return [
    ...paragraph(`${entry.code}: ${entry.title[lang]}`),
    `${labels.verdict}: ${labels.verdicts[FINDING_CODES[entry.code]]}`,
    ...section(labels.meaning, paragraph(entry.summary[lang], '  ')),
    ...section(labels.why, paragraph(entry.explanation[lang], '  ')),
    ...section(labels.fine, entry.fine === undefined ? [] : paragraph(entry.fine[lang], '  ')),
    ...section(labels.alternatives, alternatives),
    ...section(labels.ruledOut, paragraph(entry.ruledOut[lang], '  ')),
    ...section(labels.remedies, remedies),
    '',
  ].join('\n');
}

function describeRemedy(remedy: Remedy, lang: Language, columns: number): readonly string[] {
  const labels = LABELS[lang];
  const only = [remedy.family && `IPv${remedy.family}`, remedy.protocol?.toUpperCase()].filter(Boolean).join(', ');
  const title = fill(remedy.title[lang], PLACEHOLDER_FACTS) + (only === '' ? '' : ` (${only})`);
  const [first = '', ...rest] = wrapWholeWords(title, columns - 6);
  const shell = remedy.platform === 'windows' ? 'powershell' : 'posix';
  const command = (label: string, template: string | null) =>
    template === null
      ? []
      : [
          `      ${label}:`,
          ...fillCommand(template, PLACEHOLDER_FACTS, shell)
            .split('\n')
            .map((line) => `        ${line}`),
        ];
  const risk = remedy.command === null ? [] : [`      ${labels.risk}: ${labels.risks[remedy.risk]}`];
  return [
    `    - ${first}`,
    ...rest.map((line) => `      ${line}`),
    ...command(labels.check, remedy.check),
    ...command(labels.command, remedy.command),
    ...risk,
    ...command(labels.undo, remedy.undo),
  ];
}
