import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listenersOf } from '../../../src/system/sockets/listeners.ts';
import { interfacesThere, ownAddresses } from '../../../src/system/vantage/addresses.ts';
import { readVantageSockets as readRows } from '../../../src/system/vantage/sockets-read.ts';
import { socketsScript } from '../../../src/system/vantage/sockets-script.ts';

function readVantageSockets(output: string, where: string) {
  const listing = readRows(output, where);
  return 'unavailable' in listing ? listing : listenersOf(listing);
}

const SS = `
== system
Linux x86_64

== addresses
           |-- 10.0.0.5
              /32 host LOCAL

== inet6
20010db8000000000000000000000005 02 40 00 80     eth0

== ss
udp   UNCONN 0      0      127.0.0.53%lo:53        0.0.0.0:*    users:(("systemd-resolve",pid=612,fd=12)) ino:1 sk:1 <->
tcp   LISTEN 3      128          0.0.0.0:5432      0.0.0.0:*    users:(("my (odd) \\"name\\"",pid=812,fd=5),("x",pid=913,fd=1)) ino:2 sk:2 <->
tcp   LISTEN 0      511                *:80              *:*    ino:3 sk:3 v6only:0 <->
tcp   LISTEN 0      128             [::]:22           [::]:*    ino:4 sk:4 v6only:1 <->
tcp   LISTEN 0      50  [::ffff:10.0.0.5]:9200           *:*    ino:5 sk:5 v6only:0 <->
tcp   LISTEN 0      5     [fe80::1]%eth0:8000         [::]:*    ino:6 sk:6 v6only:1 <->
tcp   ESTAB  0      0          10.0.0.5:22    10.0.0.9:50000    ino:7

== whole

== end
`;

test('the rows of ss are read in full', () => {
  const table = readVantageSockets(SS, 'ssh://x');
  expect(table).toMatchObject({ gaps: [{ code: 'owners-hidden-there', count: 4 }] });
  const rows = 'listening' in table ? table.listening : [];
  expect(
    rows.map(({ protocol, family, address, port, v6Only, process, pid, acceptQueue, backlog }) =>
      [protocol, family, address, port, v6Only, process, pid, acceptQueue, backlog].join(' '),
    ),
  ).toEqual([
    'udp 4 127.0.0.53 53  systemd-resolve 612  ',
    'tcp 4 0.0.0.0 5432  my (odd) \\"name\\" 812 3 128',
    'tcp 6 :: 80 false   0 511',
    'tcp 6 :: 22 true   0 128',
    'tcp 4 10.0.0.5 9200    0 50',
    'tcp 6 fe80::1%eth0 8000    0 5',
  ]);
});

test('the machine owns what it lists and loopback, and nothing else', () => {
  const owns = ownAddresses(SS);
  expect(['10.0.0.5', '2001:db8::5', '127.0.0.9', '::1'].map(owns)).toEqual([true, true, true, true]);
  expect(['10.0.0.6', '2001:db8::6'].map(owns)).toEqual([false, false]);
  expect(ownAddresses('== end\n')('10.0.0.5')).toBeNull();
});

test.each([
  ['ip -o address show', '2: eth0    inet 10.0.0.5/24 brd 10.0.0.255 scope global eth0'],
  ['ifconfig', 'eth0: flags=4163<UP>\n        inet 10.0.0.5  netmask 255.255.255.0'],
  ['an old ifconfig', 'eth0  Link encap:Ethernet\n      inet addr:10.0.0.5  Bcast:10.0.0.255'],
])('addresses are read from %s as well', (_, text) => {
  const owns = ownAddresses(`== addresses\n${text}\n== end\n`);
  expect([owns('10.0.0.5'), owns('10.0.0.255')]).toEqual([true, false]);
});

const PROC = `
== system
Linux s390x

== ss

== tcp
   0: 0A000005:1538 00000000:0000 0A 00000000:00000002 00:00000000 00000000     0        0 77 1 0000 100 0 0 10 0

== fds
/proc/812/fd:
lrwx------ 1 root root 64 Nov 23 00:00 5 -> socket:[77]

== names
/proc/812 postgres

== counters
TcpExt: SyncookiesSent ListenOverflows ListenDrops
TcpExt: 0 7 9

== end
`;

test('without ss the kernel tables are read in the byte order of that machine, with owners and overflows', () => {
  expect(readVantageSockets(PROC, 'ssh://x')).toEqual({
    listening: [
      {
        protocol: 'tcp',
        family: 4,
        address: '10.0.0.5',
        port: 5432,
        v6Only: null,
        process: 'postgres',
        pid: 812,
        acceptQueue: 2,
        backlog: null,
      },
    ],
    gaps: expect.arrayContaining([{ code: 'socket-details-unknown' }]),
    listenOverflows: 7,
  });
});

test.each([
  ['', 'vantage-script-not-run'],
  ['== tcp\n', 'vantage-script-not-run'],
  ['== system\n== end\n', 'vantage-without-sockets'],
])('%j is no table, and says so', (output, code) => {
  expect(readVantageSockets(output, 'ssh://x')).toMatchObject({
    unavailable: { reason: 'not-supported', obstacles: [{ code, place: 'ssh://x' }] },
  });
});

test.each(['listening', 'all'] as const)(
  'the script for %s reads this machine, and nothing of what it writes is an error',
  (wanted) => {
    const output = execFileSync('/bin/sh', ['-c', socketsScript(wanted)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    expect(readVantageSockets(output, 'local')).toHaveProperty('listening');
    expect(ownAddresses(output)('127.0.0.1')).toBe(true);
  },
);

test('the interface of an address is told with what it belongs to', () => {
  const interfacesOf = interfacesThere(`
== links
1: lo    inet 127.0.0.1/8 scope host lo
2: eth0    inet 10.0.0.5/24 brd 10.0.0.255 scope global eth0
3: eth1@if7    inet6 2001:db8::5/64 scope global
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT
3: eth1@if7: <BROADCAST,UP> mtu 1500 qdisc noqueue master red state UP mode DEFAULT
== end
`);
  expect(['10.0.0.5', '2001:db8::5', '10.0.0.255'].map(interfacesOf)).toEqual([['eth0'], ['eth1', 'red'], null]);
  expect(interfacesThere('== end')('10.0.0.5')).toBeNull();
});

test('nothing that a far side can write makes the readers throw', () => {
  const line = fc.oneof(fc.constantFrom(...SS.split('\n'), ...PROC.split('\n')), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
      const output = lines.join('\n');
      readVantageSockets(output, 'ssh://x');
      ownAddresses(output)('10.0.0.5');
      interfacesThere(output)('10.0.0.5');
    }),
    { numRuns: 500 },
  );
});

test('a far side that has neither ss nor /proc is read by its netstat', () => {
  const netstat = `Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)
tcp4       0      0  127.0.0.1.5432         *.*                    LISTEN
tcp4       0      0  *.22                   *.*                    LISTEN
`;
  const table = readVantageSockets(`== system\nDarwin arm64\n== ss\n== netstat\n${netstat}== end\n`, 'ssh://mac');
  expect(table).toMatchObject({
    listening: [
      { protocol: 'tcp', family: 4, address: '127.0.0.1', port: 5432, process: null },
      { protocol: 'tcp', family: 4, address: '0.0.0.0', port: 22 },
    ],
    gaps: [{ code: 'socket-columns-unknown' }],
  });
});
