import type { Confidence, Language, Verdict } from '../domain/verdict.ts';

/** The wizard's own words; questions and explanations come from the flows and the catalogue. */
export type Words = {
  readonly symptom: string;
  readonly target: string;
  readonly targetHint: string;
  readonly tree: string;
  readonly running: string;
  readonly evidence: string;
  readonly ruledOut: string;
  readonly notChecked: string;
  readonly alternatives: string;
  readonly nextSteps: string;
  readonly where: string;
  readonly hop: string;
  readonly keys: string;
  readonly why: string;
  readonly failed: string;
  readonly echoes: string;
  readonly path: string;
  readonly ports: string;
  readonly names: string;
  readonly narrow: string;
  readonly more: string;
  readonly verdict: Readonly<Record<Verdict, string>>;
  readonly confidence: Readonly<Record<Confidence, string>>;
  readonly hints: Readonly<Record<HintName, string>>;
};

export type HintName = 'move' | 'choose' | 'back' | 'quit' | 'again' | 'other' | 'why' | 'evidence' | 'help' | 'scroll';

export const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    symptom: 'What is wrong?',
    target: 'What can you not reach?',
    targetHint: 'host, host:port, [v6]:port, udp://host:port or a URL',
    tree: 'Questions',
    running: 'asking …',
    evidence: 'Evidence',
    ruledOut: 'Ruled out',
    notChecked: 'Not checked',
    alternatives: 'Could also be',
    nextSteps: 'Do next',
    where: 'Where',
    hop: 'hop',
    keys: 'Keys',
    why: 'Why this question',
    failed: 'The session ended',
    echoes: 'Echo',
    path: 'Path',
    ports: 'Ports',
    names: 'Name',
    narrow: 'The window is too small: at least 20 columns and 8 rows.',
    more: 'more',
    verdict: { healthy: 'HEALTHY', degraded: 'DEGRADED', fault: 'FAULT', inconclusive: 'INCONCLUSIVE' },
    confidence: { certain: 'certain', likely: 'likely', possible: 'possible' },
    hints: {
      move: 'move',
      choose: 'choose',
      back: 'back',
      quit: 'quit',
      again: 'again',
      other: 'another target',
      why: 'why',
      evidence: 'evidence',
      help: 'keys',
      scroll: 'scroll',
    },
  },
  ko: {
    symptom: '무엇이 문제입니까?',
    target: '어디에 연결할 수 없습니까?',
    targetHint: '호스트, 호스트:포트, [v6]:포트, udp://호스트:포트 또는 URL',
    tree: '질문',
    running: '확인 중 …',
    evidence: '증거',
    ruledOut: '배제된 원인',
    notChecked: '확인하지 못한 것',
    alternatives: '다른 가능성',
    nextSteps: '다음 조치',
    where: '위치',
    hop: '홉',
    keys: '키',
    why: '이 질문을 하는 이유',
    failed: '세션이 종료되었습니다',
    echoes: '에코',
    path: '경로',
    ports: '포트',
    names: '이름',
    narrow: '창이 너무 작습니다. 최소 20열 8행이 필요합니다.',
    more: '더 있음',
    verdict: { healthy: '정상', degraded: '저하', fault: '장애', inconclusive: '판단 불가' },
    confidence: { certain: '확실', likely: '유력', possible: '가능' },
    hints: {
      move: '이동',
      choose: '선택',
      back: '뒤로',
      quit: '종료',
      again: '다시',
      other: '다른 대상',
      why: '이유',
      evidence: '증거',
      help: '키',
      scroll: '스크롤',
    },
  },
};
