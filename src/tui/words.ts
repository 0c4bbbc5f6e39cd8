import type { ProbeName } from '../domain/outcome.ts';
import type { NotCheckedReason } from '../domain/report.ts';
import type { Confidence, Language, Verdict } from '../domain/verdict.ts';
import { PROBE_WORDS, type ProbeWords } from './probe-words.ts';

/** The wizard's own words; questions and explanations come from the flows and the catalogue. */
export type Words = {
  readonly symptom: string;
  readonly target: string;
  readonly targetHint: string;
  readonly tree: string;
  readonly starting: string;
  readonly engine: string;
  readonly measured: string;
  readonly evidence: string;
  readonly evidenceLater: string;
  readonly alsoSeen: string;
  readonly ruledOut: string;
  readonly notChecked: string;
  readonly notCheckedReason: Readonly<Record<NotCheckedReason, string>>;
  readonly alternatives: string;
  readonly nextSteps: string;
  readonly check: string;
  readonly run: string;
  readonly where: string;
  readonly hop: (number: number) => string;
  readonly thisMachine: string;
  readonly help: string;
  readonly why: string;
  readonly whyLater: string;
  readonly failed: string;
  readonly now: string;
  readonly echo: string;
  readonly port: string;
  readonly size: string;
  readonly sockets: string;
  readonly median: string;
  readonly lost: (count: number, percent: number) => string;
  readonly tooLarge: (who: string) => string;
  readonly largeCameTo: (hop: string, address: string) => string;
  readonly noListener: (port: number) => string;
  readonly queue: (waiting: number, limit: number | null) => string;
  readonly probes: Readonly<Record<ProbeName, ProbeWords>>;
  readonly name: string;
  readonly narrow: string;
  readonly more: (count: number) => string;
  readonly seconds: (passed: string) => string;
  /** The words that a tree answers with; any other answer is a person's choice. */
  readonly answer: Readonly<Record<'yes' | 'no' | 'unknown', string>>;
  readonly verdict: Readonly<Record<Verdict, string>>;
  readonly confidence: Readonly<Record<Confidence, string>>;
  readonly hints: Readonly<Record<HintName, string>>;
};

export type HintName =
  | 'move'
  | 'scroll'
  | 'page'
  | 'number'
  | 'choose'
  | 'start'
  | 'back'
  | 'why'
  | 'evidence'
  | 'again'
  | 'other'
  | 'help'
  | 'quit'
  | 'interrupt';

