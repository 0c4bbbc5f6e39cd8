import type { Report } from '../../src/evidence/report/report.ts';

const STARTED = '2026-11-22T12:00:00.000Z';

const timed = (durationMs: number, equivalent: string) => ({ startedAt: STARTED, durationMs, equivalent });

const rtt = (median: number) => ({ min: median, median, avg: median, max: median * 2, stddev: 0.01 });

const resolve = {
  ...timed(4, 'getent ahosts db.internal'),
  host: 'db.internal',
  status: 'ok',
  addresses: ['10.9.3.2'],
  source: 'dns',
  servers: [{ address: '10.9.0.53', rcode: 'NOERROR', ms: 3.1, addresses: ['10.9.3.2'], sent: 2, error: null }],
  hostsFile: [],
} as const;

const route = {
  ...timed(1, 'ip route get 10.9.3.2'),
  to: '10.9.3.2',
  status: 'ok',
  error: null,
  interface: 'eth0',
  source: '10.9.0.2',
  gateway: '10.9.0.1',
  onLink: false,
  neighbour: 'reachable',
  mtu: 1500,
  usableFamilies: [4],
} as const;

const hop = (ttl: number, address: string | null, ms: number) => ({
  ttl,
  addresses: address === null ? [] : [address],
  sent: 2,
  received: address === null ? 0 : 2,
  rttMs: address === null ? null : rtt(ms),
  error: null,
});

/** Everything answers. */
export const HEALTHY: Report = {
  schema: 'netwhy.report/v1',
  version: '0.1.0',
  startedAt: STARTED,
  durationMs: 412,
  flow: 'reachability',
  from: 'local',
  target: { input: 'db.internal:5432', scheme: 'tcp', host: 'db.internal', address: '10.9.3.2', family: 4, port: 5432 },
  verdict: 'healthy',
  diagnosis: {
    code: 'port-open',
    confidence: 'certain',
    title: 'TCP port 5432 on db.internal accepts connections',
    summary: '10.9.3.2 accepted a TCP connection to port 5432 after 0.4 ms.',
    explanation: 'A connection was set up and closed again. The name, the path and the port are all in order.',
    owner: 'nobody',
    where: null,
    alternatives: [],
    nextSteps: [],
  },
  findings: [
    { code: 'port-open', severity: 'info', summary: '10.9.3.2 accepted a TCP connection to port 5432.', where: null },
    { code: 'multipath', severity: 'info', summary: 'Hop 2 answers from 2 addresses.', where: null },
  ],
  ruledOut: [
    { code: 'name-not-found', because: 'The name has an address.' },
    { code: 'gateway-unreachable', because: 'The gateway answers.' },
    { code: 'port-closed', because: 'The port accepts connections.' },
  ],
  notChecked: [],
  steps: [
    {
      id: 'name',
      question: 'Does the name resolve?',
      probe: 'resolve',
      answer: 'yes',
      outcome: 'ok',
      next: 'way',
      durationMs: 4,
    },
    {
      id: 'port',
      question: 'Does the port answer?',
      probe: 'connect',
      answer: 'yes',
      outcome: 'open',
      next: null,
      durationMs: 0.4,
    },
  ],
  evidence: {
    resolve,
    route,
    ping: {
      ...timed(210, 'ping -c 3 -i 0.1 10.9.3.2'),
      method: 'raw',
      unavailable: null,
      address: '10.9.3.2',
      sent: 3,
      received: 3,
      lossPercent: 0,
      lossInterval: { low: 0, high: 56.1 },
      duplicates: 0,
      rttMs: rtt(0.12),
      jitterMs: 0.01,
      replyTtl: 61,
      errors: [],
      localError: null,
      lost: [],
      others: [],
    },
    connect: {
      ...timed(1, 'nc -vz -w 2 10.9.3.2 5432'),
      attempts: [
        {
          address: '10.9.3.2',
          port: 5432,
          protocol: 'tcp',
          state: 'open',
          ms: 0.4,
          error: null,
          icmp: null,
          dropped: null,
        },
      ],
      icmpSeen: true,
      sideError: null,
    },
  },
};

