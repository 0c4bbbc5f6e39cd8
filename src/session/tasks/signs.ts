import type { IpAddress } from '../../domain/address.ts';
import type { Answer } from '../../domain/prober.ts';
import { type Deferred, deferred } from './deferred.ts';

/** What probes that run side by side tell each other. */
export type Signs = {
  readonly addressesKnown: Deferred<readonly IpAddress[]>;
  /** Fires on the first sign of life: then a quiet host's probes are not needed. */
  readonly answered: AbortController;
  /** The first ICMP error. */
  readonly troubled: Deferred<void>;
  /** The first echo that was answered: small packets pass. */
  readonly firstReply: Deferred<{ readonly rttMs: number }>;
  /** What came for an echo when its ping had ended in silence. */
  readonly lateAnswer: Deferred<Answer>;
  readonly portAnswered: Deferred<void>;
  /** The first answer that shows the host up, whatever its port does. */
  readonly isUp: Deferred<{ readonly rttMs: number }>;
  /** The asked port lets in: what keeps others out is not looked for. */
  readonly opened: AbortController;
  /** Anything heard from beyond the link makes waiting for the neighbour table pointless. */
  readonly heard: AbortController;
};

export function createSigns(): Signs {
  return {
    addressesKnown: deferred(),
    answered: new AbortController(),
    troubled: deferred(),
    firstReply: deferred(),
    lateAnswer: deferred(),
    portAnswered: deferred(),
    isUp: deferred(),
    opened: new AbortController(),
    heard: new AbortController(),
  };
}
