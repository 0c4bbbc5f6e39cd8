import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSsSockets } from '../../../src/system/sockets/ss-sockets.ts';

const ROWS = `
udp   UNCONN 0      0            0.0.0.0:68        0.0.0.0:*    users:(("dhclient",pid=600,fd=7)) ino:11 sk:1 <->
tcp   LISTEN 1      128        127.0.0.1:5432      0.0.0.0:*    users:(("postgres",pid=812,fd=3),("postgres",pid=700,fd=3)) uid:114 ino:12 sk:2 <->
tcp   LISTEN 0      5                  *:80              *:*    ino:13 sk:3 v6only:0 <->
tcp   ESTAB  0      36        10.90.0.1:22      10.90.0.9:38254 users:(("ss hd",pid=9,fd=4)) ino:14 sk:4 <->
tcp   TIME-WAIT 0   0   [fd90::1]:443     [fd90::9]:50000 ino:0 sk:5
`;

test('every row of ss is read, listeners and connections', () => {
  const rows = parseSsSockets(ROWS);
  expect(rows.map(({ protocol, state, local, peer }) => ({ protocol, state, local, peer }))).toEqual([
    { protocol: 'udp', state: 'unconnected', local: { address: '0.0.0.0', port: 68 }, peer: null },
    { protocol: 'tcp', state: 'listen', local: { address: '127.0.0.1', port: 5432 }, peer: null },
    { protocol: 'tcp', state: 'listen', local: { address: '::', port: 80 }, peer: null },
    {
      protocol: 'tcp',
      state: 'established',
      local: { address: '10.90.0.1', port: 22 },
      peer: { address: '10.90.0.9', port: 38254 },
    },
    {
      protocol: 'tcp',
      state: 'time-wait',
      local: { address: 'fd90::1', port: 443 },
      peer: { address: 'fd90::9', port: 50000 },
    },
  ]);
  expect(rows[1]).toMatchObject({ acceptQueue: 1, backlog: 128, receiveQueue: null, uid: 114 });
  expect(rows[1]?.owners.map(({ pid }) => pid)).toEqual([700, 812]);
  expect(rows[2]).toMatchObject({ v6Only: false, noOwner: 'not-seen-there' });
  expect(rows[3]).toMatchObject({ sendQueue: 36, backlog: null });
  expect(rows[4]).toMatchObject({ noOwner: 'kernel' });
});

test('without their protocol listeners are rows, and connections, headers and noise are none', () => {
  const recorded = readFileSync(new URL('pasted/ss-tan.txt', import.meta.url), 'utf8');
  expect(new Set(parseSsSockets(recorded).map(({ protocol, state }) => `${protocol} ${state}`))).toEqual(
    new Set(['tcp listen']),
  );
});

test('a socket that is bound to an interface is told with it, in every form that ss has for it', () => {
  const rows = parseSsSockets(`
tcp   LISTEN 0 5       0.0.0.0%eth1:8443    0.0.0.0:*
tcp   LISTEN 0 5             *%eth1:8444          *:*
tcp   LISTEN 0 5          [::]%eth1:8445       [::]:*
LISTEN       0 5 [2001:db8::1]%eth1:8446       [::]:*
UNCONN       0 0     127.0.0.53%lo:53       0.0.0.0:*
tcp   LISTEN 0 5            0.0.0.0:8447    0.0.0.0:*
`);
  expect(rows.map((row) => [row.protocol, row.local.address, row.local.port, row.interface, row.v6Only])).toEqual([
    ['tcp', '0.0.0.0', 8443, 'eth1', null],
    ['tcp', '::', 8444, 'eth1', false],
    ['tcp', '::', 8445, 'eth1', null],
    ['tcp', '2001:db8::1%eth1', 8446, 'eth1', null],
    ['udp', '127.0.0.53', 53, 'lo', null],
    ['tcp', '0.0.0.0', 8447, null, null],
  ]);
});

test('whatever ss prints, nothing is thrown and ports are ports', () => {
  const word = fc.oneof(
    fc.constantFrom('tcp', 'udp', 'LISTEN', 'ESTAB', '0', '*:*', '[::]:80', '1.2.3.4:99999'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 9 }), (words) => {
      for (const { local } of parseSsSockets(words.join(' '))) expect(local.port).toBeLessThanOrEqual(65_535);
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['a",pid=1,fd=3))', 'a whole list of owners'],
  ['",pid=1,fd=3)) ', 'an end with a space behind it'],
  ['a",pid=1,fd=3)', 'one owner'],
  ['x ino:1 uid:0', 'the fields behind it'],
  ['("b",pid=2,fd=', 'the begin of another'],
  ['\\', 'an escape'],
])('a process that calls itself %j, which imitates %s, has that name', (name) => {
  const line = `tcp LISTEN 0 128 0.0.0.0:80 0.0.0.0:* users:(("${name}",pid=4242,fd=5),("b",pid=4243,fd=5)) uid:33 ino:77 sk:1`;
  const [row] = parseSsSockets(line);
  expect(row?.owners.map(({ process, pid }) => [process, pid])).toEqual([
    [name, 4242],
    ['b', 4243],
  ]);
  expect([row?.uid, row?.inode]).toEqual([33, 77]);
});

test('an interface of a name that the kernel would not allow is left out', () => {
  const bound = (name: string) => parseSsSockets(`udp UNCONN 0 0 0.0.0.0%${name}:68 0.0.0.0:*`)[0]?.interface;
  expect(bound('eth0')).toBe('eth0');
  expect(bound('a/../../etc')).toBeNull();
  expect(bound('x'.repeat(16))).toBeNull();
  expect(bound('a\u001b[2J')).toBeNull();
});
