import type { OutcomeOf, ProbeName } from '../../domain/outcome.ts';
import type { Language } from '../../domain/verdict.ts';

/** What an answer means for whoever wants to get through; `none`: nothing was asked, or nothing could be seen. */
export type Sign = 'good' | 'bad' | 'warn' | 'none';

/** The answer to a question in plain words, behind what it is about: “port 5432: refuses”. */
export type OutcomeWord = { readonly sign: Sign } & { readonly [language in Language]: string };

type Table = { readonly [P in ProbeName]: Readonly<Record<OutcomeOf<P>, OutcomeWord>> };

const word = (sign: Sign, en: string, ko: string): OutcomeWord => ({ sign, en, ko });

const NOT_SEEN = word('none', 'could not be measured', '측정 불가');
const BLOCKED = word('bad', 'blocked by this machine', '이 컴퓨터가 차단');
const NOT_ASKED = word('none', 'not asked for', '해당 없음');

const LISTENERS = {
  listening: word('good', 'listening', '수신 대기 중'),
  'not-listening': word('bad', 'nothing listens', '수신 대기 없음'),
  'loopback-only': word('bad', 'on loopback only', '루프백에만 열림'),
  'other-address': word('bad', 'on another address only', '다른 주소에만 열림'),
  'other-family': word('bad', 'in the other IP family only', '다른 IP 버전에만 열림'),
  'queue-full': word('bad', 'accept queue is full', 'accept 대기열 가득 참'),
  forwarded: word('warn', 'passed on to elsewhere', '다른 곳으로 전달'),
  'no-vantage': word('none', 'cannot be seen from here', '여기서는 확인 불가'),
  'not-permitted': word('none', 'may not be read here', '읽을 권한 없음'),
} as const;

const CERTIFICATE = {
  expired: word('bad', 'certificate has expired', '인증서 만료'),
  'not-yet-valid': word('bad', 'certificate is not valid yet', '인증서 유효 기간 전'),
  'name-mismatch': word('bad', 'certificate of another name', '인증서의 이름 불일치'),
  untrusted: word('bad', 'certificate is not trusted', '신뢰할 수 없는 인증서'),
} as const;

