import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Listener } from '../../../../src/domain/evidence.ts';
import { type PasteFormat, readPastedSockets } from '../../../../src/system/sockets/pasted/sockets.ts';

function fixture(name: string): string {
  return readFileSync(new URL(`${name}.txt`, import.meta.url), 'utf8');
}

function read(text: string) {
  const pasted = readPastedSockets(text);
  if (pasted === null) throw new Error('the paste was not understood');
  return pasted;
}

const placeOf = ({ protocol, address, port }: Listener): string => `${protocol} ${address} ${port}`;
const places = (text: string): readonly string[] => read(text).listening.map(placeOf).sort();

/** The sockets that the recorded machine had. */
const TCP = [
  'tcp 0.0.0.0 22',
  'tcp 10.90.0.1 9092',
  'tcp 127.0.0.1 5432',
  'tcp :: 443',
  'tcp :: 80',
  'tcp ::1 6379',
  'tcp fd90::1 8443',
];
const UDP = ['udp 0.0.0.0 68', 'udp :: 546'];

test.each([
  ['ss-ltunp', 'ss', [...TCP, ...UDP]],
  ['ss-ltn', 'ss', TCP],
  ['ss-tan', 'ss', TCP],
  ['ss-ltp-names', 'ss', TCP],
  ['netstat-linux-tulnp', 'netstat-linux', [...TCP, ...UDP]],
  ['netstat-linux-an', 'netstat-linux', [...TCP, ...UDP]],
  ['netstat-linux-names', 'netstat-linux', TCP],
  ['lsof-i-n-P', 'lsof', [...TCP, ...UDP]],
  ['lsof-i-names', 'lsof', [...TCP, ...UDP]],
] as const)('%s, as recorded, is read as %s with every listener', (name, format, expected) => {
  const pasted = read(fixture(name));
  expect(pasted.format).toBe(format);
  expect(pasted.listening.map(placeOf).sort()).toEqual([...expected].sort());
  expect(pasted.unread).toEqual([]);
});

test('macOS joins address and port by a dot, and names sockets of both families', () => {
  const { format, listening, others, unread } = read(fixture('netstat-macos'));
  expect(format).toBe('netstat-bsd' satisfies PasteFormat);
  expect(listening.map(placeOf)).toEqual([
    'tcp :: 8080',
    'tcp 127.0.0.1 5432',
    'tcp ::1 5432',
    'tcp :: 22',
    'tcp 0.0.0.0 22',
    'tcp fe80::1%lo0 6379',
    'tcp 192.168.1.23 9092',
    'udp 0.0.0.0 5353',
    'udp :: 5353',
  ]);
  expect(listening.map(({ v6Only }) => v6Only).slice(0, 4)).toEqual([false, null, null, true]);
  expect(others).toBe(2);
  expect(unread).toEqual([]);
});

test('FreeBSD writes as macOS does', () => {
  expect(places(fixture('netstat-freebsd'))).toEqual([
    'tcp 0.0.0.0 22',
    'tcp 127.0.0.1 25',
    'tcp :: 22',
    'udp 0.0.0.0 514',
  ]);
});

test.each(['en', 'de', 'ko'])('Windows in %s: a listener is told by its peer, not by the word for it', (language) => {
  const { format, listening, others } = read(fixture(`netstat-windows-${language}`));
  expect(format).toBe('netstat-windows' satisfies PasteFormat);
  expect(listening.map((listener) => `${placeOf(listener)} ${listener.pid}`)).toEqual([
    'tcp 0.0.0.0 135 1020',
    'tcp 127.0.0.1 5432 4711',
    'tcp 192.168.1.23 139 4',
    'tcp :: 135 1020',
    'tcp ::1 6379 5120',
    'udp 0.0.0.0 123 1416',
    'udp fe80::1c2b%12 1900 2200',
  ]);
  expect(others).toBe(1);
});

test('the accept queue, its limit and the process are read where the tool tells them', () => {
  const of = (name: string) => read(fixture(name)).listening.find(({ port }) => port === 22);
  expect(of('ss-ltunp')).toMatchObject({ acceptQueue: 1, backlog: 128, process: 'python3', pid: expect.any(Number) });
  expect(of('netstat-linux-tulnp')).toMatchObject({ acceptQueue: 1, backlog: null, process: 'python3' });
  expect(of('lsof-i-n-P')).toMatchObject({ acceptQueue: null, backlog: null, process: 'python3' });
});

