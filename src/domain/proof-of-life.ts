import { withoutZone } from './address.ts';
import type { ConnectAttempt } from './evidence.ts';

/**
 * Whether the attempt proves the machine at its address up: it accepted, it reset, or it said itself that the port is
 * unreachable. What another machine says in its place proves nothing about it.
 */
export function isProofOfLife(attempt: ConnectAttempt): boolean {
  const { state, protocol, icmp } = attempt;
  const saidItself = icmp?.kind === 'port-unreachable' && withoutZone(icmp.from) === withoutZone(attempt.address);
  switch (state) {
    case 'open':
      return true;
    case 'closed':
      return protocol === 'tcp' ? icmp === null || saidItself : saidItself;
    case 'rejected':
      return saidItself;
    case 'filtered':
    case 'unreachable':
    case 'local-error':
      return false;
  }
}
