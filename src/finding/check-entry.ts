import type { Language } from '../domain/verdict.ts';
import { textWidth } from '../text/text-width.ts';
import type { CatalogueEntry, Remedy, Text } from './entry.ts';
import { factsIn, unknownNamesIn } from './fill.ts';

/** A mistake and where it is: the keys that lead to it. */
export type EntryProblem = { readonly path: readonly PropertyKey[]; readonly message: string };

const MAX_TITLE_COLUMNS = 80;

/** What a fact is counted as in a title: the longest IPv4 address. */
const SAMPLE_FACT = '255.255.255.255';

const LANGUAGES: readonly Language[] = ['en', 'ko'];

/** What the shape alone does not tell: facts that exist, the same in both languages, titles that fit, undo for every change. */
export function checkEntry(entry: CatalogueEntry): readonly EntryProblem[] {
  return [
    ...textsOf(entry).flatMap(([path, text]) => checkText(path, text)),
    ...LANGUAGES.flatMap((lang) => checkTitle(entry, lang)),
    ...entry.remedies.flatMap((remedy, index) => checkRemedy(['remedies', index], remedy)),
    ...entry.alternatives.flatMap(({ code, cause }, index) =>
      code === entry.code && cause === undefined
        ? [{ path: ['alternatives', index, 'code'], message: 'is an alternative to itself' }]
        : [],
    ),
  ];
}

function textsOf(entry: CatalogueEntry): readonly (readonly [readonly PropertyKey[], Text])[] {
  return [
    [['title'], entry.title],
    [['summary'], entry.summary],
    [['explanation'], entry.explanation],
    ...(entry.fine === undefined ? [] : [[['fine'], entry.fine] as const]),
    ...entry.alternatives.map(({ why }, index) => [['alternatives', index, 'why'], why] as const),
    [['ruledOut'], entry.ruledOut],
    ...entry.remedies.map(({ title }, index) => [['remedies', index, 'title'], title] as const),
  ];
}

function checkText(path: readonly PropertyKey[], text: Text): readonly EntryProblem[] {
  const [en, ko] = [factsIn(text.en).toSorted().join(', '), factsIn(text.ko).toSorted().join(', ')];
  const differs =
    en === ko ? [] : [{ path, message: `the languages name different facts: en ${en || '-'}; ko ${ko || '-'}` }];
  return [...LANGUAGES.flatMap((lang) => checkNames([...path, lang], text[lang])), ...differs];
}

function checkNames(path: readonly PropertyKey[], template: string): readonly EntryProblem[] {
  return unknownNamesIn(template).map((name) => ({ path, message: `there is no fact {${name}}` }));
}

function checkTitle(entry: CatalogueEntry, lang: Language): readonly EntryProblem[] {
  const title = entry.title[lang];
  const shown = factsIn(title).reduce((text, name) => text.replaceAll(`{${name}}`, SAMPLE_FACT), title);
  const columns = textWidth(shown.replaceAll(/\[\[|\]\]/g, ''));
  if (columns <= MAX_TITLE_COLUMNS) return [];
  return [{ path: ['title', lang], message: `takes ${columns} columns, more than ${MAX_TITLE_COLUMNS}` }];
}

function checkRemedy(path: readonly PropertyKey[], remedy: Remedy): readonly EntryProblem[] {
  const { command, undo, risk } = remedy;
  const commands = (['check', 'command', 'undo'] as const).flatMap((key) =>
    checkNames([...path, key], remedy[key] ?? ''),
  );
  if (command === null && (undo !== null || risk !== 'none')) {
    return [...commands, { path, message: 'has no command, so nothing to undo and no risk' }];
  }
  if (risk === 'reversible' && undo === null)
    return [...commands, { path, message: 'is reversible, so it needs an undo' }];
  return commands;
}
