import fc from 'fast-check';
import { expect, test } from 'vitest';
import { neighbourByBsdTools, neighbourByWindowsTools } from '../../../src/system/host/neighbour-elsewhere.ts';
import { parseBsdArp, parseNdp } from '../../../src/system/host/route/arp.ts';
import { arpSection, parseWindowsNeighbours } from '../../../src/system/host/route/netsh.ts';
import type { Interfaces } from '../../../src/system/host/route/windows.ts';
import { printing } from '../engine/tools/tools-fake.ts';
import { fixture } from '../fixture.ts';

const signal = new AbortController().signal;
const ENTRY = {
  address: '10.9.0.2',
  netmask: '255.255.255.0',
  family: 'IPv4',
  mac: '02:00:00:00:00:02',
  internal: false,
  cidr: '10.9.0.2/24',
} as const;
const INTERFACES: Interfaces = { en0: [ENTRY], Ethernet: [ENTRY], utun4: [{ ...ENTRY, mac: '00:00:00:00:00:00' }] };

test.each([
  ['macos', '10.9.0.1', 'en0', 'stale'],
  ['macos', '10.9.0.9', 'en0', 'incomplete'],
  ['macos', '192.168.64.1', 'bridge100', 'permanent'],
  ['macos', '192.168.64.1', 'en0', 'none'],
  ['macos', '10.9.0.7', 'en0', 'none'],
  ['freebsd', '10.9.0.1', 'em0', 'stale'],
  ['freebsd', '10.9.0.2', 'em0', 'permanent'],
  ['freebsd', '10.9.0.9', 'em0', 'incomplete'],
])('arp of %s tells no more of %s on %s than %s: %s', (system, address, on, state) => {
  expect(parseBsdArp(fixture(`arp-${system}/entries`).stdout, address, on)).toBe(state);
});

test.each([
  ['macos', 'fd09:0:0:1::1', 'en0', 'reachable'],
  ['macos', 'fd09:0:0:1::2', 'en0', 'permanent'],
  ['macos', 'fd09:0:0:1::9', 'en0', 'incomplete'],
  ['macos', 'fe80::1%en0', 'en0', 'stale'],
  ['macos', 'fe80::1', 'lo0', 'permanent'],
  ['macos', 'fe80::9', 'en0', 'incomplete'],
  ['macos', 'fe80::7', 'en0', 'none'],
  ['freebsd', 'fd09:0:0:1::1', 'em0', 'delay'],
  ['freebsd', 'fd09:0:0:1::8', 'em0', 'probe'],
])('ndp of %s: the entry of %s on %s is %s', (system, address, on, state) => {
  expect(parseNdp(fixture(`ndp-${system}/entries`).stdout, address, on)).toBe(state);
});

test.each([
  ['netsh-en/neighbours', '10.9.0.1', 'reachable'],
  ['netsh-en/neighbours', '10.9.0.7', 'stale'],
  // It was unreachable once; whether it still is, is not known.
  ['netsh-en/neighbours', '10.9.0.8', 'stale'],
  ['netsh-en/neighbours', '10.9.0.9', 'incomplete'],
  ['netsh-en/neighbours', '224.0.0.22', 'permanent'],
  ['netsh-en/neighbours', '10.9.0.3', 'none'],
  ['netsh-en/neighbours-6', 'fe80::1%11', 'reachable'],
  ['netsh-en/neighbours-6', 'fe80::9', 'incomplete'],
  // In a language that is not known, the link-layer address tells.
  ['netsh-de/neighbours', '10.9.0.1', 'stale'],
  ['netsh-de/neighbours', '10.9.0.9', 'incomplete'],
])('%s: the entry of %s is %s', (name, address, state) => {
  expect(parseWindowsNeighbours(fixture(name).stdout, address)).toBe(state);
});

test.each(['en', 'de', 'ko'])('arp.exe that speaks %s: the entries of one interface, by its number', (language) => {
  const { stdout } = fixture(`arp-windows-${language}/entries`);
  const section = arpSection(stdout, '11');
  expect(section).not.toContain('02-00-00-00-00-99');
  expect(parseWindowsNeighbours(section, '10.9.0.1')).toBe('stale');
  expect(parseWindowsNeighbours(section, '10.9.0.7')).toBe('none');
  expect(arpSection(stdout, '5')).toBe('');
});

test('what is no table tells nothing, not even that there is no entry', () => {
  expect(parseBsdArp('arp: sysctl failed', '10.9.0.1', 'en0')).toBeNull();
  expect(parseBsdArp('', '10.9.0.1', 'en0')).toBe('none');
  expect(parseNdp('ndp: sysctl failed', 'fe80::1', 'en0')).toBeNull();
  expect(parseWindowsNeighbours(fixture('arp-windows-ko/none').stdout, '10.9.0.1')).toBeNull();
});

test('macOS and FreeBSD: each family by its tool, and a tunnel resolves nothing', async () => {
  const { run, ran } = printing({ 'arp -an': 'arp-macos/entries', 'ndp -an': 'ndp-macos/entries' });
  expect(await neighbourByBsdTools('10.9.0.1', 'en0', signal, run, INTERFACES)).toBe('stale');
  expect(await neighbourByBsdTools('fe80::1%en0', 'en0', signal, run, INTERFACES)).toBe('stale');
  expect(await neighbourByBsdTools('10.9.0.1', 'utun4', signal, run, INTERFACES)).toBe('noarp');
  expect(ran).toEqual(['arp -an', 'ndp -an']);
  expect(await neighbourByBsdTools('10.9.0.1', 'en0', signal, printing({}).run, INTERFACES)).toBeNull();
});

test('Windows: by netsh, and of IPv4 by arp where that fails', async () => {
  const common = { 'route print -4': 'route-print-ko/ipv4' };
  const netsh = printing({ ...common, 'netsh interface ipv4 show neighbors interface=11': 'netsh-en/neighbours' });
  expect(await neighbourByWindowsTools('10.9.0.9', 'Ethernet', signal, netsh.run, INTERFACES)).toBe('incomplete');
  const arp = printing({ ...common, 'arp -a': 'arp-windows-ko/entries' });
  expect(await neighbourByWindowsTools('10.9.0.1', 'Ethernet', signal, arp.run, INTERFACES)).toBe('stale');
  expect(await neighbourByWindowsTools('fe80::1', 'Ethernet', signal, arp.run, INTERFACES)).toBeNull();
  expect(await neighbourByWindowsTools('10.9.0.1', 'Ethernet', signal, printing({}).run, INTERFACES)).toBeNull();
});

test('no output makes a parser throw', () => {
  const part = fc.oneof(
    fc.string(),
    fc.constantFrom('? (10.9.0.1) at ', '(incomplete)', ' on en0', 'constructor', '\n', 'Neighbor ', 'fe80::1%en0 '),
    fc.constantFrom(' --- 0xb', '02-00-00-00-00-01 ', '__proto__', '10.9.0.1 '),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      const states = [
        parseBsdArp(text, '10.9.0.1', 'en0'),
        parseNdp(`Neighbor\n${text}`, 'fe80::1', 'en0'),
        parseWindowsNeighbours(text, '10.9.0.1'),
        parseWindowsNeighbours(arpSection(text, '11'), '10.9.0.1'),
      ];
      for (const state of states) expect(state ?? 'none').toMatch(/^[a-z]+$/u);
    }),
  );
});
