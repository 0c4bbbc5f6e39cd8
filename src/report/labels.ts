import type { NotCheckedReason } from '../domain/report.ts';
import type { Confidence, Language, Owner, Verdict } from '../domain/verdict.ts';

/** The fixed words of the text and the Markdown. Texts of findings come from the catalogue. */
export type Labels = {
  readonly verdict: Readonly<Record<Verdict, string>>;
  readonly confidence: Readonly<Record<Confidence, string>>;
  readonly notCheckedReason: Readonly<Record<NotCheckedReason, string>>;
  readonly risk: Readonly<Record<'none' | 'reversible' | 'irreversible', string>>;
  /** Of an answer that a person gave in place of a probe; `measured` null where nothing was. */
  readonly byHand: (measured: string | null) => string;
  /** Who has to act. */
  readonly who: {
    readonly thisMachine: string;
    readonly target: (host: string) => string;
    readonly service: (host: string) => string;
    readonly resolver: (addresses: string) => string;
    readonly path: string;
    /** `orNext`: the cause may sit one hop behind. */
    readonly pathAt: (address: string, orNext: boolean) => string;
    readonly nobody: string;
    readonly unknown: string;
  };
  /** Where a step is done. */
  readonly at: Readonly<Record<Exclude<Owner, 'unknown'>, string>>;
  /** Of the first screen. */
  readonly first: {
    readonly where: string;
    readonly who: string;
    readonly now: string;
    readonly fits: string;
    readonly unseen: string;
    readonly notSeen: Readonly<Record<'no-vantage' | 'not-permitted' | 'deadline', string>>;
    readonly more: (command: string) => string;
  };
  /** Of the ticket. */
  readonly ticket: {
    readonly to: string;
    readonly what: string;
    readonly source: string;
    readonly destination: string;
    readonly when: string;
    readonly measured: string;
    readonly reproduce: string;
    readonly please: string;
  };
  /** Of the path hop by hop. */
  readonly hopTable: {
    readonly hop: string;
    readonly address: string;
    readonly trace: string;
    readonly echoes: string;
    readonly rtt: string;
    /** Beside the broken place. */
    readonly here: string;
  };
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
  /** Where what passed the hop is not seen again. */
  readonly behindHop: (number: number) => string;
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
    'shared-limit': 'routers may only be asked so much in one run, and the other targets had used it up',
  },
  risk: { none: 'no risk', reversible: 'reversible', irreversible: 'cannot be undone' },
  hopTable: { hop: 'Hop', address: 'Address', trace: 'trace', echoes: 'Echoes', rtt: 'RTT', here: '<- here' },
  byHand: (measured) => `by hand, measured: ${measured ?? 'nothing'}`,
  at: {
    'this-machine': 'on this machine',
    target: 'on the target',
    path: 'on the way',
    resolver: 'at the resolver',
    service: 'in the service',
    nobody: 'nowhere',
  },
  who: {
    thisMachine: 'you: the cause is on this machine',
    target: (host) => `whoever runs ${host}`,
    service: (host) => `whoever runs the service on ${host}`,
    resolver: (addresses) => `whoever runs the DNS resolver${addresses === '' ? '' : `: ${addresses}`}`,
    path: 'the network team',
    pathAt: (address, orNext) => `the network team: whoever runs ${address}${orNext ? ' or the hop behind it' : ''}`,
    nobody: 'nobody: this is as it should be',
    unknown: 'not known: the evidence does not tell whose it is',
  },
  first: {
    where: 'WHERE',
    who: 'WHO',
    now: 'DO NOW',
    fits: 'ALSO FITS',
    unseen: 'NOT SEEN',
    notSeen: {
      'no-vantage': "The target's own sockets and firewall. To look:",
      'not-permitted': 'What this machine does not let netwhy measure. To see what is missing:',
      deadline: 'What the deadline cut off. To give it more time:',
    },
    more: (command) => `--verbose: why, evidence, all steps. ${command}`,
  },
  ticket: {
    to: 'For',
    what: 'Fault',
    source: 'Source',
    destination: 'Destination',
    when: 'Measured at',
    measured: 'Measurements',
    reproduce: 'To reproduce',
    please: 'Please',
  },
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
  behindHop: (number) => `last seen at hop ${number}`,
  check: 'check',
  run: 'run',
  undo: 'undo',
  andMore: (count) => `and ${count} more`,
  otherPlatforms: (platforms) => `Also for ${platforms}: see`,
  again: 'After a change, look again:',
  explain: 'More about this finding:',
};

