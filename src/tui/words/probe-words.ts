import type { ProbeName } from '../../domain/outcome.ts';
import type { Language } from '../../domain/verdict.ts';

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
    bound: {
      name: '소켓',
      does: '포트의 소켓이 어디에서 접속을 받는지 읽습니다. 아무것도 보내지 않습니다.',
    },
  },
};
