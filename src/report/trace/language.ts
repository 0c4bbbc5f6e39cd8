import type { Language } from '../../domain/verdict.ts';
import type { TraceWords } from './words.ts';
import { TRACE_WORDS_EN } from './words-en.ts';
import { TRACE_WORDS_KO } from './words-ko.ts';

const WORDS: Readonly<Record<Language, TraceWords>> = { en: TRACE_WORDS_EN, ko: TRACE_WORDS_KO };

export function traceWordsOf(lang: Language): TraceWords {
  return WORDS[lang];
}
