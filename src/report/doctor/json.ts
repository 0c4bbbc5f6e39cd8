import type { Checkup } from '../../domain/doctor.ts';
import type { MachineFacts } from '../../domain/machine-facts.ts';
import type { Language } from '../../domain/verdict.ts';
import { printable } from '../../text/printable.ts';
import { doctorWordsOf } from './language.ts';
import { outcomeOf, sentenceOf } from './text.ts';

/** The document of `netwhy doctor --json`, without its head: the judgement, then the facts that it was made from. */
export function doctorDocument(checkup: Checkup, facts: MachineFacts, lang: Language): object {
  const words = doctorWordsOf(lang);
  return {
    verdict: checkup.verdict,
    says: printable(outcomeOf(checkup, words)),
    undecided: checkup.undecided,
    unsure: checkup.unsure,
    capabilities: checkup.examined.map(({ grants, ...examined }) => ({
      ...examined,
      says: printable(sentenceOf({ ...examined, grants }, words)),
      grants: grants.map((grant) => ({ ...grant, says: words.purpose[grant.purpose] })),
    })),
    facts,
  };
}
