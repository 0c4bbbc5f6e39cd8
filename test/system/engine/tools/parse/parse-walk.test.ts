import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Family } from '../../../../../src/domain/address.ts';
import type { WalkLine } from '../../../../../src/system/engine/tools/parse/parse-walk.ts';
import type { ToolReading } from '../../../../../src/system/engine/tools/parse/reading.ts';
import { readTracepathLine } from '../../../../../src/system/engine/tools/parse/tracepath.ts';
import { readTracertLine } from '../../../../../src/system/engine/tools/parse/tracert.ts';
import { fixture } from '../../../fixture.ts';

type Read = (line: string, family: Family) => WalkLine | null;

const hop = (from: string, rttMs: number): ToolReading => ({ kind: 'from', from, rttMs });
const error = (from: string, type: number, code: number, rttMs: number | null = null): ToolReading => ({
  kind: 'error',
  from,
  icmp: { type, code },
  rttMs,
  mtu: null,
});
const SILENT: ToolReading = { kind: 'silent' };
const UNNAMED: ToolReading = { kind: 'unnamed' };
const THREE = [SILENT, SILENT, SILENT];
const at = (ttl: number, ...readings: readonly ToolReading[]): WalkLine => ({ ttl, readings });

function walk(name: string, read: Read): readonly WalkLine[] {
  const family: Family = name.endsWith('6') ? 6 : 4;
  return fixture(name)
    .stdout.split('\n')
    .flatMap((line) => read(line, family) ?? []);
}

test.each([
  [
    'reached',
    [
      at(1, hop('10.9.0.1', 0.099)),
      at(2, hop('10.9.1.1', 0.035)),
      at(3, hop('10.9.2.1', 0.027)),
      at(4, error('10.9.3.1', 3, 3, 0.032)),
    ],
  ],
  [
    'reached-6',
    [
      at(1, hop('fd09::1', 0.116)),
      at(2, hop('fd09:0:0:1::1', 0.049)),
      at(3, hop('fd09:0:0:2::1', 0.048)),
      at(4, error('fd09:0:0:3::1', 1, 4, 0.061)),
    ],
  ],
  // Host unreachable and prohibition are one letter of IPv4.
  ['prohibited', [at(1, hop('10.9.0.1', 0.057)), at(2, UNNAMED)]],
  ['prohibited-6', [at(1, hop('fd09::1', 0.067)), at(2, error('fd09:0:0:1::1', 1, 1, 0.019))]],
  ['no-route-6', [at(1, hop('fd09::1', 0.087)), at(2, error('fd09:0:0:1::1', 1, 0, 0.028))]],
  ['refused', [at(1, { kind: 'local-error', code: 'EIO', mtu: null })]],
  [
    'silent-hop-6',
    [
      at(1, hop('fd09::1', 0.071)),
      at(2, ...THREE),
      at(3, hop('fd09:0:0:2::1', 0.098)),
      at(4, ...THREE),
      at(5, ...THREE),
    ],
  ],
  // Of a packet that was too big it says so, and asks again with a smaller one.
  ['unreachable', [at(1, hop('10.9.0.1', 0.062)), at(1, hop('10.9.0.1', 0.006)), at(2, UNNAMED)]],
] as const)('tracepath/%s is read hop by hop', (name, expected) => {
  expect(walk(`tracepath/${name}`, readTracepathLine)).toEqual(expected);
});

test('an error that comes late is told beside the silence', () => {
  const lines = walk('tracepath/late-error', readTracepathLine).filter(({ ttl }) => ttl === 4);
  expect(lines).toEqual([at(4, ...THREE), at(4, UNNAMED)]);
});

test.each([
  [' 2:  10.9.1.1   0.5ms asymm  4 ', at(2, hop('10.9.1.1', 0.5))],
  [' 2:  10.9.1.1   (This broken router returned corrupted payload) ', at(2, error('10.9.1.1', 11, 0))],
  [' 4?: reply received 8)', at(4, UNNAMED)],
  [' 1?: [LOCALHOST]                      pmtu 1300', null],
  ['     Resume: pmtu 1300 hops 3 back 3 ', null],
  [' 999:  10.9.1.1   0.5ms', null],
])('the line %j of tracepath', (line, expected) => {
  expect(readTracepathLine(line, 4)).toEqual(expected);
});

test.each(['en', 'de', 'ko'])('the tracert of a Windows that speaks %s is read by its places', (language) => {
  expect(walk(`tracert-${language}/reached`, readTracertLine)).toEqual([
    at(1, hop('10.9.0.1', 1), hop('10.9.0.1', 1), hop('10.9.0.1', 1)),
    at(2, hop('10.9.1.1', 57), hop('10.9.1.1', 39), SILENT),
    at(3, ...THREE),
    at(4, hop('10.9.3.1', 12), hop('10.9.3.1', 11), hop('10.9.3.1', 12)),
  ]);
  expect(walk(`tracert-${language}/unreachable`, readTracertLine).at(-1)).toEqual(at(2, error('10.9.1.1', 3, 1)));
});

test('tracert: who reports an error is no hop, and in words that are not known it has no name', () => {
  expect(walk('tracert-en/unreachable-late', readTracertLine)).toEqual([
    at(1, SILENT, SILENT, error('10.9.0.2', 3, 1)),
  ]);
  expect(readTracertLine('  2  10.9.1.1  rapports : Impossible de joindre.', 4)).toEqual(at(2, UNNAMED));
  expect(walk('tracert-en/reached-6', readTracertLine)).toHaveLength(2);
});

test.each(['de', 'ko'])('a code page that was taken for another one changes no hop (%s)', (language) => {
  const mangled = fixture(`tracert-${language}/reached`).stdout.replace(/[^\n\r\u0020-\u007e]/gu, '\ufffd');
  const read = mangled.split('\n').flatMap((line) => readTracertLine(line, 4) ?? []);
  expect(read).toEqual(walk(`tracert-${language}/reached`, readTracertLine));
});

test('tracert: the unit of another language is no obstacle, and a name gives its address', () => {
  expect(readTracertLine('  1    <1 мс    <1 мс     2 мс  router.example [10.9.0.1]', 4)).toEqual(
    at(1, hop('10.9.0.1', 1), hop('10.9.0.1', 1), hop('10.9.0.1', 2)),
  );
});

test('no line makes a reader throw, and what it reads is bounded', () => {
  const part = fc.oneof(
    fc.string(),
    fc.constantFrom(
      ' 1:  ',
      ' 1  ',
      '10.0.0.1',
      '  0.1ms',
      ' !H',
      ' *  ',
      '<1 ms  ',
      'reached',
      'no reply',
      'pmtu 1',
      '[fe80::1]',
    ),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), fc.constantFrom<Family>(4, 6), (parts, family) => {
      for (const read of [readTracepathLine, readTracertLine]) {
        const line = read(parts.join(''), family);
        if (line === null) continue;
        expect(line.ttl).toBeGreaterThanOrEqual(1);
        expect(line.ttl).toBeLessThanOrEqual(255);
        expect(line.readings.length).toBeLessThanOrEqual(3);
      }
    }),
  );
});
