import { type FindingCode, isOwnCode } from '../../domain/finding-code.ts';
import type { Step } from '../../domain/report.ts';
import type { Language } from '../../domain/verdict.ts';
import type { Flow } from '../../flow/flow.ts';
import type { SessionResult } from '../walk/result.ts';
import { replay } from './replay.ts';

/**
 * Where the same evidence leads without what a person said in place of the probes; null where it leads nowhere, and
 * where nobody said anything.
 */
export async function measuredCode(flow: Flow, result: SessionResult): Promise<FindingCode | null> {
  if (stepsByHand(result.steps).length === 0) return null;
  const asked = result.steps.filter(({ id }) => flow.nodes[id]?.kind === 'ask');
  const answers = new Map(asked.map(({ id, outcome }) => [id, outcome]));
  const { ending } = await replay(flow, { ...result, answers }, 'en', () => undefined);
  return ending.kind === 'concluded' && !isOwnCode(ending.code) ? ending.code : null;
}

/** The questions that a person answered in place of a probe, and otherwise than it did. */
export function stepsByHand(steps: readonly Step[]): readonly Step[] {
  return steps.filter(({ byHand }) => byHand !== undefined);
}

type Words = {
  readonly headline: (text: string) => string;
  /** `measured` null where nothing was. */
  readonly answered: (question: string, outcome: string, measured: string | null) => string;
  readonly against: (because: string) => string;
  /** What a code means, which is told of no measurement. */
  readonly means: (code: FindingCode) => string;
  /** Of the code that the measurements lead to. */
  readonly instead: string;
};

const EN: Words = {
  headline: (text) => `As answered by hand: ${text}`,
  answered: (question, outcome, measured) =>
    `“${question}” was answered by hand: ${outcome} (measured: ${measured ?? 'nothing'}).`,
  against: (because) => `What was measured speaks against it: ${because}`,
  means: (code) => `The verdict is where that leads, not what was measured. What ${code} would mean:`,
  instead: 'that is where the measurements lead, without the answers given by hand',
};

const KO: Words = {
  headline: (text) => `직접 답한 대로라면: ${text}`,
  answered: (question, outcome, measured) =>
    `"${question}"에 직접 답했습니다: ${outcome}(측정 결과: ${measured ?? '없음'}).`,
  against: (because) => `측정 결과는 이와 다릅니다: ${because}`,
  means: (code) => `이 판정은 그 답이 이끄는 결론이며 측정된 것이 아닙니다. ${code}의 의미:`,
  instead: '직접 답한 내용을 빼면 측정 결과가 이끄는 결론입니다',
};

const WORDS: Readonly<Record<Language, Words>> = { en: EN, ko: KO };

export function byHandWords(lang: Language): Words {
  return WORDS[lang];
}
