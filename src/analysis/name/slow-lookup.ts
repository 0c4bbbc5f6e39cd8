import type { IpAddress } from '../../domain/address.ts';
import type { ServerAnswer } from '../../domain/evidence.ts';
import { type AddressType, SLOW_LOOKUP_MS } from '../../domain/name-evidence.ts';
import type { ResolveEvidence } from '../../evidence/resolve.ts';

/** The look-up as programs make it, where it takes long; milliseconds. */
export type SlowLookup = {
  readonly slow: number;
  readonly all: number;
  /** Of the slowest. */
  readonly longestMs: number;
  /** The slowest had not ended when nobody waited any more. */
  readonly isOpen: boolean;
  readonly cause: SlowCause | null;
};

export type SlowCause =
  /** Asked again and again without an answer, while the name was known elsewhere. */
  | { readonly kind: 'silent'; readonly server: IpAddress }
  /** One type, or both, is answered late or not at all. */
  | {
      readonly kind: 'late';
      readonly server: IpAddress;
      readonly types: readonly AddressType[];
      readonly ms: number | null;
    }
  /** Each question by itself is answered at once, and of the two from one port one is not. */
  | { readonly kind: 'paired'; readonly server: IpAddress; readonly type: AddressType };

/** How slow the look-up is; null where it is quick, was not timed, or came to nothing. */
export function slowLookup(evidence: ResolveEvidence): SlowLookup | null {
  const timed = (evidence.system ?? []).flatMap(({ state, ms }) => (ms === null ? [] : [{ state, ms }]));
  const slow = timed.filter(({ ms }) => ms > SLOW_LOOKUP_MS);
  const [slowest] = slow.toSorted((one, other) => other.ms - one.ms);
  if (evidence.status !== 'ok' || slowest === undefined) return null;
  return {
    slow: slow.length,
    all: timed.length,
    longestMs: slowest.ms,
    isOpen: slowest.state === 'pending',
    cause: causeOf(evidence),
  };
}

/** The first resolver in order that keeps the C library waiting: it is asked before those behind it. */
function causeOf({ servers, paired }: ResolveEvidence): SlowCause | null {
  for (const server of servers) {
    const late = lateRecords(server);
    if (server.rcode === null && server.error === null && late.length === (server.records ?? []).length) {
      return { kind: 'silent', server: server.address };
    }
    if (late.length > 0) {
      const times = late.map(({ ms }) => ms);
      const ms = times.includes(null) ? null : Math.max(...times.flatMap((each) => each ?? []));
      return { kind: 'late', server: server.address, types: late.map(({ type }) => type), ms };
    }
    if (server.addresses.length > 0) break;
  }
  if (paired === undefined) return null;
  const { server, aMs, aaaaMs } = paired;
  if ((aMs === null) === (aaaaMs === null)) return null;
  return { kind: 'paired', server, type: aMs === null ? 'A' : 'AAAA' };
}

function lateRecords({ records = [] }: ServerAnswer) {
  return records.filter(({ ms }) => ms === null || ms > SLOW_LOOKUP_MS);
}
