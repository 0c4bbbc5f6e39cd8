import { expect, test } from 'vitest';
import type { FindingCode } from '../../../src/domain/finding-code.ts';
import type { Verdict, Where } from '../../../src/domain/verdict.ts';
import type { Report } from '../../../src/evidence/report/report.ts';
import { compare } from '../../../src/session/live/compare.ts';
import { HEALTHY } from '../../report/reports.ts';

function seen(
  from: string,
  verdict: Verdict,
  code: FindingCode,
  where: Where | null = null,
  address = '10.0.0.5',
): Report {
  const target = { ...HEALTHY.target, host: 'db', address };
  return { ...HEALTHY, from, verdict, target, diagnosis: { ...HEALTHY.diagnosis, code, where } };
}

const OPEN = seen('ssh://app2', 'healthy', 'port-open');
const UNASKED: Report = { ...OPEN, notChecked: [{ code: 'tls-untrusted', reason: 'not-permitted' }] };
const at = (address: string): Where => ({ hop: 2, address });

test.each([
  [
    'a rule lets only one of them in',
    seen('local', 'fault', 'port-filtered'),
    OPEN,
    /works: the firewall between this machine/,
  ],
  ['the way of one is broken', seen('local', 'fault', 'path-blackhole'), OPEN, /fault is on the way from this machine/],
  [
    'the other one had not been asked for what is wrong',
    seen('local', 'fault', 'tls-untrusted'),
    UNASKED,
    /^From ssh:\/\/app2 the port is open, .*tls-untrusted.*was not looked at/,
  ],
  [
    'one is cut off itself',
    seen('local', 'fault', 'no-network'),
    OPEN,
    /on the side of this machine itself \(no-network\)/,
  ],
  [
    'only the other one fails',
    OPEN,
    seen('ssh://b', 'fault', 'port-rejected'),
    /^From ssh:\/\/app2 it works: .*ssh:\/\/b/,
  ],
  ['both work', seen('local', 'healthy', 'port-open'), OPEN, /works from this machine as well as from ssh:\/\/app2/],
  [
    'one of them works badly',
    seen('local', 'healthy', 'port-open'),
    seen('ssh://b', 'degraded', 'packet-loss'),
    /otherwise: packet-loss/,
  ],
  [
    'both fail alike',
    seen('local', 'fault', 'port-closed'),
    seen('ssh://b', 'fault', 'port-closed'),
    /^Both meet the same fault/,
  ],
  [
    'both fail elsewhere',
    seen('local', 'fault', 'port-rejected', at('10.0.0.1')),
    seen('ssh://b', 'fault', 'port-rejected', at('10.0.0.2')),
    /different ways: .*10\.0\.0\.1.*10\.0\.0\.2/,
  ],
  [
    'one saw nothing',
    seen('local', 'inconclusive', 'not-permitted'),
    OPEN,
    /From this machine nothing could be decided/,
  ],
  [
    'the name is another',
    seen('local', 'fault', 'port-closed', null, '10.0.0.9'),
    OPEN,
    /different addresses: the name gives 10\.0\.0\.9/,
  ],
])('%s', (_, first, other, meaning) => {
  expect(compare(first, [other], 'en').meanings).toEqual([expect.stringMatching(meaning)]);
  expect(compare(first, [other], 'ko').meanings[0]).toMatch(/[가-힣]/);
});
