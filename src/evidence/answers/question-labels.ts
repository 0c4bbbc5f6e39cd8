import type { ProbeName } from '../../domain/outcome.ts';
import type { Language } from '../../domain/verdict.ts';

/** What a question of a probe is about, in two to four words: the row of a tree. May name facts in braces. */
export const QUESTION_LABELS: Readonly<Record<ProbeName, Readonly<Record<Language, string>>>> = {
  resolve: { en: 'name', ko: '이름' },
  lookup: { en: 'look-up time', ko: '이름 조회 시간' },
  route: { en: 'route', ko: '라우팅' },
  neighbour: { en: 'next hop', ko: '다음 홉' },
  ping: { en: 'host (ping)', ko: '호스트(ping)' },
  connect: { en: 'port {port}', ko: '포트 {port}' },
  alive: { en: 'other ports', ko: '다른 포트' },
  trace: { en: 'path', ko: '경로' },
  hops: { en: 'where it begins', ko: '시작되는 곳' },
  'port-trace': { en: 'where it is lost', ko: '끊기는 곳' },
  late: { en: 'waiting 3 s', ko: '3초 대기' },
  mtu: { en: 'large packets', ko: '큰 패킷' },
  sockets: { en: 'sockets on the target', ko: '대상의 소켓' },
  tls: { en: 'TLS', ko: 'TLS' },
  http: { en: 'HTTP', ko: 'HTTP' },
  service: { en: 'service', ko: '서비스' },
  proxy: { en: 'proxy', ko: '프록시' },
  bound: { en: 'sockets here', ko: '이 컴퓨터의 소켓' },
};
