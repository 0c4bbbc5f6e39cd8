import { expect, test } from 'vitest';
import { stalledSegments } from '../../src/analysis/segments.ts';
import type { SegmentTrial } from '../../src/domain/service-evidence.ts';
import type { Evidence } from '../../src/evidence/kinds.ts';
import type { TlsEvidence } from '../../src/evidence/tls.ts';

const STALLED: SegmentTrial = {
  segmentBytes: 536,
  small: { tried: 2, answered: 2 },
  usual: { tried: 2, answered: 0 },
};

function seen(segments: SegmentTrial | undefined, more: Partial<TlsEvidence> = {}): Evidence {
  return { tls: { state: 'silent', acknowledged: null, ...(segments && { segments }), ...more } as TlsEvidence };
}

test.each([
  [true, 'back'],
  [false, 'there'],
  [null, 'unknown'],
] as const)('what was sent is acknowledged: %s, so large segments are lost: %s', (acknowledged, direction) => {
  expect(stalledSegments(seen(STALLED, { acknowledged }))).toEqual({ trial: STALLED, direction });
});

test.each([
  ['nothing was tried', undefined],
  ['one small connection is chance', { ...STALLED, small: { tried: 1, answered: 1 } }],
  ['one ordinary connection is chance', { ...STALLED, usual: { tried: 1, answered: 0 } }],
  ['a small one stalls as well', { ...STALLED, small: { tried: 2, answered: 1 } }],
  ['an ordinary one is answered', { ...STALLED, usual: { tried: 2, answered: 1 } }],
] as const)('%s', (_, segments) => {
  expect(stalledSegments(seen(segments))).toBeNull();
});

test('a handshake that was cut short shows nothing', () => {
  expect(stalledSegments(seen(STALLED, { cutShort: true }))).toBeNull();
});
