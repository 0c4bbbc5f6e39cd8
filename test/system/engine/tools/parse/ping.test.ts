import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Family } from '../../../../../src/domain/address.ts';
import { readPing } from '../../../../../src/system/engine/tools/parse/ping.ts';
import type { ToolReading } from '../../../../../src/system/engine/tools/parse/reading.ts';
import { fixture } from '../../../fixture.ts';

const reply = (from: string, rttMs: number | null, replyTtl: number): ToolReading => ({
  kind: 'reply',
  from,
  rttMs,
  replyTtl,
});
const error = (from: string, type: number, code: number, mtu: number | null = null): ToolReading => ({
  kind: 'error',
  from,
  icmp: { type, code },
  rttMs: null,
  mtu,
});
const refused = (code: string, mtu: number | null = null): ToolReading => ({ kind: 'local-error', code, mtu });
const SILENT: ToolReading = { kind: 'silent' };
const NO_PRIVILEGE: ToolReading = { kind: 'no-privilege' };

const CASES: readonly (readonly [string, ToolReading])[] = [
  ['iputils-ping/reply', reply('10.9.2.1', 0.053, 62)],
  ['iputils-ping/reply-6', reply('fd09:0:0:3::1', 0.074, 62)],
  ['iputils-ping/reply-link-local', reply('fe80::4f:36ff:fef0:556a%eth0', 0.044, 64)],
  ['iputils-ping/small', reply('10.9.2.1', null, 62)],
  ['iputils-ping/expired', error('10.9.0.1', 11, 0)],
  ['iputils-ping/expired-6', error('fd09:0:0:1::1', 3, 0)],
  ['iputils-ping/host-unreachable', error('10.9.1.1', 3, 1)],
  ['iputils-ping/net-unreachable', error('10.9.0.1', 3, 0)],
  ['iputils-ping/filtered', error('10.9.1.1', 3, 13)],
  ['iputils-ping/no-route-6', error('fd09:0:0:1::1', 1, 0)],
  ['iputils-ping/prohibited-6', error('fd09:0:0:2::1', 1, 1)],
  ['iputils-ping/neighbour', error('10.9.0.2', 3, 1)],
  ['iputils-ping/neighbour-6', error('fd09:0:0:1::2', 1, 3)],
  ['iputils-ping/too-big', error('10.9.0.1', 3, 4, 1300)],
  ['iputils-ping/too-big-6', error('fd09:0:0:1::1', 2, 0, 1300)],
  ['iputils-ping/too-big-local', refused('EMSGSIZE', 1300)],
  ['iputils-ping/too-big-local-6', refused('EMSGSIZE', 1300)],
  ['iputils-ping/no-local-route', refused('EHOSTUNREACH')],
  // This release prints nothing of EPERM: the same as silence, to anyone who looks.
  ['iputils-ping/not-permitted', SILENT],
  ['iputils-ping/silent', SILENT],
  ['iputils-ping/no-privilege', NO_PRIVILEGE],
  ['iputils-ping-old/reply', reply('10.9.2.1', 0.053, 62)],
  ['iputils-ping-old/host-unreachable', error('10.9.1.1', 3, 1)],
  ['iputils-ping-old/no-route', refused('ENETUNREACH')],
  ['iputils-ping-old/not-permitted', refused('EPERM')],
  ['iputils-ping-old/too-big-local', refused('EMSGSIZE', 1300)],
  ['iputils-ping-old/silent', SILENT],
  ['busybox-ping/reply', reply('10.9.2.1', 0.079, 62)],
  ['busybox-ping/reply-6', reply('fd09:0:0:3::1', 2.834, 62)],
  ['busybox-ping/link-local', reply('fe80::4f:36ff:fef0:556a', 0.077, 64)],
  // It shows no ICMP error at all.
  ['busybox-ping/host-unreachable', SILENT],
  ['busybox-ping/expired', SILENT],
  ['busybox-ping/not-permitted', refused('EPERM')],
  ['busybox-ping/no-local-route', refused('EHOSTUNREACH')],
  ['busybox-ping/no-privilege', NO_PRIVILEGE],
  ['inetutils-ping/reply', reply('10.9.2.1', 0.096, 62)],
  ['inetutils-ping/reply-6', reply('fd09:0:0:3::1', 0.065, 62)],
  ['inetutils-ping/expired', error('10.9.0.1', 11, 0)],
  ['inetutils-ping/expired-6', error('fd09:0:0:1::1', 3, 0)],
  ['inetutils-ping/host-unreachable', error('10.9.1.1', 3, 1)],
  ['inetutils-ping/filtered', error('10.9.1.1', 3, 13)],
  ['inetutils-ping/unreachable-6', error('fd09:0:0:2::1', 1, 0)],
  ['inetutils-ping/prohibited-6', error('fd09:0:0:2::1', 1, 1)],
  ['inetutils-ping/not-permitted', refused('EPERM')],
  ['inetutils-ping/no-local-route', refused('EHOSTUNREACH')],
  ['inetutils-ping/silent', SILENT],
  ['inetutils-ping/no-privilege', NO_PRIVILEGE],
  ['macos-ping/reply', reply('10.9.2.1', 4.512, 62)],
  ['macos-ping/reply-6', reply('fd09:0:0:3::1', 0.512, 62)],
  ['macos-ping/expired', error('10.9.0.1', 11, 0)],
  ['macos-ping/filtered', error('10.9.1.1', 3, 13)],
  ['macos-ping/too-big', error('10.9.0.1', 3, 4, 1300)],
  ['macos-ping/too-big-local', refused('EMSGSIZE')],
  ['macos-ping/no-route', refused('EHOSTUNREACH')],
  ['macos-ping/silent', SILENT],
  ['freebsd-ping/reply', reply('10.9.2.1', 0.312, 62)],
  ['freebsd-ping/host-unreachable', error('10.9.1.1', 3, 1)],
  ['freebsd-ping/prohibited', error('10.9.1.1', 3, 10)],
  ['freebsd-ping/not-permitted', refused('EACCES')],
];

