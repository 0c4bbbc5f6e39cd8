import type { FindingCode } from '../../domain/finding-code.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import type { Context } from '../context.ts';
import { read } from '../read.ts';
import { readWitness } from '../witness/witness.ts';

/**
 * Diagnoses of silence or refusal, of which the kernel that dropped or refused can say more: what it did with the packet,
 * or that none came.
 */
const WATCHED: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'local-firewall',
  'icmp-filtered',
  'host-silent',
  'path-blackhole',
  'firewall-blocks-port',
  'port-rejected',
  'port-filtered',
  'udp-open-or-filtered',
]);

/** Whether a machine is to be watched for what the walk has come to. */
export function isWorthWatching(code: FindingCode): boolean {
  return WATCHED.has(code);
}

/** The cause that a kernel told, in place of the silence that the walk came to. */
export function witnessedCause(code: FindingCode, evidence: Evidence, context: Context): FindingCode {
  // What kept a probe in never came to anybody.
  if (!WATCHED.has(code) || code === 'local-firewall') return code;
  switch (readWitness(evidence).outcome) {
    case 'reverse-path':
      return 'reverse-path-filtered';
    case 'conntrack-full':
      return 'conntrack-full';
    case 'no-way-back':
    case 'answer-lost':
      return 'return-path-broken';
    case 'dropped':
      return read('sockets', evidence, context).outcome === 'listening' ? 'firewall-blocks-port' : code;
    case 'never-arrived':
    case 'arrived':
    case 'passed':
    case 'unseen':
      return code;
  }
}
