import type { Language } from '../domain/verdict.ts';
import type { PingWords } from './ping-words.ts';
import { PING_WORDS_EN } from './ping-words-en.ts';
import { PING_WORDS_KO } from './ping-words-ko.ts';

const WORDS: Readonly<Record<Language, PingWords>> = { en: PING_WORDS_EN, ko: PING_WORDS_KO };

export function pingWordsOf(lang: Language): PingWords {
  return WORDS[lang];
}
