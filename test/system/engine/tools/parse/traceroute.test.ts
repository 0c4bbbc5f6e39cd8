import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Family } from '../../../../../src/domain/address.ts';
import type { ToolReading } from '../../../../../src/system/engine/tools/parse/reading.ts';
import { readTraceroute } from '../../../../../src/system/engine/tools/parse/traceroute.ts';
import type { TracerouteDialect } from '../../../../../src/system/vantage/parse-identity.ts';
import { fixture } from '../../../fixture.ts';

const hop = (from: string, rttMs: number): ToolReading => ({ kind: 'from', from, rttMs });
const answer = (kind: 'reply' | 'reset', from: string, rttMs: number): ToolReading => ({
  kind,
  from,
  rttMs,
  replyTtl: null,
});
const error = (from: string, rttMs: number, type: number, code: number, mtu: number | null = null): ToolReading => ({
  kind: 'error',
  from,
  icmp: { type, code },
  rttMs,
  mtu,
});
const refused = (code: string): ToolReading => ({ kind: 'local-error', code, mtu: null });
const SILENT: ToolReading = { kind: 'silent' };
const NO_PRIVILEGE: ToolReading = { kind: 'no-privilege' };

const CASES: readonly (readonly [string, ToolReading])[] = [
  ['butskoy/hop', hop('10.9.0.1', 0.046)],
  ['butskoy/hop-6', hop('fd09:0:0:2::1', 0.069)],
  ['butskoy/link-local', hop('fe80::4f:36ff:fef0:556a%eth0', 0.052)],
  ['butskoy/target-udp', hop('10.9.2.1', 0.068)],
  // The same text as for a port unreachable: what the target answered cannot be told.
  ['butskoy/udp-answered', hop('10.9.2.1', 0.144)],
  ['butskoy/icmp-target', hop('10.9.2.1', 0.05)],
  ['butskoy/tcp-hop', hop('10.9.1.1', 0.038)],
  ['butskoy/tcp-open', answer('reply', '10.9.2.1', 0.06)],
  ['butskoy/tcp-closed', answer('reset', '10.9.2.1', 0.048)],
  ['butskoy/host-unreachable', error('10.9.1.1', 0.056, 3, 1)],
  ['butskoy/net-unreachable', error('10.9.0.1', 0.07, 3, 0)],
  ['butskoy/prohibited', error('10.9.1.1', 0.042, 3, 13)],
  ['butskoy/no-route-6', error('fd09:0:0:2::1', 0.048, 1, 0)],
  ['butskoy/prohibited-6', error('fd09:0:0:2::1', 0.058, 1, 1)],
  ['butskoy/silent', SILENT],
  ['butskoy/no-local-route', refused('EHOSTUNREACH')],
  ['butskoy/not-permitted-udp', refused('EPERM')],
  ['butskoy/not-permitted-tcp', refused('EPERM')],
  ['butskoy/icmp-not-permitted', NO_PRIVILEGE],
  ['butskoy/tcp-not-permitted', NO_PRIVILEGE],
  ['busybox/hop', hop('10.9.0.1', 0.008)],
  ['busybox/hop-6', hop('fd09:0:0:2::1', 0.006)],
  ['busybox/target-udp', hop('10.9.2.1', 0.005)],
  ['busybox/icmp-hop', hop('10.9.1.1', 0.005)],
  ['busybox/icmp-target', hop('10.9.2.1', 0.006)],
  ['busybox/host-unreachable', error('10.9.1.1', 0.006, 3, 1)],
  ['busybox/prohibited', error('10.9.1.1', 0.006, 3, 13)],
  ['busybox/no-route-6', error('fd09:0:0:2::1', 0.006, 1, 0)],
  ['busybox/prohibited-6', error('fd09:0:0:2::1', 0.006, 1, 1)],
  ['busybox/silent', SILENT],
  ['busybox/not-permitted', refused('EPERM')],
  ['busybox/no-local-route', refused('EHOSTUNREACH')],
  ['busybox/no-privilege', NO_PRIVILEGE],
  // It calls the hop at TTL 2 its first.
  ['inetutils/hop', hop('10.9.1.1', 0.002)],
  ['inetutils/target-udp', hop('10.9.2.1', 0.003)],
  ['inetutils/icmp-hop', hop('10.9.1.1', 0.003)],
  ['inetutils/icmp-target', hop('10.9.2.1', 0.003)],
  ['inetutils/host-unreachable', error('10.9.1.1', 0.003, 3, 1)],
  ['inetutils/prohibited', error('10.9.1.1', 0.003, 3, 13)],
  ['inetutils/silent', SILENT],
  ['inetutils/not-permitted', refused('EPERM')],
  ['inetutils/no-privilege', NO_PRIVILEGE],
  ['macos/hop', hop('10.9.1.1', 4.123)],
  ['macos/target', hop('10.9.2.1', 0.733)],
  ['macos/host-unreachable', error('10.9.1.1', 1.203, 3, 1)],
  ['macos/prohibited', error('10.9.1.1', 1.203, 3, 13)],
  ['macos/too-big', error('10.9.1.1', 1.203, 3, 4, 1300)],
  ['macos/silent', SILENT],
  ['macos/no-privilege', NO_PRIVILEGE],
];

test.each(CASES)('%s is read', (name, expected) => {
  const { stdout, stderr } = fixture(`traceroute-${name}`);
  const [dialect = ''] = name.split('/');
  const family: Family = /6$|link-local/u.test(name) ? 6 : 4;
  expect(readTraceroute(stdout, stderr, dialect as TracerouteDialect, family)).toEqual(expected);
});

test('labels of MPLS are told with the router that printed them', () => {
  const line = ' 2  10.9.1.1 <MPLS:L=16001,E=0,S=0,T=1/L=24,E=5,S=1,T=254>  0.3 ms';
  expect(readTraceroute(line, '', 'butskoy', 4)).toEqual({
    kind: 'from',
    from: '10.9.1.1',
    rttMs: 0.3,
    mpls: [
      { label: 16_001, trafficClass: 0, bottom: false, ttl: 1 },
      { label: 24, trafficClass: 5, bottom: true, ttl: 254 },
    ],
  });
});

test.each([
  ['!<10>', { type: 3, code: 10 }],
  ['!9', { type: 3, code: 9 }],
])('the mark %s is a code', (mark, icmp) => {
  expect(readTraceroute(` 2  10.9.1.1  0.3 ms ${mark}`, '', 'butskoy', 4)).toMatchObject({ kind: 'error', icmp });
});

test('a mark that is not known is an error all the same, and no hop', () => {
  expect(readTraceroute(' 2  10.9.1.1  0.3 ms !?', '', 'butskoy', 4)).toEqual({ kind: 'unnamed' });
  expect(readTraceroute(' 2  10.9.1.1  0.3 ms !<999>', '', 'butskoy', 4)).toEqual({ kind: 'unnamed' });
});

test('no output makes it throw', () => {
  const part = fc.oneof(
    fc.string(),
    fc.constantFrom(' 1  ', '10.0.0.1', '  0.1 ms', ' !H', ' <MPLS:L=1,E=1,S=1,T=1>', '*', '\n'),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), fc.constantFrom<Family>(4, 6), (parts, family) => {
      expect(readTraceroute(parts.join(''), parts.join(''), 'busybox', family).kind).toMatch(/^[a-z-]+$/u);
    }),
  );
});
