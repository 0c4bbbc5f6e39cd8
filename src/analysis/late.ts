import type { OutcomeOf } from '../domain/outcome.ts';
import type { Reading } from '../domain/reading.ts';
import type { LateEcho, PingEvidence } from '../evidence/ping.ts';

/** Reads the last word: the one echo that was given the three seconds a router takes to miss a host (RFC 1122 2.3.2.1, RFC 1812 5.2.7.1). */
export function readLate(ping: PingEvidence | undefined): Reading<'late'> {
  const late = ping?.late;
  const from = late?.error?.from ?? null;
  return {
    outcome: outcomeOf(late),
    where: from === null ? null : { hop: null, address: from },
    confidence: 'certain',
  };
}

function outcomeOf(late: LateEcho | undefined): OutcomeOf<'late'> {
  if (late === undefined) return 'unavailable';
  if (late.rttMs !== null) return 'answers';
  switch (late.error?.kind) {
    case 'host-unreachable':
    case 'other-unreachable':
      return 'host-unreachable';
    case 'network-unreachable':
      return 'network-unreachable';
    case 'prohibited':
      return 'prohibited';
    case 'port-unreachable':
    case 'protocol-unreachable':
    case 'packet-too-big':
    case 'time-exceeded':
    case 'parameter-problem':
    case undefined:
      return 'nothing';
  }
}
