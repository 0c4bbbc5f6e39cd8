import { expect, test } from 'vitest';
import { matchName } from '../../../src/analysis/certificate/name.ts';
import { CERTIFICATE } from '../service-evidence.ts';

test.each([
  ['www.example', ['www.example'], 'matches'],
  ['WWW.example', ['www.EXAMPLE'], 'matches'],
  ['www.example', ['other.example', 'www.example.'], 'matches'],
  ['www.example.org', ['*.example.org'], 'matches'],
  // One label, the whole of it, and the first only (RFC 9525 6.3).
  ['a.b.example.org', ['*.example.org'], 'differs'],
  ['example.org', ['*.example.org'], 'differs'],
  ['www.example.org', ['w*.example.org'], 'differs'],
  ['www.example.org', ['www.*.org'], 'differs'],
  ['www.example.org', ['*'], 'differs'],
  ['example.org', ['*.org'], 'differs'],
  ['example.org.evil.example', ['example.org'], 'differs'],
  ['.example.org', ['*.example.org'], 'differs'],
] as const)('%s by %j: %s', (name, names, expected) => {
  expect(matchName({ ...CERTIFICATE, names, commonName: null }, name, '192.0.2.7')).toBe(expected);
});

test('an address counts only as an address', () => {
  const named = { ...CERTIFICATE, names: ['192.0.2.7'], commonName: '192.0.2.7' };
  expect(matchName(named, null, '192.0.2.7')).toBe('differs');
  expect(matchName({ ...named, addresses: ['192.0.2.7'] }, null, '192.0.2.7')).toBe('matches');
  expect(matchName({ ...named, addresses: ['fe80::1'] }, null, 'fe80::1%eth0')).toBe('matches');
});

test('the common name counts, and is told apart, only where there is no other name', () => {
  const bare = { ...CERTIFICATE, names: [], commonName: 'www.example' };
  expect(matchName(bare, 'www.example', '192.0.2.7')).toBe('common-name');
  expect(matchName({ ...bare, names: ['other.example'] }, 'www.example', '192.0.2.7')).toBe('differs');
  expect(matchName({ ...bare, addresses: ['192.0.2.7'] }, 'www.example', '192.0.2.7')).toBe('differs');
});
