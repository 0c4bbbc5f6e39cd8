import type { Language } from '../../domain/verdict.ts';
import type { PortsWords } from './words.ts';
import { PORTS_WORDS_EN } from './words-en.ts';
import { PORTS_WORDS_KO } from './words-ko.ts';

const WORDS: Readonly<Record<Language, PortsWords>> = { en: PORTS_WORDS_EN, ko: PORTS_WORDS_KO };

export function portsWordsOf(lang: Language): PortsWords {
  return WORDS[lang];
}
