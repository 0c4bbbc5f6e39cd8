import type { NoOwner, SocketGap } from '../../domain/socket.ts';
import type { PortsWords } from './words.ts';
import { PORTS_WORDS_EN } from './words-en.ts';

export const PORTS_WORDS_KO: PortsWords = {
  title: (host, { port, process, states, isListening }) =>
    [
      `${host ?? '이 컴퓨터'}의 ${isListening ? '대기 소켓' : '소켓'}`,
      port === null ? null : `포트 ${port}`,
      process === null ? null : `프로세스 ${process}`,
      states === null ? null : `상태 ${states.join(', ')}`,
    ]
      .filter((part) => part !== null)
      .join(', '),
  listening: '대기',
  connections: '연결',
  protocol: '종류',
  address: '주소',
  scope: '바인드 범위',
  local: '로컬',
  peer: '상대',
  state: '상태',
  process: '프로세스',
  pid: 'PID',
  queue: '대기열',
  received: '수신 큐',
  unsent: '송신 큐',
  drops: '버림',
  user: '사용자',
  place: '실행 위치',
  // The names of RFC 9293, as every tool prints them.
  states: PORTS_WORDS_EN.states,
  connected: PORTS_WORDS_EN.connected,
  scopes: {
    loopback: '루프백',
    'link-local': '링크 로컬',
    multicast: '멀티캐스트',
    one: '주소 하나',
  },
  all: {
    ipv4: 'IPv4 전체',
    'ipv6-only': 'IPv6 전체만',
    both: 'IPv4와 IPv6 전체',
    'ipv6-unknown': 'IPv6 전체 (IPv4: ?)',
  },
  through: (device) => `${device}에서`,
  more: (rows) => `… 그 밖에 ${rows}개`,
  keys: 'q 또는 Ctrl-C로 종료',
  reading: '소켓을 읽는 중',

  nothingAtPort: (port) => `${port} 포트를 쓰는 소켓이 없습니다. 대기하는 것도 연결도 없습니다.`,
  nothingFits: '조건에 맞는 소켓이 없습니다.',
  onlyConnections: (port, connections) =>
    `${port} 포트에서 대기하는 것이 없습니다. 연결 ${connections}개가 이 포트를 씁니다.`,
  listens: (port, process) =>
    process === null ? `${port} 포트에서 대기 중입니다.` : `${port} 포트에서 대기 중입니다: ${process}.`,
  loopbackOnly: (port) => `${port} 포트는 루프백에만 바인드되어 다른 컴퓨터에서 연결할 수 없습니다.`,
  queueFull: (at, waiting, limit) =>
    `${at}의 accept 대기열이 가득 찼습니다(대기 ${waiting}, 한도 ${limit}). 프로그램이 연결을 받지 않아 새 연결이 버려집니다.`,
  otherQueuesFull: (count) => `그 밖에 accept 대기열 ${count}개가 가득 찼습니다.`,
  overflows: (overflows, drops) =>
    `네트워크가 시작된 뒤로 accept 대기열이 가득 차 버려진 연결이 ${overflows}개(ListenOverflows), 이유를 불문하고 대기열에 들어가지 못한 연결이 ${drops}개(ListenDrops)입니다.`,
  gap: gapOf,
  unavailable: (hint) => `소켓을 읽지 못했습니다. ${hint}`,
  why: (command) => `연결되지 않는 이유와 할 일: ${command}`,
};

function gapOf(gap: SocketGap): string {
  switch (gap.kind) {
    case 'no-owner':
      return NO_OWNER[gap.why](gap.sockets);
    case 'no-socket-details':
      return 'accept 대기열의 한도와 IPv6 소켓의 IPv4 수신 여부는 알 수 없습니다. netlink(koffi 패키지) 또는 ss가 필요합니다.';
    case 'not-on-this-system':
      return `이 시스템의 netstat은 다음을 알려 주지 않습니다: ${gap.columns.map((column) => COLUMNS[column]).join(', ')}.`;
  }
}

const COLUMNS = {
  user: '사용자',
  queues: '큐',
  backlog: 'accept 대기열의 한도',
  'v6-only': 'IPv6 소켓의 IPv4 수신 여부',
} as const;

const NO_OWNER: Readonly<Record<NoOwner, (count: number) => string>> = {
  kernel: (count) =>
    `프로세스가 없는 소켓 ${count}개는 커널의 것입니다(time-wait, 프로그램이 이미 닫음, 또는 아직 accept되지 않음).`,
  'other-user': (count) =>
    `소켓 ${count}개의 프로세스는 다른 사용자의 것이라 표시되지 않습니다. root는 볼 수 있습니다: sudo netwhy ports`,
  hidden: (count) =>
    `소켓 ${count}개의 프로세스는 여기서 보이지 않습니다(다른 PID 네임스페이스, 보호된 프로세스, 또는 커널).`,
  'not-searched': (count) => `모든 프로세스를 살펴보기 전에 끝나 소켓 ${count}개의 프로세스를 알 수 없습니다.`,
  'not-seen-there': (count) =>
    `소켓 ${count}개의 프로세스는 그곳의 사용자에게 보이지 않습니다. 다른 사용자의 것은 root가 볼 수 있습니다.`,
  'not-told': (count) => `소켓 ${count}개의 프로세스는 이 시스템이 알려 주지 않습니다.`,
};
