import { particleAfter } from '../../finding/particle.ts';
import type { PingWords } from './words.ts';

const subject = (word: string): string => `${word}${particleAfter(word, '이(가)')}`;
const topic = (word: string): string => `${word}${particleAfter(word, '은(는)')}`;

export const PING_WORDS_KO: PingWords = {
  title: (host, address, count) => `${host}${address === null ? '' : ` (${address})`}에 ICMP echo ${count}개`,
  reply: (address, sequence, ttl, ms) =>
    `${address}: icmp_seq=${sequence}${ttl === null ? '' : ` ttl=${ttl}`} time=${ms}`,
  error: (from, sequence, kind, icmp) => `${from} 통보: icmp_seq=${sequence} ${kind} (${icmp})`,
  noAnswer: (sequences) => `응답 없음: icmp_seq ${sequences}`,
  counts: (sent, received, open) =>
    `${sent}개 전송, ${received}개 응답${open === 0 ? '' : `, 종료 시점에 ${open}개 대기 중`}`,
  loss: (percent, interval) => `손실 ${percent}${interval === null ? '' : ` (95 % 구간 ${interval})`}`,
  rtt: (values) => `RTT 최소/중앙값/평균/최대/표준편차 ${values}`,
  jitter: (ms) => `지터 ${ms}`,
  duplicates: (count) => `중복 ${count}개`,
  errors: (from, kind, icmp, count) => `${from} 통보: ${kind} (${icmp}) ×${count}`,
  replyTtl: (ttl) => `응답의 TTL ${ttl}`,
  method: (method) => `측정 방식 ${method}`,
  outcome: {
    answered: ({ address, median }) => `${subject(address)} echo에 응답합니다. 응답 시간 중앙값은 ${median}입니다.`,
    lossy: ({ address, lost, sent }) => `${subject(address)} 응답하지만 echo ${sent}개 중 ${lost}개에 응답이 없습니다.`,
    slow: ({ address, median }) => `${subject(address)} 응답하지만 느립니다. 응답 시간 중앙값은 ${median}입니다.`,
    jittery: ({ address, jitter }) =>
      `${subject(address)} 응답하지만 응답 시간이 고르지 않습니다. 연속한 응답의 차이가 ${jitter}입니다.`,
    duplicated: ({ address, duplicates }) =>
      `${subject(address)} 응답하며 중복 응답이 ${duplicates}개 있습니다. 링크의 루프나 미러링, 같은 링크 계층 주소를 쓰는 장비를 의심할 수 있습니다.`,
    partly: ({ address }) => `${topic(address)} 응답하지만 이름의 다른 주소는 응답하지 않습니다.`,
    silent: ({ address }) =>
      `${subject(address)} echo에 응답하지 않습니다. 필터가 echo를 버리기도 하므로 이것만으로 꺼졌다고 할 수 없습니다.`,
    'host-unreachable': ({ address, from, icmp }) =>
      `${subject(from)} 호스트 ${address}에 도달할 수 없다고 알립니다(${icmp}).`,
    'network-unreachable': ({ address, from, icmp }) =>
      `${subject(from)} ${address}${particleAfter(address, '(으)로')} 가는 경로가 없다고 알립니다(${icmp}).`,
    prohibited: ({ from, icmp }) => `${subject(from)} echo를 거부합니다(${icmp}). 방화벽이나 접근 목록입니다.`,
    expired: ({ from, icmp }) =>
      `echo가 도중에 ${from}에서 만료되었습니다(${icmp}). 라우팅 루프이거나 경로가 TTL보다 깁니다.`,
    blocked: () => '이 컴퓨터의 방화벽이 echo를 내보내지 않습니다.',
    unavailable: ({ hint }) => `echo를 보낼 수 없습니다. ${hint}`,
  },
  notSent: (error) => `echo가 이 컴퓨터를 떠나지 못했습니다(${error}).`,
  endedEarly: '도중에 끝났습니다. 그때까지 알려진 것만 보입니다.',
  fewLost: (lost, sent) =>
    `echo ${sent}개 중 ${lost}개에 응답이 없지만 우연일 수 있습니다. --count를 늘리면 알 수 있습니다.`,
  rateLimited:
    '처음의 echo는 모두 통과하고 그 뒤로는 대부분 응답이 없습니다. echo 응답을 제한하는 호스트가 이렇게 보입니다.',
  why: (command) => `원인과 조치: ${command}`,
  nameFailed: {
    'not-found': (host) => `이름 ${topic(host)} 존재하지 않습니다(NXDOMAIN).`,
    'no-address': (host) => `이름 ${topic(host)} 존재하지만 요청한 주소 체계의 주소가 없습니다.`,
    'server-failure': (host) => `리졸버가 ${host} 조회에 실패했거나 거부했습니다.`,
    timeout: (host) => `${host} 조회에 응답한 리졸버가 없습니다.`,
  },
};
