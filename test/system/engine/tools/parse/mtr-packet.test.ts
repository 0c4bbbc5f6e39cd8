import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMtrLine } from '../../../../../src/system/engine/tools/parse/mtr-packet.ts';
import { fixture } from '../../../fixture.ts';

test('what mtr-packet 0.95 says is read line by line', () => {
  const lines = fixture('mtr-packet/replies').stdout.trim().split('\n').map(readMtrLine);
  expect(lines.map((line) => line && [line.token, line.kind, line.from, line.rttMs, line.support])).toEqual([
    [1, 'feature-support', null, null, '0.95'],
    [2, 'feature-support', null, null, 'ok'],
    [6, 'permission-denied', null, null, null],
    [8, 'invalid-argument', null, null, null],
    [9, 'unknown-command', null, null, null],
    [0, 'command-parse-error', null, null, null],
    [3, 'reply', '10.9.2.1', 0.18, null],
    [4, 'ttl-expired', '10.9.0.1', 0.133, null],
    [5, 'no-route', '10.9.1.1', 0.117, null],
    [7, 'reply', 'fd09:0:0:3::1', 0.077, null],
    [10, 'no-reply', null, null, null],
  ]);
});

test('labels of MPLS come in fours (mtr-packet(8))', () => {
  const line = '11 ttl-expired ip-4 10.0.0.1 round-trip-time 1500 mpls 16001,0,0,1,24,5,1,254';
  expect(readMtrLine(line)).toMatchObject({
    mpls: [
      { label: 16_001, trafficClass: 0, bottom: false, ttl: 1 },
      { label: 24, trafficClass: 5, bottom: true, ttl: 254 },
    ],
  });
});

test.each(['', 'reply ip-4 10.0.0.1', '1', '1 reply\u001b[2J'])('%j is no line of it', (line) => {
  expect(readMtrLine(line)).toBeNull();
});

test('no line makes it throw', () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom('1', 'reply', 'ip-4', '10.0.0.1', 'round-trip-time', '99', 'mpls', '1,2,3,4'),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 20 }), (words) => {
      const line = readMtrLine(words.join(' '));
      expect(line === null || Number.isSafeInteger(line.token)).toBe(true);
    }),
  );
});
