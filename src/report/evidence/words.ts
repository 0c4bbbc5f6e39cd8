import type { TraceOddity, TraceStop } from '../../domain/evidence.ts';
import type { Language } from '../../domain/verdict.ts';

/** The words between the measured values, in the order in which each language says them. */
export type EvidenceWords = {
  readonly answered: (received: number, sent: number) => string;
  readonly lost: (percent: number) => string;
  readonly median: (ms: string) => string;
  readonly duplicates: (count: number) => string;
  readonly late: (waited: string) => string;
  readonly notMeasured: string;
  readonly nothing: string;
  readonly from: (source: string) => string;
  readonly via: (gateway: string) => string;
  readonly onLink: string;
  readonly own: string;
  readonly neighbour: (state: string) => string;
  readonly hops: (count: number) => string;
  readonly tried: (count: number) => string;
  readonly stopped: Readonly<Record<TraceStop, string>>;
  readonly oddity: Readonly<Record<TraceOddity, string>>;
  readonly blackhole: string;
  readonly reportedBy: (address: string) => string;
  readonly listens: (who: string, where: string) => string;
  readonly noListener: (port: number) => string;
  readonly listeners: (count: number) => string;
  readonly queue: (used: number, limit: number | null) => string;
  readonly bytes: (count: number) => string;
  readonly certificateFor: (names: string) => string;
  readonly issuedBy: (issuer: string) => string;
  readonly valid: (from: string, to: string) => string;
  readonly chain: (count: number) => string;
  readonly trusted: string;
  readonly untrusted: (why: string) => string;
  readonly cutShort: string;
};

const EN: EvidenceWords = {
  answered: (received, sent) => `${received} of ${sent} answered`,
  lost: (percent) => `${percent} % lost`,
  median: (ms) => `median ${ms}`,
  duplicates: (count) => `${count} duplicate${count === 1 ? '' : 's'}`,
  late: (waited) => `one more, waited ${waited}:`,
  notMeasured: 'could not be measured',
  nothing: 'nothing',
  from: (source) => `from ${source}`,
  via: (gateway) => `via ${gateway}`,
  onLink: 'on this link',
  own: "this machine's own address",
  neighbour: (state) => `next hop ${state}`,
  hops: (count) => `${count} hop${count === 1 ? '' : 's'}`,
  tried: (count) => `${count} hop${count === 1 ? '' : 's'} tried`,
  stopped: {
    target: 'ended at the target',
    error: 'ended at an error',
    loop: 'ended at a loop',
    'silent-hops': 'ended after five silent hops',
    'max-hops': 'ended at the highest TTL',
    refused: 'this machine refused to send',
    time: 'ended when its time was over',
    interrupted: 'interrupted',
  },
  oddity: {
    'target-at-first-hop':
      'the target answered the first hop although a gateway lies before it: something answers for it',
    'one-address': 'one address answered hop after hop: the hops behind it stay hidden',
    'expired-at-target': "Time Exceeded came from the target's own address: a translator stands before it",
  },
  blackhole: 'large packets vanish without a word',
  reportedBy: (address) => `reported by ${address}`,
  listens: (who, where) => `${who} on ${where}`,
  noListener: (port) => `nothing on port ${port}`,
  listeners: (count) => `${count} listener${count === 1 ? '' : 's'} in all`,
  queue: (used, limit) => `accept queue ${used}${limit === null ? '' : ` of ${limit}`}`,
  bytes: (count) => `${count} byte${count === 1 ? '' : 's'} received`,
  certificateFor: (names) => `certificate for ${names}`,
  issuedBy: (issuer) => `issued by ${issuer}`,
  valid: (from, to) => `valid ${from} to ${to}`,
  chain: (count) => `${count} certificate${count === 1 ? '' : 's'} sent`,
  trusted: 'trusted here',
  untrusted: (why) => `not trusted here (${why})`,
  cutShort: '(cut short)',
};

const KO: EvidenceWords = {
  answered: (received, sent) => `${sent}개 중 ${received}개 응답`,
  lost: (percent) => `손실 ${percent} %`,
  median: (ms) => `중앙값 ${ms}`,
  duplicates: (count) => `중복 ${count}개`,
  late: (waited) => `${waited} 동안 기다린 추가 1개:`,
  notMeasured: '측정할 수 없음',
  nothing: '응답 없음',
  from: (source) => `출발지 ${source}`,
  via: (gateway) => `게이트웨이 ${gateway}`,
  onLink: '같은 링크',
  own: '이 컴퓨터 자신의 주소',
  neighbour: (state) => `다음 홉 ${state}`,
  hops: (count) => `홉 ${count}개`,
  tried: (count) => `홉 ${count}개 시도`,
  stopped: {
    target: '대상에서 끝남',
    error: '오류에서 끝남',
    loop: '순환에서 끝남',
    'silent-hops': '응답 없는 홉 다섯 개 뒤에 끝남',
    'max-hops': '최대 TTL에서 끝남',
    refused: '이 컴퓨터가 보내기를 거부함',
    time: '시간이 다 되어 끝남',
    interrupted: '중단됨',
  },
  oddity: {
    'target-at-first-hop': '앞에 게이트웨이가 있는데 첫 홉에서 대상이 응답함: 무언가가 대신 응답합니다',
    'one-address': '한 주소가 여러 홉에서 잇달아 응답함: 그 뒤의 홉은 보이지 않습니다',
    'expired-at-target': '대상의 주소에서 시간 초과가 옴: 앞에 주소 변환 장비가 있습니다',
  },
  blackhole: '큰 패킷이 아무 알림 없이 사라짐',
  reportedBy: (address) => `${address} 통보`,
  listens: (who, where) => `${where}에서 ${who} 대기`,
  noListener: (port) => `포트 ${port}에 대기하는 것 없음`,
  listeners: (count) => `전체 리스너 ${count}개`,
  queue: (used, limit) => `accept 대기열 ${used}${limit === null ? '' : `/${limit}`}`,
  bytes: (count) => `${count}바이트 수신`,
  certificateFor: (names) => `${names} 인증서`,
  issuedBy: (issuer) => `발급자 ${issuer}`,
  valid: (from, to) => `유효 기간 ${from} ~ ${to}`,
  chain: (count) => `인증서 ${count}개 수신`,
  trusted: '이 컴퓨터가 신뢰함',
  untrusted: (why) => `이 컴퓨터가 신뢰하지 않음(${why})`,
  cutShort: '(도중에 중단됨)',
};

const WORDS: Readonly<Record<Language, EvidenceWords>> = { en: EN, ko: KO };

export function evidenceWordsOf(lang: Language): EvidenceWords {
  return WORDS[lang];
}
