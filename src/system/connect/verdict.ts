import { type IpAddress, withoutZone } from '../../domain/address.ts';
import type { ConnectAttempt } from '../../domain/evidence.ts';
import type { IcmpError } from '../../domain/icmp-error.ts';

/** How one attempt ended: the part of a `ConnectAttempt` that says what came back. */
export type Ending = Pick<ConnectAttempt, 'state' | 'error' | 'icmp' | 'dropped'>;

/** What was seen of an attempt that did not open. */
export type Seen = {
  readonly protocol: 'tcp' | 'udp';
  readonly address: IpAddress;
  /** errno name with which the kernel ended the attempt; null where it did not. */
  readonly errno: string | null;
  /** The last ICMP error that quoted our packet. */
  readonly heard: IcmpError | null;
  /** errno name with which the kernel refuses any packet to the address (no route and the like); null where it has a route. */
  readonly routeRefusal: string | null;
  /** Whether an address is this machine's own. */
  readonly owns: (address: IpAddress) => boolean;
};

/** What the errno of a failed attempt and the ICMP error that was heard beside it mean together (RFC 1122 4.2.3.9, RFC 4443 3.1). */
export function endingOf(seen: Seen): Ending {
  const { errno, heard } = seen;
  if (errno === 'ECONNRESET' || errno === 'EPIPE') return ending('open', { dropped: 'reset' });
  if (errno === 'ECONNREFUSED' && !isFinal(heard)) return ending('closed', { error: errno });
  if (heard !== null) return heardEnding(heard, seen);
  switch (errno) {
    case null:
      return ending('filtered', {});
    case 'ETIMEDOUT':
      return ending('filtered', { error: errno });
    // An ICMP error that nobody heard; a router that forbids gives EACCES only in IPv6, ENOPROTOOPT is 3/2.
    case 'EACCES':
      // In IPv4 it is a prohibit route of this machine, which may be one for TCP alone (ip-rule(8)).
      if (seen.protocol === 'tcp' && !seen.address.includes(':')) return ending('local-error', { error: errno });
      return ending(seen.routeRefusal === null ? 'rejected' : 'local-error', { error: seen.routeRefusal ?? errno });
    case 'ENOPROTOOPT':
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
      if (seen.routeRefusal !== null) return ending('local-error', { error: seen.routeRefusal });
      return ending(unheardState(errno, seen.protocol), { error: errno });
    default:
      return ending('local-error', { error: errno });
  }
}

function heardEnding(heard: IcmpError, seen: Seen): Ending {
  const { errno, address } = seen;
  const icmp = heard;
  // Of what was to leave, this machine itself says only one thing without a firewall: that the neighbour is not there.
  if (heard.kind !== 'host-unreachable' && seen.owns(heard.from) && !seen.owns(address)) {
    return ending('local-error', { error: 'EPERM', icmp });
  }
  switch (heard.kind) {
    case 'port-unreachable':
      return seen.protocol === 'udp' && withoutZone(heard.from) === withoutZone(address)
        ? ending('closed', { error: errno, icmp })
        : ending('rejected', { error: errno, icmp });
    case 'protocol-unreachable':
    case 'prohibited':
      return ending('rejected', { error: errno, icmp });
    case 'network-unreachable':
    case 'host-unreachable':
    case 'other-unreachable':
    case 'time-exceeded':
    case 'parameter-problem':
    case 'packet-too-big':
      return ending('unreachable', { error: errno, icmp });
  }
}

/** The kernel tells a plain UDP socket of no other unreachable than a prohibition (codes 0 and 1 stay hidden). */
function unheardState(errno: string, protocol: 'tcp' | 'udp'): 'rejected' | 'unreachable' {
  if (protocol === 'udp') return 'rejected';
  return errno === 'EACCES' || errno === 'ENOPROTOOPT' ? 'rejected' : 'unreachable';
}

const DECISIONS: ReadonlySet<IcmpError['kind']> = new Set(['port-unreachable', 'protocol-unreachable', 'prohibited']);

/** Whether the ICMP error is somebody's decision, which a retransmission would only meet again (RFC 1122 4.2.3.9). */
export function isFinal(error: IcmpError | null): boolean {
  return error !== null && DECISIONS.has(error.kind);
}

function ending(
  state: Ending['state'],
  { error = null, icmp = null, dropped = null }: Partial<Omit<Ending, 'state'>>,
): Ending {
  return { state, error, icmp, dropped };
}
