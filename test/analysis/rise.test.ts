import { expect, test } from 'vitest';
import type { Onset } from '../../src/analysis/loss/onset.ts';
import { onsetOfRise } from '../../src/analysis/rise.ts';
import { hopsOf } from './hops-of.ts';

const UNKNOWN = { kind: 'unknown' } as const;

test.each<readonly [string, readonly (number | null)[], Onset]>([
  ['no rise', [1, 5, 9], UNKNOWN],
  ['a rise that stays', [1, 5, 250, 252], { kind: 'at', hop: 3, address: '10.0.3.1' }],
  ['a step that disappears behind the hop', [1, 400, 9], UNKNOWN],
  ['a slow hop before the rise', [1, 400, 9, 260, 258], { kind: 'at', hop: 4, address: '10.0.4.1' }],
  ['a slow hop just before the rise may be the rise', [1, 300, 260], { kind: 'at', hop: 2, address: '10.0.2.1' }],
  ['a slow first hop', [210, 212], { kind: 'at', hop: 1, address: '10.0.1.1' }],
  ['a rise at the target', [1, 2, 300], { kind: 'at', hop: 3, address: '10.0.3.1' }],
  ['a rise behind a silent hop', [1, null, 300], { kind: 'between', first: 2, last: 3 }],
  ['a rise behind two silent hops in the middle', [1, 2, null, null, 300, 301], { kind: 'between', first: 3, last: 5 }],
  ['a silent hop before the rise', [null, 1, 300], { kind: 'at', hop: 3, address: '10.0.3.1' }],
  ['a silent hop behind the rise', [1, 300, null, 301], { kind: 'at', hop: 2, address: '10.0.2.1' }],
  ['every hop but the target silent', [null, null, 300], UNKNOWN],
  ['many small rises', [90, 180, 270, 360], UNKNOWN],
  ['two rises of which none is most of it', [1, 250, 251, 510, 760], UNKNOWN],
  ['nobody answered', [null, null], UNKNOWN],
])('rise: %s', (_, values, onset) => {
  expect(onsetOfRise(hopsOf(values.map(() => [0, 0])), values, 200)).toEqual(onset);
});