export const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    symptom: 'What is wrong?',
    target: 'What can you not reach?',
    targetHint: 'host, host:port, [v6]:port, udp://host:port or a URL',
    tree: 'Questions',
    starting: 'starting',
    engine: 'At work',
    measured: 'Measured',
    evidence: 'Evidence',
    evidenceLater: 'The evidence is complete when there is a verdict.',
    alsoSeen: 'Also seen',
    ruledOut: 'Ruled out',
    notChecked: 'Not checked (so not ruled out)',
    notCheckedReason: {
      'not-permitted': 'this machine does not permit the measurement',
      'no-vantage': 'needs a look at the sockets of the target itself',
      deadline: 'the deadline came first',
      'not-answered': 'there was no answer to judge by',
    },
    alternatives: 'Could also be',
    nextSteps: 'Do next',
    check: 'check',
    run: 'run',
    where: 'Where',
    hop: (number) => `hop ${number}`,
    thisMachine: 'this machine',
    help: 'Keys',
    why: 'Why these questions',
    whyLater: 'No question has been asked yet.',
    failed: 'The session ended before its verdict',
    now: 'Now',
    echo: 'Echo',
    port: 'Port',
    size: 'Size',
    sockets: 'Sockets',
    median: 'median',
    lost: (count, percent) => `${count} lost (${percent} %)`,
    tooLarge: (who) => `${who} says: too large`,
    largeCameTo: (hop, address) => `large ones came to ${hop} (${address})`,
    noListener: (port) => `nothing listens on ${port}`,
    queue: (waiting, limit) => `${waiting}${limit === null ? '' : ` of ${limit}`} wait to be accepted`,
    probes: PROBE_WORDS.en,
    name: 'Name',
    narrow: 'The window is too small.',
    more: (count) => `${count} more`,
    seconds: (passed) => `${passed} s`,
    answer: { yes: 'yes', no: 'no', unknown: 'unknown' },
    verdict: { healthy: 'HEALTHY', degraded: 'DEGRADED', fault: 'FAULT', inconclusive: 'INCONCLUSIVE' },
    confidence: { certain: 'certain', likely: 'likely', possible: 'possible' },
    hints: {
      move: 'move',
      scroll: 'scroll',
      page: 'page',
      number: 'pick',
      choose: 'choose',
      start: 'start',
      back: 'back',
      why: 'why',
      evidence: 'evidence',
      again: 'again',
      other: 'another target',
      help: 'keys',
      quit: 'quit',
      interrupt: 'quit',
    },
  },
  ko: {
    symptom: '무엇이 문제입니까?',
    target: '어디에 연결할 수 없습니까?',
    targetHint: '호스트, 호스트:포트, [v6]:포트, udp://호스트:포트 또는 URL',
    tree: '질문',
    starting: '시작하는 중',
    engine: '측정 중',
    measured: '측정 결과',
    evidence: '증거',
    evidenceLater: '증거는 판정이 나오면 모두 볼 수 있습니다.',
    alsoSeen: '함께 발견된 사항',
    ruledOut: '배제된 원인',
    notChecked: '확인하지 못한 원인(배제된 것이 아님)',
    notCheckedReason: {
      'not-permitted': '이 컴퓨터가 측정을 허용하지 않습니다',
      'no-vantage': '대상 자체의 소켓을 보아야 알 수 있습니다',
      deadline: '제한 시간이 먼저 끝났습니다',
      'not-answered': '판단할 응답이 없었습니다',
    },
    alternatives: '다른 가능성',
    nextSteps: '다음에 할 일',
    check: '확인',
    run: '실행',
    where: '위치',
    hop: (number) => `${number}번째 홉`,
    thisMachine: '이 컴퓨터',
    help: '키',
    why: '이 질문을 하는 이유',
    whyLater: '아직 질문이 없습니다.',
    failed: '판정 전에 세션이 끝났습니다',
    now: '진행',
    echo: '에코',
    port: '포트',
    size: '크기',
    sockets: '소켓',
    median: '중앙값',
    lost: (count, percent) => `${count}개 손실(${percent}%)`,
    tooLarge: (who) => `${who}: 너무 큼`,
    largeCameTo: (hop, address) => `큰 패킷의 도달 지점: ${hop}(${address})`,
    noListener: (port) => `${port}에 대기하는 소켓 없음`,
    queue: (waiting, limit) => `수락 대기 ${waiting}${limit === null ? '' : `/${limit}`}`,
    probes: PROBE_WORDS.ko,
    name: '이름',
    narrow: '창이 너무 작습니다.',
    more: (count) => `${count}줄 더 있음`,
    seconds: (passed) => `${passed}초`,
    answer: { yes: '예', no: '아니요', unknown: '알 수 없음' },
    verdict: { healthy: '정상', degraded: '저하', fault: '장애', inconclusive: '판단 불가' },
    confidence: { certain: '확실', likely: '유력', possible: '가능' },
    hints: {
      move: '이동',
      scroll: '스크롤',
      page: '쪽 넘김',
      number: '고르기',
      choose: '선택',
      start: '시작',
      back: '뒤로',
      why: '이유',
      evidence: '증거',
      again: '다시',
      other: '다른 대상',
      help: '키',
      quit: '종료',
      interrupt: '종료',
    },
  },
};
