import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { interfaceNames } from '../../../src/system/host/interfaces/interface-names.ts';
import { listenCounters, parseListenCounters } from '../../../src/system/sockets/listen-counters.ts';
import { userNames } from '../../../src/system/sockets/user-names.ts';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'netwhy-files-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

test('the counters stand in the column that has their name', () => {
  const text = [
    'TcpExt: SyncookiesSent ListenOverflows ListenDrops TCPHPHits',
    'TcpExt: 1 20 30 4',
    'IpExt: ListenOverflows',
    'IpExt: 7',
  ].join('\n');
  expect(parseListenCounters(text)).toEqual({ overflows: 20, drops: 30 });
});

test.each([
  '',
  'TcpExt: A B\nTcpExt: 1 2',
  'TcpExt: ListenOverflows ListenDrops',
  'TcpExt: ListenOverflows ListenDrops\nTcpExt: x 1',
])('counters that are not there are not known: %j', (text) => {
  expect(parseListenCounters(text)).toBeNull();
});

test('counters of any text never throw', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (a, b) => void parseListenCounters(`TcpExt: ${a}\nTcpExt: ${b}`)));
});

test('a file that is not there is no counter, no user and no interface', async () => {
  expect(await listenCounters('/nonexistent')).toBeNull();
  expect((await userNames('/nonexistent')).size).toBe(0);
  expect((await interfaceNames('/nonexistent')).size).toBe(0);
});

test('of several users with one number the first one counts', async () => {
  const path = join(await folder(), 'passwd');
  await writeFile(
    path,
    'root:x:0:0::/root:/bin/sh\ntoor:x:0:0::/root:/bin/sh\n+nis\n#x:y\npostgres:x:105:110::/:/bin/sh\n',
  );
  expect([...(await userNames(path))].sort(([a], [b]) => a - b)).toEqual([
    [0, 'root'],
    [105, 'postgres'],
  ]);
});

test('interfaces are known by their index; what is no interface is left out', async () => {
  const path = await folder();
  await mkdir(join(path, 'eth0'));
  await writeFile(join(path, 'eth0', 'ifindex'), '2\n');
  await writeFile(join(path, 'bonding_masters'), '');
  expect([...(await interfaceNames(path))]).toEqual([[2, 'eth0']]);
});
