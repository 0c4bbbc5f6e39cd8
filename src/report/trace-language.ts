import type { Language } from '../domain/verdict.ts';
import type { TraceWords } from './trace-words.ts';
import { TRACE_WORDS_EN } from './trace-words-en.ts';
import { TRACE_WORDS_KO } from './trace-words-ko.ts';

const WORDS: Readonly<Record<Language, TraceWords>> = { en: TRACE_WORDS_EN, ko: TRACE_WORDS_KO };

export function traceWordsOf(lang: Language): TraceWords {
  return WORDS[lang];
}
