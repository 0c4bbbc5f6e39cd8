import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Family } from '../../../../../src/domain/address.ts';
import { readWindowsPing } from '../../../../../src/system/engine/tools/parse/ping-windows.ts';
import type { ToolReading } from '../../../../../src/system/engine/tools/parse/reading.ts';
import { fixture } from '../../../fixture.ts';

const reply = (from: string, rttMs: number, replyTtl: number | null): ToolReading => ({
  kind: 'reply',
  from,
  rttMs,
  replyTtl,
});
const error = (from: string, type: number, code: number): ToolReading => ({
  kind: 'error',
  from,
  icmp: { type, code },
  rttMs: null,
  mtu: null,
});
const refused = (code: string): ToolReading => ({ kind: 'local-error', code, mtu: null });

test.each([
  ['en/reply', reply('10.9.2.1', 5, 62)],
  // Less than a millisecond: the bound is told.
  ['en/reply-fast', reply('10.9.2.1', 1, 128)],
  ['en/reply-6', reply('fd09:0:0:3::1', 3, null)],
  ['en/silent', { kind: 'silent' }],
  ['en/expired', error('10.9.0.1', 11, 0)],
  ['en/host-unreachable', error('10.9.1.1', 3, 1)],
  ['en/net-unreachable', error('10.9.0.1', 3, 0)],
  ['en/too-big', error('10.9.0.1', 3, 4)],
  ['en/too-big-local', refused('EMSGSIZE')],
  ['en/failure', refused('EIO')],
  ['de/reply', reply('10.9.2.1', 3, 64)],
  ['de/silent', { kind: 'silent' }],
  ['de/expired', error('134.108.11.254', 11, 0)],
  ['de/host-unreachable', error('10.9.1.1', 3, 1)],
  ['de/too-big-local', refused('EMSGSIZE')],
  ['de/failure', refused('EIO')],
  ['ko/reply', reply('10.9.2.1', 38, 52)],
  ['ko/reply-6', reply('2400:a0a0:1015:5002::15', 3, null)],
  ['ko/silent', { kind: 'silent' }],
  ['ko/host-unreachable', error('172.20.25.30', 3, 1)],
  ['ko/failure', refused('EIO')],
] as const satisfies readonly (readonly [string, ToolReading])[])('%s is read', (name, expected) => {
  expect(readWindowsPing(fixture(`windows-ping-${name}`).stdout, name.endsWith('6') ? 6 : 4)).toEqual(expected);
});

test.each(['de/reply', 'de/silent', 'de/expired', 'de/too-big-local', 'ko/reply', 'ko/silent'])(
  'a code page that was taken for another one changes nothing that counts in %s',
  (name) => {
    const { stdout } = fixture(`windows-ping-${name}`);
    const mangled = stdout.replace(/[^\n\r\u0020-\u007e]/gu, '\ufffd');
    expect(readWindowsPing(mangled, 4)).toEqual(readWindowsPing(stdout, 4));
  },
);

test('an error in a language that is not known here is an error, and not silence', () => {
  const statistics = 'Pacchetti: Trasmessi = 1, Ricevuti = 1, Persi = 0 (0% persi),';
  expect(readWindowsPing(`Risposta da 10.0.0.1: TTL scaduto durante il passaggio.\n\n${statistics}`, 4)).toEqual({
    kind: 'unnamed',
  });
});

test('no output makes it throw', () => {
  const part = fc.oneof(
    fc.string(),
    fc.constantFrom('10.0.0.1', ': ', '=1ms', 'TTL=', '300', ' = 1', ',', '\r\n', 'fe80::1%12'),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), fc.constantFrom<Family>(4, 6), (parts, family) => {
      expect(readWindowsPing(parts.join(''), family).kind).toMatch(/^[a-z-]+$/u);
    }),
  );
});