/** Nothing answers past the second hop. */
export const BLACKHOLE: Report = {
  ...HEALTHY,
  durationMs: 3120,
  verdict: 'fault',
  diagnosis: {
    code: 'path-blackhole',
    confidence: 'likely',
    title: 'Nothing past 10.9.2.1 answers on the way to db.internal',
    summary: 'No echo of 3 and no port of 10.9.3.2 answered; the last hop that did is number 2, 10.9.2.1.',
    explanation:
      'Routers name themselves when the TTL of a packet runs out. Those up to 10.9.2.1 did, and nothing behind it did, ' +
      'neither a router nor the host. The cause sits at that router or one further.',
    owner: 'unknown',
    where: { hop: 2, address: '10.9.2.1' },
    alternatives: [
      { code: 'host-unreachable', why: 'The host may be down. Look at its console, or ask a machine beside it.' },
      { code: 'admin-prohibited', why: 'A firewall may drop everything without a word. Trace to the port with TCP.' },
    ],
    nextSteps: [
      {
        title: 'Trace from the other side: the way back may be the one that is missing',
        platform: 'any',
        command: null,
        check: 'netwhy trace 10.9.0.2',
        risk: 'none',
        undo: null,
        at: 'target',
      },
      {
        title: 'On the router, look for the route to the target',
        platform: 'linux',
        command: 'sudo ip route add 10.9.3.0/24 via 10.9.2.2',
        check: 'ip route get 10.9.3.2\nip neigh show',
        risk: 'reversible',
        undo: 'sudo ip route del 10.9.3.0/24 via 10.9.2.2',
        at: 'target',
      },
    ],
  },
  findings: [
    {
      code: 'path-blackhole',
      severity: 'fault',
      summary: 'No echo of 3 and no port of 10.9.3.2 answered.',
      where: { hop: 2, address: '10.9.2.1' },
    },
  ],
  ruledOut: [
    { code: 'name-not-found', because: 'The name has an address.' },
    { code: 'gateway-unreachable', because: 'The gateway 10.9.0.1 answers.' },
    { code: 'routing-loop', because: 'No router answered twice.' },
  ],
  notChecked: [
    { code: 'port-filtered', reason: 'not-answered' },
    { code: 'not-listening', reason: 'no-vantage' },
    { code: 'accept-queue-full', reason: 'no-vantage' },
  ],
  steps: [
    {
      id: 'name',
      question: 'Does the name resolve?',
      probe: 'resolve',
      answer: 'yes',
      outcome: 'ok',
      next: 'way',
      durationMs: 4,
    },
    {
      id: 'reachable',
      question: 'Is the host reachable?',
      probe: 'ping',
      answer: 'no',
      outcome: 'silent',
      next: 'path',
      durationMs: 1010,
    },
    {
      id: 'path',
      question: 'Is the path broken?',
      probe: 'trace',
      answer: 'yes',
      outcome: 'stopped',
      next: null,
      durationMs: 1020,
    },
  ],
  evidence: {
    resolve,
    route,
    ping: {
      ...timed(1010, 'ping -c 3 -i 0.1 -W 1 10.9.3.2'),
      method: 'kernel',
      unavailable: null,
      address: '10.9.3.2',
      sent: 3,
      received: 0,
      lossPercent: 100,
      lossInterval: { low: 43.8, high: 100 },
      duplicates: 0,
      rttMs: null,
      jitterMs: null,
      replyTtl: null,
      errors: [],
      localError: null,
      lost: [0, 1, 2],
      others: [],
      late: { waitedMs: 3200, rttMs: null, error: null },
    },
    connect: {
      ...timed(1005, 'nc -vz -w 1 10.9.3.2 5432'),
      attempts: [5432, 22, 443].map((port) => ({
        address: '10.9.3.2',
        port,
        protocol: 'tcp' as const,
        state: 'filtered' as const,
        ms: 1000,
        error: 'ETIMEDOUT',
        icmp: null,
        dropped: null,
      })),
      icmpSeen: true,
      sideError: null,
    },
    trace: {
      ...timed(1020, 'traceroute -n -I -q 2 -w 1 10.9.3.2'),
      method: 'kernel',
      unavailable: null,
      address: '10.9.3.2',
      protocol: 'icmp',
      outcome: 'stopped',
      hops: [hop(1, '10.9.0.1', 0.1), hop(2, '10.9.2.1', 0.34), hop(3, null, 0), hop(4, null, 0), hop(5, null, 0)],
      loop: [],
    },
  },
};

