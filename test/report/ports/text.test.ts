import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { ownerGaps } from '../../../src/analysis/doctor/owner-gaps.ts';
import { summariseSockets } from '../../../src/analysis/socket-summary.ts';
import type { SocketRow } from '../../../src/domain/socket.ts';
import type { TextOptions } from '../../../src/report/check/text.ts';
import { toPortsText } from '../../../src/report/ports/text.ts';
import type { PortsView } from '../../../src/report/ports/view.ts';
import { connectionRow, owner, socketRow } from '../../fake/sockets.ts';

const PLAIN: TextOptions = { color: false, columns: 80, lang: 'en', ascii: false };
const LONG = '2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff';
/** What a program may call itself. */
const HOSTILE = '\u001b[2J\u001b]0;owned\u0007evil 한글\u202e\u200b\u009b31m';

const ROWS: readonly SocketRow[] = [
  socketRow(),
  socketRow({ family: 6, local: { address: '::', port: 22 }, v6Only: true }),
  socketRow({
    family: 6,
    local: { address: '::', port: 80 },
    v6Only: false,
    user: 'www-data',
    owners: [owner(90, 'nginx'), owner(91, 'nginx'), owner(92, 'nginx')],
  }),
  socketRow({
    local: { address: '127.0.0.1', port: 5432 },
    acceptQueue: 129,
    drops: 4,
    owners: [owner(70, 'postgres', { container: 'docker 0123456789ab' })],
  }),
  socketRow({
    family: 6,
    local: { address: 'fe80::1%eth0', port: 8080 },
    interface: 'eth0',
    owners: [],
    noOwner: 'other-user',
    uid: 1000,
    user: null,
  }),
  socketRow({
    protocol: 'udp',
    state: 'unconnected',
    local: { address: '0.0.0.0', port: 68 },
    interface: 'eth0',
    acceptQueue: null,
    backlog: null,
  }),
  connectionRow({
    family: 6,
    local: { address: LONG, port: 22 },
    peer: { address: LONG, port: 65_535 },
    receiveQueue: 12,
    sendQueue: 3456,
  }),
  connectionRow({ state: 'time-wait', owners: [], inode: 0 }),
];

function viewOf(rows: readonly SocketRow[], given: Partial<PortsView> = {}): PortsView {
  return {
    host: 'local',
    asked: { port: null, process: null, states: null, isListening: false },
    rows,
    summary: summariseSockets(rows),
    counters: { overflows: 3, drops: 5 },
    gaps: ownerGaps(rows),
    unavailable: null,
    ...given,
  };
}

const asking = (port: string) => ({ port, process: null, states: null, isListening: false });

test('sockets in English at 120 columns, in Korean at 80, in English at 40', () => {
  expect(toPortsText(viewOf(ROWS), { ...PLAIN, columns: 120 })).toMatchSnapshot();
  expect(toPortsText(viewOf(ROWS), { ...PLAIN, lang: 'ko' })).toMatchSnapshot();
  expect(toPortsText(viewOf(ROWS), { ...PLAIN, columns: 40 })).toMatchSnapshot();
});

test.each([32, 40, 60, 80, 120])('at %i columns no line is wider, and no address is cut', (columns) => {
  for (const lang of ['en', 'ko'] as const) {
    for (const ascii of [true, false]) {
      const text = toPortsText(viewOf(ROWS), { ...PLAIN, columns, lang, ascii });
      for (const line of text.split('\n')) expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
      expect(text.replaceAll(/\s+/gu, '').split(LONG)).toHaveLength(3);
    }
  }
});

test('nothing that a process is called can move the terminal', () => {
  const owners = [owner(1, HOSTILE, { unit: HOSTILE, container: HOSTILE })];
  const rows = [socketRow({ owners, user: HOSTILE, interface: HOSTILE }), connectionRow({ owners, user: HOSTILE })];
  for (const lang of ['en', 'ko'] as const) {
    const text = toPortsText(viewOf(rows, { asked: { ...asking('22'), process: HOSTILE } }), {
      ...PLAIN,
      columns: 300,
      lang,
    });
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text).toContain('evil 한글');
  }
});

test('a port that nobody uses, and one that is connected and not listened on, are told apart', () => {
  expect(toPortsText(viewOf([], { asked: asking('81') }), PLAIN)).toContain('✗ No socket uses port 81');
  const connected = viewOf([connectionRow()], { asked: asking('22') });
  expect(toPortsText(connected, PLAIN)).toContain('! Nothing listens on port 22; 1 connection uses it.');
});

test('who listens is named, and a port that only this machine can reach is told as that', () => {
  expect(toPortsText(viewOf([socketRow()], { asked: asking('22') }), PLAIN)).toContain(
    '✓ Port 22 is listened on by sshd (812).',
  );
  const loopback = socketRow({ local: { address: '127.0.0.1', port: 22 } });
  expect(toPortsText(viewOf([loopback], { asked: asking('22') }), PLAIN)).toContain('bound to loopback only');
  expect(toPortsText(viewOf([loopback, socketRow()], { asked: asking('22') }), PLAIN)).not.toContain('loopback only');
});

test('sockets that could not be read are not sockets that are not there', () => {
  const unavailable = {
    reason: 'not-permitted',
    obstacles: [{ code: 'socket-table-empty', tool: 'netstat' }],
  } as const;
  const text = toPortsText(viewOf([], { unavailable, asked: asking('22'), counters: null }), PLAIN);
  expect(text).toContain('? The sockets could not be read. netstat listed no sockets.');
  expect(text).not.toContain('No socket');
});
