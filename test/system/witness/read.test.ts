import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WatchRequest } from '../../../src/domain/witness.ts';
import { readTestimony } from '../../../src/system/witness/read.ts';
import { witnessScript } from '../../../src/system/witness/script.ts';

const TCP: WatchRequest = { watched: { protocol: 'tcp', port: 8080 }, family: 4, source: '10.9.0.1' };

const NET = (reversePath: number) =>
  `Ip: Forwarding OutNoRoutes\nIp: 1 4\nTcpExt: SyncookiesSent IPReversePathFilter\nTcpExt: 0 ${reversePath}\n`;

type Look = {
  readonly nft?: string;
  readonly iptables?: string;
  readonly reversePath?: number;
  readonly conntrack?: string;
};

/** What the script writes: three looks, and a capture in the last window. */
function output(looks: readonly [Look, Look, Look], capture = '', right = 'root yes'): string {
  const look = ({ nft, iptables, reversePath = 0, conntrack = 'count \nmax \n' }: Look, at: number) =>
    [
      `\n== net${at}\n${NET(reversePath)}`,
      `\n== conntrack${at}\n${conntrack}`,
      nft === undefined ? '' : `\n== nft${at}\n${nft}`,
      iptables === undefined ? '' : `\n== iptables${at}\n${iptables}`,
    ].join('');
  const [before, between, after] = looks;
  return `\n== right\n${right}\n${look(before, 0)}${look(between, 1)}\n== tcpdump\n${capture}${look(after, 2)}\n== end\n`;
}

const CHAIN = (rules: string, rc = '-- rc 0') => `table inet site { # handle 1
\tchain guard { # handle 1
\t\ttype filter hook input priority filter; policy accept;
\t\tct state established accept # handle 3
${rules}
\t}
}
${rc}
`;

const seen = (count: (at: number) => string, rc?: string) => {
  const [before, between, after] = [0, 1, 2].map((at) => ({ nft: CHAIN(count(at), rc) }));
  return readTestimony(output([before ?? {}, between ?? {}, after ?? {}]), TCP);
};

test('a rule that counts just before it drops is told with what it counted in each window', () => {
  const testimony = seen(
    (at) =>
      `\t\ttcp dport 8080 counter packets ${at === 2 ? 9 : 2} bytes 80 drop comment "no \u001b[2Jweb" # handle 14`,
  );
  expect(testimony?.rules).toEqual([
    {
      tool: 'nft',
      family: 'inet',
      table: 'site',
      chain: 'guard',
      handle: 14,
      after: 3,
      text: 'tcp dport 8080 counter drop',
      verdict: 'drop',
      manager: null,
      packets: { background: 0, moved: 7 },
    },
  ]);
});

test.each([
  ['the counter stands before what decides', 'counter packets 7 bytes 80 tcp dport 8080 drop', 'counted by none'],
  ['there is none', 'tcp dport 8080 drop', 'counted by none'],
  [
    'a word of the log looks like one',
    'tcp dport 8080 log prefix "counter packets 1 bytes 1 drop" drop',
    'counted by none',
  ],
  ['it is for another port', 'tcp dport 8081 counter packets 7 bytes 80 drop', 'left out'],
  ['its ports are others', 'tcp dport { 80, 443, 9000-9100 } counter packets 7 bytes 80 drop', 'left out'],
  ['its range holds the port', 'tcp dport 8000-8100 counter packets 7 bytes 80 drop', 'counted'],
  ['it is for another protocol', 'udp dport 8080 counter packets 7 bytes 80 drop', 'left out'],
  ['it lets in', 'tcp dport 8080 counter packets 7 bytes 80 accept', 'left out'],
  ['it rejects and logs', 'counter packets 7 bytes 80 log prefix "a b" reject with tcp reset', 'counted'],
])('a rule of nft: %s', (_, rule, expected) => {
  const [found] = seen(() => `\t\t${rule} # handle 5`)?.rules ?? [];
  const told = found === undefined ? 'left out' : found.packets === null ? 'counted by none' : 'counted';
  expect(told).toBe(expected);
});

test('a list of rules that was cut, or whose program was ended, is none', () => {
  expect(seen(() => '\t\ttcp dport 8080 drop # handle 5', '-- rc 124')?.rules).toBeNull();
  expect(seen(() => '\t\ttcp dport 8080 drop # handle 5', '')?.rules).toBeNull();
});