/** The deadline came before anything was known; IPv6, nothing permitted. */
export const INCONCLUSIVE: Report = {
  ...HEALTHY,
  durationMs: 15_004,
  target: {
    input: 'udp://[2001:db8:40::7]:161',
    scheme: 'udp',
    host: '2001:db8:40::7',
    address: '2001:db8:40::7',
    family: 6,
    port: 161,
  },
  verdict: 'inconclusive',
  diagnosis: {
    code: 'udp-open-or-filtered',
    confidence: 'possible',
    title: 'UDP port 161 gave no answer, and that fits two causes',
    summary: 'A datagram to port 161 of 2001:db8:40::7 got no answer within 2 s.',
    explanation:
      'A UDP service answers only what it understands, so silence is what an open port and a filtered one have in common.',
    owner: 'unknown',
    where: null,
    alternatives: [{ code: 'port-filtered', why: 'A firewall may drop it. Ask the service in its own protocol.' }],
    nextSteps: [
      {
        title: 'Ask the service itself',
        platform: 'any',
        command: null,
        check: "snmpget -v2c -c '<community>' 'udp6:[2001:db8:40::7]:161' 1.3.6.1.2.1.1.1.0",
        risk: 'none',
        undo: null,
        at: 'target',
      },
    ],
  },
  findings: [{ code: 'udp-open-or-filtered', severity: 'warning', summary: 'A datagram got no answer.', where: null }],
  ruledOut: [],
  notChecked: [
    { code: 'icmp-filtered', reason: 'not-permitted' },
    { code: 'path-blackhole', reason: 'deadline' },
  ],
  steps: [],
  evidence: {
    ping: {
      ...timed(0, 'ping -6 -c 3 2001:db8:40::7'),
      method: null,
      unavailable: { reason: 'not-permitted', obstacles: [{ code: 'no-raw-socket' }] },
      address: '2001:db8:40::7',
      sent: 0,
      received: 0,
      lossPercent: null,
      lossInterval: null,
      duplicates: 0,
      rttMs: null,
      jitterMs: null,
      replyTtl: null,
      errors: [],
      localError: null,
      lost: [],
      others: [],
    },
  },
};

/** Bound to loopback on this machine, in Korean. */
export const LOOPBACK_KO: Report = {
  ...HEALTHY,
  durationMs: 35,
  verdict: 'fault',
  diagnosis: {
    code: 'listening-on-loopback',
    confidence: 'certain',
    title: '포트 5432는 그 컴퓨터 자신에게만 열려 있습니다',
    summary: 'postgres (pid 811)가 127.0.0.1에서만 대기하므로 10.9.3.2의 포트 5432는 연결을 거부합니다.',
    explanation:
      '루프백 주소에 바인딩된 소켓은 같은 컴퓨터에서 온 연결만 받습니다. 다른 곳에서 온 연결에는 커널이 아무도 대기하지 않을 때와 똑같이 RST로 응답합니다.',
    owner: 'target',
    where: { hop: 0, address: '10.9.3.2' },
    alternatives: [],
    nextSteps: [
      {
        title: '대기 주소를 확인하고 서비스 설정에서 변경',
        platform: 'linux',
        command: null,
        check: "ss -ltnp 'sport = :5432'",
        risk: 'none',
        undo: null,
        at: 'target',
      },
    ],
  },
  findings: [{ code: 'listening-on-loopback', severity: 'fault', summary: '127.0.0.1에서만 대기합니다.', where: null }],
  ruledOut: [{ code: 'not-listening', because: '포트에 대기하는 프로그램이 있습니다.' }],
  notChecked: [{ code: 'port-filtered', reason: 'not-answered' }],
  steps: [
    {
      id: 'listeners',
      question: '대상에서 무엇이 대기하고 있습니까?',
      probe: 'sockets',
      answer: 'unknown',
      outcome: 'loopback-only',
      next: null,
      durationMs: 6,
    },
  ],
  evidence: {
    route: { ...route, status: 'local', gateway: null, neighbour: null },
    sockets: {
      ...timed(6, "ss -ltnp 'sport = :5432'"),
      host: 'local',
      listening: [
        {
          protocol: 'tcp',
          family: 4,
          address: '127.0.0.1',
          port: 5432,
          v6Only: null,
          process: 'postgres',
          pid: 811,
          acceptQueue: 0,
          backlog: 200,
        },
      ],
      ownsTarget: true,
      gaps: [],
    },
  },
};
