import type { NotCheckedReason } from '../domain/report.ts';
import type { Confidence, Language, Verdict } from '../domain/verdict.ts';

/** The fixed words of the text and the Markdown. Texts of findings come from the catalogue. */
export type Labels = {
  readonly verdict: Readonly<Record<Verdict, string>>;
  readonly confidence: Readonly<Record<Confidence, string>>;
  readonly notCheckedReason: Readonly<Record<NotCheckedReason, string>>;
  readonly risk: Readonly<Record<'none' | 'reversible' | 'irreversible', string>>;
  /** The words that a tree answers with; any other answer is a person's choice and stays. */
  readonly answer: Readonly<Record<'yes' | 'no' | 'unknown', string>>;
  /** Of an answer that a person gave in place of a probe; `measured` null where nothing was. */
  readonly byHand: (measured: string | null) => string;
  readonly happened: string;
  readonly why: string;
  readonly path: string;
  readonly evidence: string;
  readonly questions: string;
  readonly alsoSeen: string;
  readonly ruledOut: string;
  readonly notChecked: string;
  readonly couldBe: string;
  readonly doNext: string;
  /** What other vantages saw. */
  readonly compared: string;
  readonly target: string;
  readonly you: string;
  readonly from: (vantage: string) => string;
  readonly thisMachine: string;
  readonly hop: (number: number) => string;
  readonly check: string;
  readonly run: string;
  readonly undo: string;
  readonly andMore: (count: number) => string;
  readonly otherPlatforms: (platforms: string) => string;
  readonly again: string;
  readonly explain: string;
};

const EN: Labels = {
  verdict: { healthy: 'Healthy', degraded: 'Degraded', fault: 'Fault', inconclusive: 'Inconclusive' },
  confidence: { certain: 'certain', likely: 'likely', possible: 'possible' },
  notCheckedReason: {
    'not-permitted': 'this machine does not permit the measurement',
    'no-vantage': 'needs a look at the sockets of the target itself',
    deadline: 'the deadline came first',
    'not-answered': 'there was no answer to judge by',
  },
  risk: { none: 'no risk', reversible: 'reversible', irreversible: 'cannot be undone' },
  answer: { yes: 'yes', no: 'no', unknown: 'unknown' },
  byHand: (measured) => `by hand, measured: ${measured ?? 'nothing'}`,
  happened: 'What happened',
  why: 'Why',
  path: 'Where on the path',
  evidence: 'Evidence',
  questions: 'Questions asked',
  alsoSeen: 'Also seen',
  ruledOut: 'Ruled out',
  notChecked: 'Not checked (so not ruled out)',
  couldBe: 'Could also be',
  doNext: 'Do next',
  compared: 'From elsewhere',
  target: 'Target',
  you: 'you',
  from: (vantage) => `from ${vantage}`,
  thisMachine: 'this machine',
  hop: (number) => `hop ${number}`,
  check: 'check',
  run: 'run',
  undo: 'undo',
  andMore: (count) => `and ${count} more`,
  otherPlatforms: (platforms) => `Also for ${platforms}: see`,
  again: 'After a change, look again:',
  explain: 'More about this finding:',
};

const KO: Labels = {
  verdict: { healthy: '정상', degraded: '저하', fault: '장애', inconclusive: '판단 불가' },
  confidence: { certain: '확실', likely: '유력', possible: '가능' },
  notCheckedReason: {
    'not-permitted': '이 컴퓨터가 측정을 허용하지 않습니다',
    'no-vantage': '대상 자체의 소켓을 보아야 알 수 있습니다',
    deadline: '제한 시간이 먼저 끝났습니다',
    'not-answered': '판단할 응답이 없었습니다',
  },
  risk: { none: '위험 없음', reversible: '되돌릴 수 있음', irreversible: '되돌릴 수 없음' },
  answer: { yes: '예', no: '아니요', unknown: '알 수 없음' },
  byHand: (measured) => `직접 답함, 측정 결과: ${measured ?? '없음'}`,
  happened: '상황',
  why: '판단 근거',
  path: '경로상의 위치',
  evidence: '증거',
  questions: '확인한 질문',
  alsoSeen: '함께 발견된 사항',
  ruledOut: '배제된 원인',
  notChecked: '확인하지 못한 원인(배제된 것이 아님)',
  couldBe: '다른 가능성',
  doNext: '다음에 할 일',
  compared: '다른 곳에서 본 결과',
  target: '대상',
  you: '이 컴퓨터',
  from: (vantage) => `${vantage}에서 측정`,
  thisMachine: '이 컴퓨터',
  hop: (number) => `${number}번째 홉`,
  check: '확인',
  run: '실행',
  undo: '복구',
  andMore: (count) => `외 ${count}개`,
  otherPlatforms: (platforms) => `${platforms} 환경의 조치는 다음 명령으로 확인:`,
  again: '변경한 뒤 다시 확인:',
  explain: '이 판정에 대한 자세한 설명:',
};

const LABELS: Readonly<Record<Language, Labels>> = { en: EN, ko: KO };

export function labelsOf(lang: Language): Labels {
  return LABELS[lang];
}
