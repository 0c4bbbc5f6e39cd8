import { expect, test } from 'vitest';
import { certificateFaults } from '../../../src/analysis/certificate/faults.ts';
import type { TlsEvidence } from '../../../src/evidence/tls.ts';
import { CERTIFICATE, NO_TLS, TLS } from '../service-evidence.ts';

const OLD = { ...CERTIFICATE, validTo: '2026-05-31T23:59:59.000Z' };
const YOUNG = { ...CERTIFICATE, validFrom: '2026-06-01T00:00:01.000Z' };
const ALIEN = { ...CERTIFICATE, names: ['other.example'] };
const EXPIRED = { trustError: 'CERT_HAS_EXPIRED', trusted: true } as const;
const UNKNOWN = { trustError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', trusted: false } as const;

test.each<readonly [string, Partial<TlsEvidence>, readonly string[]]>([
  ['nothing', {}, []],
  ['an old one', { certificates: [OLD], ...EXPIRED }, ['tls-certificate-expired']],
  ['a young one', { certificates: [YOUNG] }, ['tls-certificate-not-yet-valid']],
  ['one for another', { certificates: [ALIEN] }, ['tls-name-mismatch']],
  ['nobody vouches', UNKNOWN, ['tls-untrusted']],
  [
    'an old one in between',
    { certificates: [CERTIFICATE, OLD], chainLength: 2, ...EXPIRED },
    ['tls-certificate-expired'],
  ],
  ['an old one that nobody needed', { certificates: [CERTIFICATE, OLD], chainLength: 2 }, []],
  ['an old authority', EXPIRED, ['tls-untrusted']],
  ['an old one of nobody', { certificates: [OLD], ...UNKNOWN }, ['tls-untrusted', 'tls-certificate-expired']],
  [
    'all at once',
    { certificates: [{ ...ALIEN, validTo: OLD.validTo }], ...UNKNOWN },
    ['tls-name-mismatch', 'tls-untrusted', 'tls-certificate-expired'],
  ],
  ['dates that cannot be read', { certificates: [{ ...CERTIFICATE, validFrom: null, validTo: null }] }, []],
  ['no certificate', { certificates: [], chainLength: 0, trusted: null }, []],
])('%s', (_, change, codes) => {
  expect(certificateFaults({ ...TLS, ...change }).map(({ code }) => code)).toEqual(codes);
});

test('of a handshake that did not come about no certificate is judged', () => {
  expect(certificateFaults({ ...NO_TLS, state: 'silent', certificates: [OLD] })).toEqual([]);
});
