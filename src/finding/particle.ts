/** Korean particles of which a word takes the first form when its last syllable ends in a consonant, else the second. */
const FORMS: Readonly<Record<string, readonly [string, string]>> = {
  '은(는)': ['은', '는'],
  '이(가)': ['이', '가'],
  '을(를)': ['을', '를'],
  '과(와)': ['과', '와'],
  '(으)로': ['으로', '로'],
  '(이)라는': ['이라는', '라는'],
};

/** How a word ends when it is read aloud in Korean. */
type Sound = 'vowel' | 'rieul' | 'consonant';

/** 영, 일, 이, 삼, 사, 오, 육, 칠, 팔, 구. */
const DIGITS: readonly Sound[] = [
  'consonant',
  'rieul',
  'vowel',
  'consonant',
  'vowel',
  'vowel',
  'consonant',
  'rieul',
  'rieul',
  'vowel',
];

const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const FINALS = 28;
const FINAL_RIEUL = 8;

/** The particles that `particleAfter` knows, as a pattern for what follows a word. */
export const PARTICLE = '은\\(는\\)|이\\(가\\)|을\\(를\\)|과\\(와\\)|\\(으\\)로|\\(이\\)라는';

/** The form of a particle that fits the word; both forms, as written, where nobody can tell how the word is read. */
export function particleAfter(word: string, particle: string): string {
  const forms = FORMS[particle];
  const sound = soundOf(word);
  if (forms === undefined || sound === null) return particle;
  if (particle === '(으)로') return sound === 'consonant' ? forms[0] : forms[1];
  return sound === 'vowel' ? forms[1] : forms[0];
}

function soundOf(word: string): Sound | null {
  const last = word.slice(-1);
  if (/\d/u.test(last)) return DIGITS[Number(last)] ?? null;
  // The letters of an IPv6 address are read one by one, and the names of a to f all end in a vowel.
  if (/^[\da-f:]*:[\da-f:]*[a-f]$/u.test(word)) return 'vowel';
  const syllable = last.charCodeAt(0);
  if (!(syllable >= FIRST_SYLLABLE && syllable <= LAST_SYLLABLE)) return null;
  const final = (syllable - FIRST_SYLLABLE) % FINALS;
  if (final === 0) return 'vowel';
  return final === FINAL_RIEUL ? 'rieul' : 'consonant';
}
