import { particleAfter } from '../../finding/particle.ts';
import type { AtHop, TraceWords } from './words.ts';

const listed = (hops: readonly number[]): string => `${hops.join(', ')}번째 홉`;
const who = ({ address, hop }: AtHop): string => (hop === null ? address : `${hop}번째 홉(${address})`);
const subject = (at: AtHop): string => `${who(at)}${at.hop === null ? particleAfter(at.address, '이(가)') : '이'}`;
const range = (first: number, last: number): string =>
  first === last ? `${first}번째 홉` : `${first}번째와 ${last}번째 홉 사이`;

export const TRACE_WORDS_KO: TraceWords = {
  title: (host, address, vehicle) => `${host}${address === null ? '' : ` (${address})`} 경로, ${vehicle}, 시간 단위 ms`,
  vehicle: {
    icmp: () => 'ICMP echo',
    udp: (port) => `UDP${port === null ? '' : ` 포트 ${port}`}`,
    tcp: (port) => `TCP${port === null ? '' : ` 포트 ${port}`}`,
  },
  hop: '홉',
  host: '주소 (이름)',
  lost: '손실',
  sent: '전송',
  last: '최근',
  median: '중앙값',
  best: '최소',
  worst: '최대',
  spark: 'RTT',
  noAnswer: '응답 없음',
  running: '추적 중',
  keys: 'Ctrl-C로 종료',

  reached: (address, hops, ms) =>
    `${address}${particleAfter(address, '이(가)')} 응답합니다. 홉 ${hops}개 거리${ms === null ? '' : `, 응답 시간 중앙값 ${ms}`}입니다.`,
  accepts: (port) => `${port} 포트가 연결을 받습니다.`,
  resets: (port) => `${port} 포트는 RST로 응답합니다. 경로는 온전하고 포트가 닫혀 있습니다.`,
  portUnreachable: '대기하는 것이 없는 호스트답게 "port unreachable"로 응답합니다. 경로는 온전합니다.',
  stopped: (at) =>
    `${who(at)} 뒤에서는 아무 응답이 없습니다. 원인은 그곳이나 바로 다음 홉에 있습니다. 패킷을 버리는 필터, 꺼진 호스트, 돌아오는 경로의 부재 중 무엇인지는 추적만으로 알 수 없습니다.`,
  pathGoesOn: (at) => `확인 범위(--max-hops)의 끝인 ${subject(at)} 응답했습니다. 경로는 그 뒤로 이어집니다.`,
  silent:
    '첫 라우터를 포함해 응답한 홉이 없습니다. 이 컴퓨터 가까이의 필터, 응답 없는 게이트웨이, 돌아오는 경로의 부재를 의심할 수 있습니다.',
  onLink: (address) =>
    `${address}${particleAfter(address, '은(는)')} 라우터 없이 이 컴퓨터와 같은 링크에 있지만 응답하지 않습니다.`,
  loop: (hop, round) =>
    `라우팅 루프입니다. ${hop === null ? '' : `${hop}번째 홉부터 `}${round} 라우터가 TTL이 다할 때까지 패킷을 서로 되돌려 보냅니다. 이 라우터들의 경로가 서로 모순됩니다.`,
  hostUnreachable: (at, icmp, target) => `${subject(at)} 호스트 ${target}에 도달할 수 없다고 알립니다(${icmp}).`,
  networkUnreachable: (at, icmp, target) =>
    `${subject(at)} ${target}${particleAfter(target, '(으)로')} 가는 경로가 없다고 알립니다(${icmp}).`,
  prohibited: (at, icmp) => `${subject(at)} 금지되었다고 알립니다(${icmp}). 방화벽이나 접근 목록이 거부합니다.`,
  rejected: (at, icmp) => `${subject(at)} ICMP 오류로 거부합니다(${icmp}). 방화벽의 REJECT가 이렇게 응답합니다.`,
  unavailable: (hint) => `경로를 추적할 수 없습니다. ${hint}`,
  refused: (error) =>
    error === null
      ? '이 컴퓨터가 전송을 거부했습니다. 자체 방화벽이 막거나 주소로 가는 경로가 없습니다.'
      : `이 컴퓨터가 전송하지 않았습니다. 커널이 경로를 거부합니다(${error}).`,
  endedEarly: (last) =>
    `도중에 끝났습니다. 그때까지 ${last === null ? '응답한 홉이 없습니다' : `마지막으로 응답한 것은 ${who(last)}입니다`}. 경로가 어디에서 끝나는지는 알 수 없습니다.`,

  silentHops: (hops) =>
    `${listed(hops)}은 응답하지 않았지만 뒤의 홉은 응답했습니다. 패킷은 전달하고 오류는 보내지 않는 라우터이므로 문제가 없습니다.`,
  limitedHops: (hops) =>
    `${listed(hops)}이 응답하지 않은 프로브도 경로 끝까지 전달되었습니다. TTL이 다한 패킷에 대한 응답을 제한하는 것이므로 문제가 없습니다.`,
  slowHops: (hops) => `${listed(hops)}은 자신의 응답만 느립니다. 뒤의 홉은 더 빨리 응답하므로 문제가 없습니다.`,
  severalRouters: (hops) => `${listed(hops)}은 여러 주소에서 응답합니다. 부하를 분산하거나 경로가 바뀐 것입니다.`,
  fewLost: (lost, sent) =>
    `경로 끝으로 보낸 프로브 ${sent}개 중 ${lost}개에 응답이 없습니다. 손실이라고 하기에는 수가 적습니다. netwhy ping은 더 많이 보냅니다.`,
  loss: (lost, sent, first, last) =>
    `경로 끝으로 보낸 프로브 ${sent}개 중 ${lost}개에 응답이 없습니다. ${first === null || last === null ? '어디에서 사라지는지는 알 수 없습니다' : `${range(first, last)}부터 사라집니다`}.`,
  rise: (first, last, ms) => `지연(경로 끝에서 ${ms})의 대부분은 ${range(first, last)}에서 생겨 끝까지 이어집니다.`,
  oddity: {
    'target-at-first-hop':
      '앞에 게이트웨이가 있는데도 대상이 첫 홉으로 보입니다. 가까이에서 TTL이 바뀌므로 실제 경로가 보이지 않습니다.',
    'one-address': '모든 홉에서 같은 주소가 응답합니다. 가까이에서 대신 응답하므로 실제 경로가 보이지 않습니다.',
    'expired-at-target': '대상의 주소가 라우터처럼 응답합니다. 그 앞에 주소 변환기나 부하 분산기가 있습니다.',
  },
  why: (command) => `원인과 조치: ${command}`,
};