const KO: Labels = {
  verdict: { healthy: '정상', degraded: '품질 저하', fault: '장애', inconclusive: '판단 불가' },
  confidence: { certain: '확실', likely: '가능성 높음', possible: '가능' },
  notCheckedReason: {
    'not-permitted': '이 컴퓨터가 측정을 허용하지 않습니다',
    'no-vantage': '대상 자체의 소켓을 보아야 알 수 있습니다',
    deadline: '제한 시간이 먼저 끝났습니다',
    'not-answered': '판단할 응답이 없었습니다',
    'shared-limit': '한 번의 실행에서 라우터에 보낼 수 있는 프로브 한도를 다른 대상이 모두 사용했습니다',
  },
  risk: { none: '위험 없음', reversible: '되돌릴 수 있음', irreversible: '되돌릴 수 없음' },
  hopTable: { hop: '홉', address: '주소', trace: '추적', echoes: '에코', rtt: '왕복 시간', here: '← 여기' },
  byHand: (measured) => `직접 답함, 측정 결과: ${measured ?? '없음'}`,
  at: {
    'this-machine': '이 컴퓨터에서',
    target: '대상에서',
    path: '중간 경로에서',
    resolver: '리졸버에서',
    service: '서비스에서',
    nobody: '조치 없음',
  },
  who: {
    thisMachine: '이 컴퓨터의 관리자: 원인이 이 컴퓨터에 있습니다',
    target: (host) => `${host} 담당자`,
    service: (host) => `${host}의 서비스 담당자`,
    resolver: (addresses) => `DNS 리졸버 담당자${addresses === '' ? '' : `: ${addresses}`}`,
    path: '네트워크 담당자',
    pathAt: (address, orNext) => `네트워크 담당자: ${address}${orNext ? ' 또는 그다음 홉' : ''}의 관리자`,
    nobody: '조치할 사람 없음: 정상 동작입니다',
    unknown: '아직 알 수 없음: 증거만으로는 누구의 문제인지 가릴 수 없습니다',
  },
  first: {
    where: '위치',
    who: '담당',
    now: '조치',
    fits: '다른 가능성',
    unseen: '확인 못 함',
    notSeen: {
      'no-vantage': '대상 내부의 소켓과 방화벽. 확인하려면:',
      'not-permitted': '이 컴퓨터의 권한으로 측정할 수 없는 것. 부족한 권한을 보려면:',
      deadline: '제한 시간 때문에 측정하지 못한 것. 시간을 늘리려면:',
    },
    more: (command) => `--verbose: 판단 근거, 증거, 전체 조치. ${command}`,
  },
  ticket: {
    to: '담당',
    what: '장애 내용',
    source: '출발지',
    destination: '목적지',
    when: '측정 시각',
    measured: '측정 결과',
    reproduce: '재현 방법',
    please: '요청',
  },
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
  behindHop: (number) => `${number}번째 홉까지 확인됨`,
  check: '확인',
  run: '실행',
  undo: '되돌리기',
  andMore: (count) => `외 ${count}개`,
  otherPlatforms: (platforms) => `${platforms} 환경의 조치는 다음 명령으로 확인:`,
  again: '변경한 뒤 다시 확인:',
  explain: '이 판정에 대한 자세한 설명:',
};

const LABELS: Readonly<Record<Language, Labels>> = { en: EN, ko: KO };

export function labelsOf(lang: Language): Labels {
  return LABELS[lang];
}