test.each(CASES)('%s is read', (name, expected) => {
  const { stdout, stderr } = fixture(name);
  const family: Family = /6$|link-local/u.test(name) ? 6 : 4;
  expect(readPing(stdout, stderr, family)).toEqual(expected);
});

test.each([
  '',
  'garbage\n',
  'PING 10.0.0.1',
  '64 bytes from nowhere: icmp_seq=1 ttl=64 time=1 ms',
  '\u0000'.repeat(99),
])('%j is no output of a ping', (text) => {
  expect(readPing(text, text, 4)).toEqual({ kind: 'unreadable' });
});

test('an error that has no words here is an error all the same, and not silence', () => {
  const statistics = '1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms';
  expect(readPing(`From 10.0.0.1 icmp_seq=1 Something new\n\n${statistics}`, '', 4)).toEqual({ kind: 'unnamed' });
});

test('a redirect before the reply does not hide it', () => {
  const lines =
    'From 10.0.0.1: icmp_seq=1 Redirect Host(New nexthop: 10.0.0.2)\n64 bytes from 10.9.2.1: icmp_seq=1 ttl=9 time=2 ms';
  expect(readPing(lines, '', 4)).toEqual(reply('10.9.2.1', 2, 9));
});

test('no output makes it throw, or take long', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '64 bytes from ',
      '10.0.0.1',
      ': icmp_seq=',
      '1 ttl=',
      'time=',
      ' ms',
      'From ',
      '\n',
      ': ',
      '+1 errors',
    ),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), fc.constantFrom<Family>(4, 6), (parts, family) => {
      const { kind } = readPing(parts.join(''), parts.reverse().join(''), family);
      expect(kind).toMatch(/^[a-z-]+$/u);
    }),
  );
});
