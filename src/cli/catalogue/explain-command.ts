import { Command, Option } from 'commander';
import { ALL_CODES, FINDING_CODES, isFindingCode } from '../../domain/finding-code.ts';
import type { Language } from '../../domain/verdict.ts';
import { describeEntry } from '../../finding/describe-entry.ts';
import type { CatalogueEntry } from '../../finding/entry.ts';
import { fill } from '../../finding/fill.ts';
import { fillCommand } from '../../finding/fill-command.ts';
import { PLACEHOLDER_FACTS } from '../../finding/placeholder-facts.ts';
import { SECTIONS } from '../../finding/section.ts';
import { nearest } from '../../flow/nearest.ts';
import { print } from '../common/output.ts';
import { UserError } from '../common/user-error.ts';
import { languageOf } from '../options/check-options.ts';
import { hasEntry, readEntry } from './finding-files.ts';

const MAX_COLUMNS = 100;

type ExplainOptions = { readonly lang?: Language; readonly json?: true };

/** `netwhy explain [code]`: the catalogue entry of a finding, or the list of all. `write` gets the result, on stdout by default. */
export function explainCommand(write: (text: string) => Promise<void> = print): Command {
  return new Command('explain')
    .description('what a finding means, and what to do; with no code, the list')
    .argument('[code]', 'finding code, e.g. icmp-filtered')
    .addOption(new Option('--lang <language>', 'default from the locale').choices(['en', 'ko']))
    .option('--json', 'the entry, or the list, as one JSON document')
    .action(async (code: string | undefined, options: ExplainOptions) => {
      const lang = languageOf(options, process.env);
      const json = options.json === true;
      await write(code === undefined ? await explainList(lang, json) : await explainOne(code, lang, json));
    });
}

async function explainOne(typed: string, lang: Language, json: boolean): Promise<string> {
  if (!isFindingCode(typed) || !hasEntry(typed)) {
    const near = nearest(typed, ALL_CODES.filter(hasEntry));
    const hint = near === null ? 'netwhy explain lists them all.' : `Did you mean ${near}?`;
    throw new UserError(`there is no finding ${JSON.stringify(typed)}`, hint);
  }
  const entry = await readEntry(typed);
  if (json) return `${JSON.stringify(jsonEntry(entry, lang), null, 2)}\n`;
  return describeEntry(entry, lang, Math.min(process.stdout.columns ?? MAX_COLUMNS, MAX_COLUMNS));
}

async function explainList(lang: Language, json: boolean): Promise<string> {
  const sections = await Promise.all(
    SECTIONS.map(async ({ title, codes }) => {
      const entries = await Promise.all(codes.filter(hasEntry).map(readEntry));
      const lines = entries.map(({ code, title }) => ({ code, title: fill(title[lang], PLACEHOLDER_FACTS) }));
      return { section: title[lang], findings: lines.map((line) => ({ ...line, verdict: FINDING_CODES[line.code] })) };
    }),
  );
  if (json) return `${JSON.stringify(sections, null, 2)}\n`;
  const width = Math.max(...sections.flatMap(({ findings }) => findings.map(({ code }) => code.length)));
  return sections
    .filter(({ findings }) => findings.length > 0)
    .map(({ section, findings }) =>
      [section, ...findings.map(({ code, title }) => `  ${code.padEnd(width)}  ${title}`), ''].join('\n'),
    )
    .join('\n');
}

function jsonEntry(entry: CatalogueEntry, lang: Language) {
  const told = (template: string) => fill(template, PLACEHOLDER_FACTS);
  const command = (template: string | null) => (template === null ? null : fillCommand(template, PLACEHOLDER_FACTS));
  return {
    code: entry.code,
    verdict: FINDING_CODES[entry.code],
    title: told(entry.title[lang]),
    summary: told(entry.summary[lang]),
    explanation: told(entry.explanation[lang]),
    fine: entry.fine === undefined ? null : told(entry.fine[lang]),
    alternatives: entry.alternatives.map(({ code, why }) => ({ code, why: told(why[lang]) })),
    ruledOut: told(entry.ruledOut[lang]),
    remedies: entry.remedies.map((remedy) => ({
      platform: remedy.platform,
      family: remedy.family ?? null,
      protocol: remedy.protocol ?? null,
      title: told(remedy.title[lang]),
      check: command(remedy.check),
      command: command(remedy.command),
      risk: remedy.risk,
      undo: command(remedy.undo),
    })),
  };
}