/** Every outcome of every reading. The one place that says how it is told, and whether it is good news. */
const OUTCOME_WORDS: Table = {
  resolve: {
    ok: word('good', 'resolves', '조회됨'),
    literal: word('good', 'an address already', '주소로 직접 지정'),
    sinkholed: word('bad', 'points to nowhere', '연결될 수 없는 주소'),
    'not-found': word('bad', 'does not exist', '존재하지 않음'),
    'no-address': word('bad', 'has no address', '주소 없음'),
    'server-failure': word('bad', 'resolver failed', '리졸버 오류'),
    timeout: word('bad', 'no resolver answers', '리졸버 응답 없음'),
    blocked: BLOCKED,
  },
  lookup: {
    'not-asked': NOT_ASKED,
    quick: word('good', 'quick', '빠름'),
    slow: word('warn', 'slow', '느림'),
    unavailable: NOT_SEEN,
  },
  route: {
    ok: word('good', 'found', '있음'),
    local: word('good', 'this machine itself', '이 컴퓨터 자신'),
    'no-network': word('bad', 'not connected', '네트워크 연결 없음'),
    'no-route': word('bad', 'none', '없음'),
    unknown: NOT_SEEN,
  },
  neighbour: {
    answers: word('good', 'answers', '응답'),
    'gateway-failed': word('bad', 'gateway does not answer', '게이트웨이 응답 없음'),
    'target-failed': word('bad', 'target does not answer', '대상 응답 없음'),
    'tunnel-silent': word('bad', 'tunnel gives nothing back', '터널 응답 없음'),
    'own-network': word('bad', "this machine's own network", '이 컴퓨터의 자체 네트워크'),
    unknown: NOT_SEEN,
  },
  ping: {
    answered: word('good', 'answers', '응답'),
    lossy: word('warn', 'answers, with loss', '응답하지만 손실'),
    slow: word('warn', 'answers slowly', '응답이 느림'),
    jittery: word('warn', 'answers unevenly', '응답 시간이 불규칙'),
    duplicated: word('warn', 'answers more than once', '응답 중복'),
    partly: word('warn', 'some addresses answer', '일부 주소만 응답'),
    silent: word('bad', 'no answer', '응답 없음'),
    'host-unreachable': word('bad', 'router reports it unreachable', '라우터가 호스트 도달 불가 통보'),
    'network-unreachable': word('bad', 'router has no route', '라우터에 경로 없음'),
    prohibited: word('bad', 'forbidden on the way', '중간에서 금지'),
    expired: word('bad', 'TTL runs out on the way', '중간에서 TTL 만료'),
    blocked: BLOCKED,
    unavailable: NOT_SEEN,
  },
  connect: {
    'not-asked': NOT_ASKED,
    open: word('good', 'open', '열림'),
    dropped: word('bad', 'opens, then closes at once', '열린 직후 끊김'),
    partly: word('warn', 'opens now and then', '일부 시도만 열림'),
    'ipv4-broken': word('warn', 'opens over IPv6 only', 'IPv6로만 열림'),
    'ipv6-broken': word('warn', 'opens over IPv4 only', 'IPv4로만 열림'),
    closed: word('bad', 'refuses', '연결 거부'),
    filtered: word('bad', 'no answer', '응답 없음'),
    rejected: word('bad', 'rejected with an ICMP error', 'ICMP 오류로 거부'),
    unreachable: word('bad', 'reported unreachable', '도달 불가 통보'),
    blocked: BLOCKED,
    'no-ports-left': word('bad', 'no local port left', '남은 로컬 포트 없음'),
    'no-route': word('bad', 'no route', '경로 없음'),
    'udp-closed': word('bad', 'refuses (port unreachable)', '거부(포트 도달 불가)'),
    'udp-silent': word('warn', 'no answer', '응답 없음'),
    'flow-dependent': word('warn', 'fails from some source ports', '일부 출발지 포트에서 실패'),
    retried: word('warn', 'opens late, after a retry', '재시도 후 늦게 열림'),
    stalled: word('bad', 'opens, then stalls', '열린 뒤 멈춤'),
    'other-address': word('bad', 'another address answers', '다른 주소가 응답'),
  },
  alive: {
    answers: word('good', 'answer', '응답'),
    silent: word('bad', 'no answer', '응답 없음'),
    partly: word('warn', 'some addresses answer', '일부 주소만 응답'),
    'ipv4-broken': word('warn', 'answer over IPv6 only', 'IPv6로만 응답'),
    'ipv6-broken': word('warn', 'answer over IPv4 only', 'IPv4로만 응답'),
    blocked: BLOCKED,
    unavailable: NOT_SEEN,
  },
  trace: {
    reached: word('good', 'reaches the target', '대상까지 도달'),
    stopped: word('bad', 'stops on the way', '중간에서 끊김'),
    loop: word('bad', 'goes round in a loop', '라우팅 루프'),
    'host-unreachable': word('bad', 'router reports it unreachable', '라우터가 호스트 도달 불가 통보'),
    'network-unreachable': word('bad', 'router has no route', '라우터에 경로 없음'),
    prohibited: word('bad', 'forbidden on the way', '중간에서 금지'),
    rejected: word('bad', 'rejected by the target', '대상이 거부'),
    silent: word('bad', 'no hop answers', '응답하는 홉 없음'),
    'on-link': word('good', 'no router in between', '중간 라우터 없음'),
    unavailable: NOT_SEEN,
  },
  hops: {
    located: word('bad', 'begins at a hop', '시작 홉 확인'),
    between: word('bad', 'begins between two hops', '두 홉 사이에서 시작'),
    unlocated: word('none', 'place not found', '위치 확인 불가'),
    unavailable: NOT_SEEN,
  },
  'port-trace': {
    'on-path': word('bad', 'dropped on the way', '중간에서 폐기'),
    'at-target': word('bad', 'dropped at the target', '대상에서 폐기'),
    rejected: word('bad', 'rejected on the way', '중간에서 거부'),
    'answered-for': word('warn', 'something on the way answers', '중간 장비가 대신 응답'),
    'from-host': word('bad', 'the host itself answers', '호스트가 직접 응답'),
    loop: word('bad', 'goes round in a loop', '라우팅 루프'),
    'port-answers': word('good', 'answers after all', '이번에는 응답'),
    'passed-on': word('warn', 'passed on by the target', '대상이 다른 곳으로 전달'),
    'not-located': word('none', 'place not found', '위치 확인 불가'),
    unavailable: NOT_SEEN,
  },
  late: {
    nothing: word('bad', 'nothing comes', '응답 없음'),
    answers: word('warn', 'answers late', '늦게 응답'),
    'host-unreachable': word('bad', 'router reports it unreachable', '라우터가 호스트 도달 불가 통보'),
    'network-unreachable': word('bad', 'router has no route', '라우터에 경로 없음'),
    prohibited: word('bad', 'forbidden on the way', '중간에서 금지'),
    unavailable: NOT_SEEN,
  },
  mtu: {
    ok: word('good', 'pass', '통과'),
    reduced: word('good', 'pass, at a smaller size', '작은 크기로 통과'),
    blackhole: word('bad', 'vanish', '폐기됨'),
    unreached: word('none', 'host did not answer', '호스트 응답 없음'),
    unavailable: NOT_SEEN,
  },
  witness: {
    dropped: word('bad', 'arrived, dropped there', '도착 후 폐기'),
    'reverse-path': word('bad', 'dropped by reverse-path filter', '역경로 필터가 폐기'),
    'conntrack-full': word('bad', 'dropped, conntrack is full', '연결 추적 테이블 가득 참'),
    'no-way-back': word('bad', 'arrived, no route back', '도착, 회신 경로 없음'),
    'answer-lost': word('bad', 'answer lost on the way back', '응답이 돌아오다 유실'),
    'never-arrived': word('bad', 'never arrived', '도착하지 않음'),
    arrived: word('warn', 'arrived', '도착함'),
    passed: word('good', 'arrived and answered', '도착 후 응답'),
    unseen: NOT_SEEN,
  },
  sockets: LISTENERS,
  bound: LISTENERS,
  tls: {
    'not-asked': NOT_ASKED,
    ok: word('good', 'works', '정상'),
    failed: word('bad', 'handshake fails', '핸드셰이크 실패'),
    unacknowledged: word('bad', 'data is not acknowledged', '데이터 확인 응답 없음'),
    silent: word('bad', 'no answer', '응답 없음'),
    stalled: word('bad', 'handshake stalls', '핸드셰이크 멈춤'),
    ...CERTIFICATE,
    unavailable: NOT_SEEN,
  },
  http: {
    'not-asked': NOT_ASKED,
    ok: word('good', 'works', '정상'),
    slow: word('warn', 'answers slowly', '응답이 느림'),
    'client-error': word('warn', 'answers with a client error', '클라이언트 오류로 응답'),
    'server-error': word('bad', 'answers with a server error', '서버 오류로 응답'),
    'redirect-loop': word('bad', 'redirects to itself', '자기 자신으로 리디렉션'),
    failed: word('bad', 'request fails', '요청 실패'),
    unacknowledged: word('bad', 'data is not acknowledged', '데이터 확인 응답 없음'),
    silent: word('bad', 'no answer', '응답 없음'),
    dropped: word('bad', 'connection closes', '연결 끊김'),
    unavailable: NOT_SEEN,
  },
  service: {
    'not-asked': NOT_ASKED,
    ok: word('good', 'works', '정상'),
    slow: word('warn', 'answers slowly', '응답이 느림'),
    'handshake-failed': word('bad', 'TLS handshake fails', 'TLS 핸드셰이크 실패'),
    'handshake-stalled': word('bad', 'TLS handshake stalls', 'TLS 핸드셰이크 멈춤'),
    ...CERTIFICATE,
    error: word('bad', 'answers with an error', '오류로 응답'),
    unacknowledged: word('bad', 'data is not acknowledged', '데이터 확인 응답 없음'),
    silent: word('bad', 'no answer', '응답 없음'),
    dropped: word('bad', 'connection closes', '연결 끊김'),
    unavailable: NOT_SEEN,
  },
  proxy: {
    none: word('none', 'none configured', '설정 없음'),
    passes: word('good', 'lets it through', '통과'),
    fails: word('warn', 'does not let it through', '통과시키지 않음'),
    unmeasured: NOT_SEEN,
  },
};

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
  witness: { en: 'kernel of the target', ko: '대상의 커널' },
  sockets: { en: 'sockets on the target', ko: '대상의 소켓' },
  tls: { en: 'TLS', ko: 'TLS' },
  http: { en: 'HTTP', ko: 'HTTP' },
  service: { en: 'service', ko: '서비스' },
  proxy: { en: 'proxy', ko: '프록시' },
  bound: { en: 'sockets here', ko: '이 컴퓨터의 소켓' },
};

