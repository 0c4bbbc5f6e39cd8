import type { Language } from '../../domain/verdict.ts';
import type { DoctorWords } from './words.ts';
import { DOCTOR_WORDS_EN } from './words-en.ts';
import { DOCTOR_WORDS_KO } from './words-ko.ts';

const WORDS: Readonly<Record<Language, DoctorWords>> = { en: DOCTOR_WORDS_EN, ko: DOCTOR_WORDS_KO };

export function doctorWordsOf(lang: Language): DoctorWords {
  return WORDS[lang];
}
