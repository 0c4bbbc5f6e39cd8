import { expect, test } from 'vitest';
import { ALL_CODES, type FindingCode } from '../../src/domain/finding-code.ts';
import { FAULTS } from './faults.ts';
import { judged, netwhy } from './kit/netwhy.ts';

// One real fault for every code, as root and with the best engine: what `npm test` runs of the lab.

/** Codes without a network in the table of faults, and the file that has one. */
const ELSEWHERE: Readonly<Partial<Record<FindingCode, string>>> = {
  multipath: 'trace.test.ts: needs a router that balances',
  'hop-loss-harmless': 'healthy.test.ts: shows beside another diagnosis',
  'tls-certificate-expired': 'service.test.ts: needs a certificate of another date',
  'tls-certificate-not-yet-valid': 'service.test.ts: needs a certificate of another date',
  'not-permitted': 'bare-root.test.ts: needs a machine that allows nothing',
  deadline: 'deadline.test.ts: needs a deadline shorter than the evidence takes',
  'address-conflict': 'machine-links.test.ts',
  'local-network-overlap': 'machine-links.test.ts',
  'tunnel-silent': 'machine-links.test.ts',
  'name-sinkholed': 'name-faults.test.ts',
  'name-from-search-list': 'name-faults.test.ts',
  'resolvers-disagree': 'name-faults.test.ts',
  'resolver-slow': 'name-faults.test.ts',
  'proxy-configured': 'service-answers.test.ts',
  'proxy-fails': 'service-answers.test.ts',
  'service-silent': 'service-answers.test.ts',
  'service-slow': 'service-answers.test.ts',
  'path-flow-dependent': 'attempts.test.ts',
  'reply-from-other-address': 'attempts.test.ts',
  'connect-retried': 'attempts.test.ts',
  'connection-stalled': 'attempts.test.ts',
  'answered-on-the-way': 'attempts.test.ts',
  'forwarded-port-fails': 'forwarded.test.ts',
  'reverse-path-filtered': 'witness.test.ts: needs somebody who looks at the target',
  'conntrack-full': 'witness.test.ts: needs somebody who looks at the target',
  'return-path-broken': 'witness.test.ts: needs somebody who looks at the target',
};

const first = ALL_CODES.flatMap((code) => FAULTS.find((fault) => fault.code === code) ?? []);

test('every code has a real fault, here or where it is said', () => {
  const missing = ALL_CODES.filter((code) => !FAULTS.some((fault) => fault.code === code) && !(code in ELSEWHERE));
  expect(missing).toEqual([]);
  expect(Object.keys(ELSEWHERE).filter((code) => FAULTS.some((fault) => fault.code === code))).toEqual([]);
});

test.each(first.map((fault) => [fault.code, fault] as const))('%s', async (code, fault) => {
  const { on, ask } = await fault.build();
  const { report } = judged(await netwhy(on, ['check', ...ask, '--json']));
  const found = report.findings.map((finding) => finding.code);
  expect(found, `npm run lab -- '${code}: ${fault.name}' builds the network again`).toContain(code);
});
