import type { Language } from '../../domain/verdict.ts';
import type { PingWords } from './words.ts';
import { PING_WORDS_EN } from './words-en.ts';
import { PING_WORDS_KO } from './words-ko.ts';

const WORDS: Readonly<Record<Language, PingWords>> = { en: PING_WORDS_EN, ko: PING_WORDS_KO };

export function pingWordsOf(lang: Language): PingWords {
  return WORDS[lang];
}