test('what iptables writes into tables of nftables is told once, by its number in the chain', () => {
  const nft = `table ip filter { # handle 1
\tchain INPUT { # handle 1
\t\ttype filter hook input priority filter; policy drop;
\t\tip saddr 10.0.0.0/8 tcp dport 22 counter packets 1 bytes 1 accept # handle 2
\t\ttcp dport 8080 counter packets 7 bytes 1 drop # handle 3
\t}
}
-- rc 0`;
  const iptables = (count: number) => `*filter
:INPUT DROP [5:300]
[1:1] -A INPUT -s 10.0.0.0/8 -p tcp -m tcp --dport 22 -j ACCEPT
[${count}:1] -A INPUT -p tcp -m tcp --dport 8080 -j DROP
COMMIT
-- rc 0`;
  const looks = [2, 2, 7].map((count) => ({ nft, iptables: iptables(count) }));
  const [before = {}, between = {}, after = {}] = looks;
  const rules = readTestimony(output([before, between, after]), TCP)?.rules;
  expect(rules?.map(({ tool, chain, handle, packets }) => ({ tool, chain, handle, packets }))).toEqual([
    { tool: 'iptables', chain: 'INPUT', handle: 2, packets: { background: 0, moved: 5 } },
    { tool: 'iptables', chain: 'INPUT', handle: null, packets: { background: 0, moved: 0 } },
  ]);
});

test('a capture tells our probes from those of others, each once, and which were answered', () => {
  const capture = `tcpdump: data link type LINUX_SLL2
listening on any, link-type LINUX_SLL2 (Linux cooked v2), snapshot length 128 bytes
20:00:01.1 eth0 In  IP 10.9.0.1.40001 > 10.9.2.1.8080: Flags [S], seq 1, win 64240, length 0
20:00:01.1 br0 In  IP 10.9.0.1.40001 > 10.9.2.1.8080: Flags [S], seq 1, win 64240, length 0
20:00:01.1 eth0 Out IP 10.9.2.1.8080 > 10.9.0.1.40001: Flags [S.], seq 1, ack 2, length 0
20:00:01.2 eth0 In  IP 10.9.0.1.40002 > 10.9.2.1.8080: Flags [S], seq 1, win 64240, length 0
20:00:01.2 eth0 In  IP 10.9.0.7.40001 > 10.9.2.1.8080: Flags [SEW], seq 1, win 64240, length 0
20:00:01.2 eth0 Out IP 10.9.2.1.8080 > 10.9.0.9.40009: Flags [R.], seq 1, win 64240, length 0

6 packets captured
6 packets received by filter
0 packets dropped by kernel
`;
  expect(readTestimony(output([{}, {}, {}], capture), TCP)?.arrivals).toEqual({
    by: 'tcpdump',
    arrived: 2,
    answered: 1,
    others: 1,
    isWhole: true,
  });
});

test('counters and a full connection table are told by window', () => {
  const conntrack = (drops: string) =>
    `count 100\nmax 100\nentries  drop early_drop\n00000064  ${drops} 00000000\n00000064  00000001 00000000\n`;
  const looks = [
    { reversePath: 4, conntrack: conntrack('00000000') },
    { reversePath: 5, conntrack: conntrack('00000000') },
    { reversePath: 12, conntrack: conntrack('0000000a') },
  ] as const;
  expect(readTestimony(output(looks), TCP)).toMatchObject({
    reversePath: { background: 1, moved: 7 },
    noRoute: { background: 0, moved: 0 },
    conntrack: { count: 100, max: 100, drops: { background: 0, moved: 10 } },
  });
});

test('without root it is said what could not be looked at', () => {
  expect(readTestimony(output([{}, {}, {}], '', 'none yes'), TCP)).toMatchObject({
    right: 'none',
    arrivals: null,
    rules: null,
    missing: expect.stringContaining('neither root nor sudo'),
  });
});

test('whatever a far side writes, it is read or it is none', () => {
  const whole = output(
    [{ nft: CHAIN('\t\tdrop # handle 4') }, { nft: '-- same' }, { nft: '-- same' }],
    'listening on any\n',
  );
  fc.assert(
    fc.property(fc.nat(whole.length), fc.nat(whole.length), fc.string(), (from, to, noise) => {
      readTestimony(whole.slice(0, from) + noise + whole.slice(to), TCP);
    }),
  );
});

test('a list as long as is read at all is read at once', () => {
  const rules = Array.from({ length: 7000 }, (_, at) => `\t\tip saddr 10.0.0.${at} tcp dport 8080 drop # handle ${at}`);
  const startedMs = performance.now();
  expect(seen(() => rules.join('\n'))?.rules?.length).toBeLessThanOrEqual(40);
  expect(performance.now() - startedMs).toBeLessThan(5000);
});

test.each([
  TCP,
  { ...TCP, family: 6, watched: { protocol: 'udp', port: 53 } },
  { ...TCP, watched: { protocol: 'icmp' } },
] as const)('the script is one that a shell understands: $watched.protocol', (request) => {
  execFileSync('/bin/sh', ['-n'], { input: witnessScript(request) });
});
