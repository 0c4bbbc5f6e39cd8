import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alternativesTo, confidenceOf } from '../../../src/analysis/codes/alternatives.ts';
import { ALL_CODES, type FindingCode } from '../../../src/domain/finding-code.ts';
import type { Evidence, EvidenceName } from '../../../src/evidence/kinds.ts';
import type { Report } from '../../../src/evidence/report/report.ts';
import { contextOf, reports } from './corpus.ts';

/** What has to be looked at before a code may be certain: of each group one kind at the least. */
const DECIDING: { readonly [C in FindingCode]?: readonly (readonly EvidenceName[])[] } = {
  reachable: [['ping']],
  'port-open': [['connect']],
  'no-network': [['route']],
  'local-firewall': [['ping', 'connect', 'resolve']],
  'local-ports-exhausted': [['route']],
  'gateway-unreachable': [['route']],
  'name-not-found': [['resolve']],
  'name-no-address': [['resolve']],
  'resolver-unreachable': [['resolve']],
  'resolver-failure': [['resolve']],
  'name-sinkholed': [['resolve']],
  'resolver-slow': [['resolve']],
  'no-route': [['route', 'connect', 'ping']],
  'ipv6-broken': [['ping', 'connect']],
  'ipv4-broken': [['ping', 'connect']],
  'partly-reachable': [['flows', 'connect', 'ping']],
  'neighbour-unreachable': [['route']],
  'host-unreachable': [['ping', 'connect']],
  'admin-prohibited': [['ping', 'connect', 'trace', 'portTrace']],
  'icmp-filtered': [['ping'], ['connect']],
  'routing-loop': [['trace', 'portTrace']],
  'packet-loss': [['ping']],
  'path-mtu-blackhole': [['mtu', 'tls', 'http']],
  'not-listening': [['sockets']],
  'listening-on-loopback': [['sockets']],
  'listening-on-other-address': [['sockets']],
  'listening-other-family': [['sockets']],
  'accept-queue-full': [['sockets']],
  'firewall-blocks-port': [['sockets'], ['connect', 'ping']],
  'forwarded-port-fails': [['portTrace', 'connect']],
  'port-rejected': [['connect']],
  'port-closed': [['connect']],
  'port-filtered': [['portTrace', 'flows']],
  'reply-from-other-address': [['flows', 'connect']],
  'connect-retried': [['flows', 'connect']],
  'reverse-path-filtered': [['witness']],
  'conntrack-full': [['witness']],
  'return-path-broken': [['witness']],
  'connection-stalled': [['ping'], ['sockets']],
  'answered-on-the-way': [['portTrace']],
  'connection-dropped': [['sockets']],
  'udp-port-closed': [['connect']],
  'tls-handshake-failed': [['tls']],
  'tls-certificate-expired': [['http']],
  'tls-certificate-not-yet-valid': [['http']],
  'tls-name-mismatch': [['tls']],
  'tls-untrusted': [['tls']],
  'http-error': [['http']],
  'service-slow': [['ping']],
};

/** Something always looks the same that nothing excludes. */
const NEVER_CERTAIN: readonly FindingCode[] = [
  'local-network-overlap',
  'tunnel-silent',
  'address-conflict',
  'network-unreachable',
  'host-silent',
  'path-blackhole',
  'path-flow-dependent',
  'udp-open-or-filtered',
  'service-silent',
];

/** What it is called is what was seen, and no more is claimed. */
const AS_SEEN: readonly FindingCode[] = [
  'name-from-hosts-file',
  'name-from-search-list',
  'resolvers-disagree',
  'proxy-configured',
  'proxy-fails',
  'high-latency',
  'high-jitter',
  'duplicate-replies',
  'path-mtu-reduced',
  'hop-loss-harmless',
  'multipath',
  'not-permitted',
  'deadline',
];

/** Evidence of real runs, put together from several. */
const someEvidence = fc
  .tuple(fc.nat(reports.length - 1), fc.array(fc.tuple(fc.nat(reports.length - 1), fc.nat(20)), { maxLength: 6 }))
  .map(([own, picks]) => {
    const report = reports[own] as Report;
    const mixed: Record<string, unknown> = { ...report.evidence };
    for (const [other, kind] of picks) {
      const entries = Object.entries(reports[other]?.evidence ?? {});
      const [name, value] = entries[kind % Math.max(1, entries.length)] ?? [];
      if (name !== undefined) mixed[name] = value;
    }
    return { evidence: mixed as Evidence, context: contextOf(report) };
  });

test('of every code it is known what decides', () => {
  const named = [...Object.keys(DECIDING), ...NEVER_CERTAIN, ...AS_SEEN];
  expect(named.sort()).toEqual([...ALL_CODES].sort());
});

test.each(Object.entries(DECIDING))('%s is not certain where what decides was not looked at', (code, groups) => {
  fc.assert(
    fc.property(someEvidence, fc.constantFrom(...groups), ({ evidence, context }, group) => {
      const kept = Object.entries(evidence).filter(([name]) => !group.includes(name as EvidenceName));
      const left = alternativesTo(code as FindingCode, Object.fromEntries(kept), context);
      expect(confidenceOf(left)).not.toBe('certain');
    }),
    { numRuns: 300 },
  );
});

test.each(NEVER_CERTAIN)('%s is never certain', (code) => {
  fc.assert(
    fc.property(someEvidence, ({ evidence, context }) => {
      expect(confidenceOf(alternativesTo(code, evidence, context))).not.toBe('certain');
    }),
    { numRuns: 300 },
  );
});
