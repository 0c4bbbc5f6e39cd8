import type { Language } from '../../domain/verdict.ts';
import type { Words } from './words.ts';
import { WORDS_EN } from './words-en.ts';
import { WORDS_KO } from './words-ko.ts';

const WORDS: Readonly<Record<Language, Words>> = { en: WORDS_EN, ko: WORDS_KO };

export function wordsOf(lang: Language): Words {
  return WORDS[lang];
}
