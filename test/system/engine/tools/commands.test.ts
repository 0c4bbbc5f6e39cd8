import { expect, test } from 'vitest';
import type { Probe } from '../../../../src/domain/prober.ts';
import { mtrRequest } from '../../../../src/system/engine/tools/mtr-command.ts';
import { pingCommand } from '../../../../src/system/engine/tools/ping-arguments.ts';
import { tracerouteCommand } from '../../../../src/system/engine/tools/traceroute-arguments.ts';
import type { PingDialect, TracerouteDialect } from '../../../../src/system/vantage/parse-identity.ts';

type EchoProbe = Extract<Probe, { readonly kind: 'echo' }>;

const ECHO: EchoProbe = {
  kind: 'echo',
  to: '10.0.0.1',
  ttl: null,
  timeoutMs: 1500,
  payloadBytes: 56,
  dontFragment: false,
};
const UDP: Probe = {
  kind: 'udp',
  to: '10.0.0.1',
  ttl: 3,
  timeoutMs: 1500,
  port: 33_434,
  sourcePort: 61_434,
  payload: new Uint8Array(20),
};
const SYN: Probe = { kind: 'syn', to: '10.0.0.1', ttl: 3, timeoutMs: 1500, port: 443, sourcePort: 61_434 };

function ping(dialect: PingDialect, changes: Partial<EchoProbe> = {}): string | null {
  const command = pingCommand(dialect, { ...ECHO, ...changes });
  return command === null ? null : [command.tool, ...command.args].join(' ');
}

function traceroute(dialect: TracerouteDialect, probe: Probe): string | null {
  const command = tracerouteCommand(dialect, probe);
  return command === null ? null : [command.tool, ...command.args].join(' ');
}

test.each([
  ['iputils', {}, 'ping -n -c 1 -W 2 -s 56 10.0.0.1'],
  ['iputils', { ttl: 3, dontFragment: true }, 'ping -n -c 1 -W 2 -s 56 -t 3 -M do 10.0.0.1'],
  ['iputils', { to: 'fe80::1%eth0' }, 'ping -n -c 1 -W 2 -s 56 fe80::1%eth0'],
  ['iputils-legacy', { to: 'fd00::1' }, 'ping6 -n -c 1 -W 2 -s 56 fd00::1'],
  ['busybox', {}, 'ping -c 1 -W 2 -s 56 10.0.0.1'],
  ['busybox', { ttl: 3 }, null],
  ['busybox', { dontFragment: true }, null],
  ['inetutils', { ttl: 3 }, 'ping -n -c 1 -s 56 -W 2 --ttl 3 10.0.0.1'],
  ['inetutils', { to: 'fd00::1', ttl: 3 }, 'ping6 -n -c 1 -s 56 -w 2 --hoplimit 3 fd00::1'],
  ['inetutils', { dontFragment: true }, null],
  ['macos', { ttl: 3, dontFragment: true }, 'ping -n -c 1 -W 1500 -s 56 -m 3 -D 10.0.0.1'],
  ['macos', { to: 'fd00::1', ttl: 3 }, 'ping6 -n -c 1 -s 56 -h 3 fd00::1'],
  ['freebsd', {}, 'ping -n -c 1 -W 1500 -s 56 10.0.0.1'],
  ['freebsd', { to: 'fd00::1', ttl: 3 }, null],
  ['windows', { ttl: 3, dontFragment: true }, 'ping -n 1 -w 1500 -l 56 -i 3 -f 10.0.0.1'],
  ['windows', { to: 'fd00::1', dontFragment: true }, null],
  // No ping prints a time for less.
  ['iputils', { payloadBytes: 0 }, 'ping -n -c 1 -W 2 -s 16 10.0.0.1'],
] as const)('the ping of %s for %j', (dialect, changes, expected) => {
  expect(ping(dialect, changes)).toBe(expected);
});

test.each([
  ['butskoy', { ...ECHO, ttl: 3 }, 'traceroute -n -e -q 1 -f 3 -w 2 -m 3 -I 10.0.0.1'],
  ['butskoy', UDP, 'traceroute -n -e -q 1 -f 3 -w 2 -m 3 -U -p 33434 10.0.0.1'],
  ['butskoy', SYN, 'traceroute -n -e -q 1 -f 3 -w 2 -m 3 -T -O info -p 443 --sport=61434 10.0.0.1'],
  ['busybox', UDP, 'traceroute -n -q 1 -f 3 -w 2 -m 3 -p 33433 10.0.0.1'],
  ['busybox', SYN, null],
  ['inetutils', UDP, 'traceroute -q 1 -f 3 -w 2 -m 1 -M udp -p 33434 10.0.0.1'],
  ['inetutils', { ...ECHO, ttl: 3, to: 'fd00::1' }, null],
  ['macos', SYN, 'traceroute -n -q 1 -f 3 -w 2 -m 3 -e -P TCP -p 443 10.0.0.1'],
  ['butskoy', ECHO, null],
  ['butskoy', { ...ECHO, ttl: 3, dontFragment: true }, null],
] as const)('the traceroute of %s for %j', (dialect, probe, expected) => {
  expect(traceroute(dialect, probe)).toBe(expected);
});

test.each([
  [ECHO, 'send-probe ip-4 10.0.0.1 ttl 64 timeout 2 protocol icmp size 84'],
  [{ ...ECHO, to: 'fd00::1', ttl: 3 }, 'send-probe ip-6 fd00::1 ttl 3 timeout 2 protocol icmp size 104'],
  [UDP, 'send-probe ip-4 10.0.0.1 ttl 3 timeout 2 protocol udp port 33434 local-port 61434 size 48'],
  [SYN, 'send-probe ip-4 10.0.0.1 ttl 3 timeout 2 protocol tcp port 443'],
  [{ ...ECHO, to: 'fe80::1%eth0' }, null],
  [{ ...ECHO, dontFragment: true }, null],
] as const)('mtr-packet for %j', (probe, expected) => {
  expect(mtrRequest(probe)).toBe(expected);
});