/** What a probe is called while it runs, and what it is about to do. */
export type ProbeWords = { readonly name: string; readonly does: string };

export const PROBE_WORDS: Readonly<Record<Language, Readonly<Record<ProbeName, ProbeWords>>>> = {
  en: {
    resolve: {
      name: 'look-up',
      does: 'Asks every configured resolver for the addresses of the name, and reads the hosts file.',
    },
    lookup: {
      name: 'time of the look-up',
      does: 'Times the look-up of the name as programs make it (getaddrinfo, all families).',
    },
    route: {
      name: 'route',
      does: "Reads this machine's own interfaces and routes: by which of them a packet would leave. Sends nothing.",
    },
    neighbour: {
      name: 'next hop',
      does: 'Looks whether the next hop answers on the link (ARP, or neighbour discovery for IPv6).',
    },
    ping: {
      name: 'echoes',
      does: 'Sends echo requests, as ping does, and takes the time of each reply.',
    },
    connect: {
      name: 'connection',
      does: 'Opens a connection to the port (or sends it a datagram), and ends it again at once.',
    },
    alive: {
      name: 'other ports',
      does: 'Tries a few well-known ports: a refusal proves a host alive as well as a welcome.',
    },
    trace: {
      name: 'path',
      does: 'Sends packets that expire on the way, one hop further each time, so that the routers name themselves.',
    },
    'port-trace': {
      name: 'path to the port',
      does: 'The same with packets for the port itself: how far do those come?',
    },
    late: {
      name: 'one ping, waiting 3 s',
      does: 'Gives one echo three seconds: as long as a router looks for a host.',
    },
    hops: {
      name: 'echoes to the hops',
      does: 'Sends echoes to every router of the path at the same time, to see where loss and delay begin.',
    },
    mtu: {
      name: 'packet sizes',
      does: 'Sends echoes as large as the interface takes that must not be fragmented.',
    },
    sockets: { name: 'sockets', does: 'Reads which sockets listen on the target. Sends nothing to it.' },
    tls: {
      name: 'TLS',
      does: 'Shakes hands with the port as a client would, and reads the certificates that come back.',
    },
    http: {
      name: 'HTTP',
      does: 'Asks for the page once (GET), and reads the head of the answer. Follows a redirect only within the host.',
    },
    proxy: {
      name: 'proxy',
      does: 'Asks once by way of the proxy that the environment names, if it names one.',
    },
    service: {
      name: 'service',
      does: 'Speaks to the service as its clients do: TLS for https://, then one request for the page.',
    },
    witness: {
      name: 'witness',
      does: 'Watches the kernel of the machine that was named while a few more probes are sent. Changes nothing there.',
    },
    bound: { name: 'sockets', does: 'Reads from where the sockets of the port can be reached. Sends nothing.' },
  },
  ko: {
    resolve: {
      name: '이름 조회',
      does: '설정된 모든 리졸버에 주소를 묻고 hosts 파일을 읽습니다.',
    },
    lookup: {
      name: '이름 조회 시간',
      does: '프로그램이 하는 방식(getaddrinfo, 모든 주소 체계)으로 이름을 조회하는 데 걸리는 시간을 잽니다.',
    },
    route: {
      name: '라우팅',
      does: '이 컴퓨터의 인터페이스와 경로를 읽어 패킷이 어디로 나가는지 봅니다. 아무것도 보내지 않습니다.',
    },
    neighbour: {
      name: '다음 홉',
      does: '다음 홉이 같은 링크에서 응답하는지 봅니다(ARP, IPv6에서는 이웃 탐색).',
    },
    ping: { name: '에코', does: 'ping처럼 에코 요청을 보내고 응답마다 시간을 잽니다.' },
    connect: { name: '연결', does: '포트에 연결을 열고(UDP라면 데이터그램을 보내고) 곧바로 닫습니다.' },
    alive: {
      name: '다른 포트',
      does: '잘 알려진 포트 몇 개를 시도합니다. 거부도 응답이므로 호스트가 살아 있다는 증거입니다.',
    },
    trace: {
      name: '경로',
      does: '한 홉씩 더 멀리서 만료되는 패킷을 보내 라우터가 스스로를 알리게 합니다.',
    },
    'port-trace': {
      name: '포트까지의 경로',
      does: '같은 일을 그 포트로 가는 패킷으로 합니다. 어디까지 도달합니까?',
    },
    late: {
      name: '3초 대기 에코',
      does: '에코 하나를 3초 동안 기다립니다. 라우터가 호스트를 찾는 데 걸리는 시간입니다.',
    },
    hops: {
      name: '홉별 에코',
      does: '경로의 모든 라우터에 동시에 에코를 보내 손실과 지연이 시작되는 곳을 찾습니다.',
    },
    mtu: { name: '패킷 크기', does: '인터페이스가 허용하는 가장 큰 에코를 단편화 금지로 보냅니다.' },
    sockets: {
      name: '소켓',
      does: '대상에서 어떤 소켓이 대기하는지 읽습니다. 대상에 아무것도 보내지 않습니다.',
    },
    tls: {
      name: 'TLS',
      does: '클라이언트처럼 포트와 핸드셰이크를 하고, 돌아온 인증서를 읽습니다.',
    },
    http: {
      name: 'HTTP',
      does: '페이지를 한 번 요청하고(GET) 응답의 머리글만 읽습니다. 리디렉션은 따라가지 않습니다.',
    },
    proxy: { name: '프록시', does: '환경 변수에 프록시가 있으면 그 프록시를 거쳐 한 번 요청합니다.' },
    service: {
      name: '서비스',
      does: '클라이언트처럼 서비스와 대화합니다. https://라면 TLS 핸드셰이크를 하고, 페이지를 한 번 요청합니다.',
    },
    witness: {
      name: '커널 확인',
      does: '지정한 장비의 커널을 지켜보면서 패킷을 몇 개 더 보냅니다. 그 장비에서 아무것도 바꾸지 않습니다.',
    },
    bound: {
      name: '소켓',
      does: '포트의 소켓이 어디에서 접속을 받는지 읽습니다. 아무것도 보내지 않습니다.',
    },
  },
};

/** How an outcome of a reading is told; null for one that no reading has, as a file may name any. */
export function outcomeWord(probe: ProbeName, outcome: string): OutcomeWord | null {
  const words: Readonly<Record<string, OutcomeWord>> = OUTCOME_WORDS[probe];
  return Object.hasOwn(words, outcome) ? (words[outcome] ?? null) : null;
}

/** An outcome in plain words; as it is where there are none: a person's choice, or a report of another version. */
export function outcomeText(probe: ProbeName | null | undefined, outcome: string, lang: Language): string {
  return (probe == null ? null : outcomeWord(probe, outcome))?.[lang] ?? outcome;
}