/** What becomes of text on its way through terminals, chats and mails. */
const DAMAGE: Readonly<Record<string, (text: string) => string>> = {
  'Windows line ends': (text) => text.replaceAll('\n', '\r\n'),
  colours: (text) =>
    text.replaceAll('LISTEN', '\u001b[1;32mLISTEN\u001b[0m').replaceAll('UNCONN', '\u001b[33mUNCONN\u001b[m'),
  'a window title': (text) => `\u001b]0;root@db1\u0007${text}`,
  'a prompt and the command': (text) => `root@db1:~# ss -ltunp\n${text}root@db1:~# `,
  'a Markdown fence': (text) => `here you go:\n\`\`\`\n${text}\`\`\`\nanything else?`,
  'quote marks': (text) => text.replace(/^/gm, '> '),
  tabs: (text) => text.replace(/ {2,}/g, '\t'),
  'half of the header': (text) => text.slice(20),
};

test.each(Object.entries(DAMAGE))('a paste with %s is read all the same', (_, damage) => {
  expect(places(damage(fixture('ss-ltunp')))).toEqual([...TCP, ...UDP].sort());
  expect(places(damage(fixture('netstat-linux-tulnp')))).toEqual([...TCP, ...UDP].sort());
});

test.each([56, 60, 64, 68, 72, 76, 80, 90])(
  'rows that a window of %i columns broke in two are put together',
  (columns) => {
    const wrap = (text: string) => text.replace(new RegExp(`(.{${columns}})(?=.)`, 'g'), '$1\n');
    for (const name of ['ss-ltunp', 'netstat-linux-tulnp', 'lsof-i-n-P']) {
      expect(places(wrap(fixture(name))), name).toEqual([...TCP, ...UDP].sort());
    }
  },
);

test('a line that names a socket and cannot be read is told', () => {
  const { unread } = read(`${fixture('ss-ltn')}LISTEN 0 128 no-such-host.example:nosuchservice 0.0.0.0:*\n`);
  expect(unread).toEqual(['LISTEN 0 128 no-such-host.example:nosuchservice 0.0.0.0:*']);
});

test.each(['ss -ltn | grep 80', 'ss -ltn sport = :80', '$ lsof -i :5432', 'netstat -ano | findstr 5432'])(
  '%s hides what it does not name',
  (command) => {
    expect(read(`${command}\n${fixture('ss-ltn')}`).isFiltered).toBe(true);
  },
);

test('a hundred thousand lines are read', () => {
  const row = (port: number) => `LISTEN 0 128 127.0.0.${1 + (port % 200)}:${1 + (port % 60_000)} 0.0.0.0:*`;
  const text = Array.from({ length: 100_000 }, (_, index) => row(index)).join('\n');
  expect(read(text).listening).toHaveLength(100_000);
});

test.each(['', 'command not found: ss', 'Hello, the database is up, I swear.', '{"listening": []}', '\u0000\u001b[2J'])(
  '%j is none of the tools',
  (text) => {
    expect(readPastedSockets(text)).toBeNull();
  },
);

test('whatever is pasted, nothing is thrown and every listener is a listener', () => {
  const words = [
    'tcp',
    'udp6',
    'LISTEN',
    '0',
    '128',
    '[::]:80',
    '*.*',
    '0.0.0.0:0',
    ':::',
    'TCP',
    '%',
    '(LISTEN)',
    'IPv6',
    '\u001b[',
  ];
  const line = fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 12 })), { maxLength: 9 });
  fc.assert(
    fc.property(
      fc.array(
        line.map((parts) => parts.join(' ')),
        { maxLength: 12 },
      ),
      (lines) => {
        for (const { port, address, family } of readPastedSockets(lines.join('\n'))?.listening ?? []) {
          expect(port).toBeGreaterThanOrEqual(1);
          expect(port).toBeLessThanOrEqual(65_535);
          expect(address.includes(':')).toBe(family === 6);
        }
      },
    ),
    { numRuns: 2000 },
  );
});
