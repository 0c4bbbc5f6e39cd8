import type { IpAddress } from '../../domain/address.ts';
import type { HopInterface, MplsLabel } from '../../domain/hop-extension.ts';
import type { IcmpError } from '../../domain/icmp-error.ts';
import type { TargetAnswer } from '../../evidence/trace.ts';

/**
 * What came back for one probe. `target`: the target was reached. `hop`: Time Exceeded (also from the target's own
 * address: a translator in front of it counts hops too). `final`: an error behind which nothing is to be looked for.
 */
export type ShotAnswer = {
  readonly kind: 'target' | 'hop' | 'final';
  /** What the answer was, of a `target`; else null. */
  readonly how: TargetAnswer['kind'] | null;
  readonly from: IpAddress;
  /** null where the engine cannot see when it came. */
  readonly rttMs: number | null;
  readonly atMs: number;
  /** TTL with which it arrived; null where the engine cannot see it. */
  readonly replyTtl: number | null;
  /** Of a final answer; else null. */
  readonly error: IcmpError | null;
  readonly mpls: readonly MplsLabel[];
  readonly interfaces: readonly HopInterface[];
};

/** One probe that left this machine; `isWaiting`: it will when the engine comes to it. */
export type Shot = {
  readonly id: number;
  readonly ttl: number;
  readonly sentAtMs: number;
  readonly isWaiting?: boolean;
  readonly answer: ShotAnswer | null;
};

export type AnsweredShot = Shot & { readonly answer: ShotAnswer };

export function answeredOf(shots: readonly Shot[]): readonly AnsweredShot[] {
  return shots.flatMap((shot) => (shot.answer === null ? [] : [{ ...shot, answer: shot.answer }]));
}

/** Whether an ICMP error ends a path (RFC 792, RFC 4443 3.1): the router will not send anything further. */
export function isFinal({ kind }: IcmpError): boolean {
  switch (kind) {
    case 'network-unreachable':
    case 'host-unreachable':
    case 'protocol-unreachable':
    case 'port-unreachable':
    case 'prohibited':
    case 'other-unreachable':
      return true;
    case 'packet-too-big':
    case 'time-exceeded':
    case 'parameter-problem':
      return false;
  }
}
