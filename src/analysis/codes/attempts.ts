import { transportOf } from '../../domain/target.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import { strayOf } from '../connect.ts';
import type { Context } from '../context.ts';
import { firstAttempt, isRetried, readFlows } from '../flows.ts';
import { answerDistance, answeredNearer, echoDistance, isSeenByTrace } from '../nearer.ts';
import { read } from '../read.ts';
import { type CodeRules, NOT_JUDGED, NOWHERE } from './rules.ts';

/** Echoes, none of them lost, next to which lost SYNs are no loss of the path. */
const LEAST_ECHOES = 5;
/** Attempts that all opened late: no queue is full, and no packet lost, each time and then no more. */
const LEAST_RETRIED = 3;

/** What only several attempts at a port show, or what becomes of one. */
export const ATTEMPT_CODES = {
  'path-flow-dependent': {
    place: NOWHERE,
    owner: () => 'unknown',
    observed: (evidence, context) => (readFlows(evidence, context).kind === 'by-flow' ? 'warning' : null),
    judge: NOT_JUDGED,
    lookalikes: [
      // A balancer that keeps a connection's source port with one backend does the same.
      { code: 'partly-reachable', fits: 'less', excluded: () => false },
      { code: 'packet-loss', fits: 'less', excluded: losesNoEcho },
    ],
  },
  'reply-from-other-address': {
    place: (evidence, context) => {
      const stray = strayOf(evidence, context);
      return stray === null ? null : { hop: null, address: stray.address };
    },
    // A translator, or a server that answers datagrams from another of its addresses.
    owner: (_, { target }) => (transportOf(target.scheme) === 'udp' ? 'unknown' : 'path'),
    observed: (evidence, context) => (strayOf(evidence, context) === null ? null : 'warning'),
    judge: (evidence, context) => {
      const state = firstAttempt(evidence, context)?.state;
      return state === 'open' || state === 'closed' ? 'ruled-out' : null;
    },
    lookalikes: [
      // Our SYN's own number is in the answer to it; a datagram of somebody else may come to any port.
      {
        code: 'udp-open-or-filtered',
        fits: 'less',
        excluded: (evidence, context) =>
          evidence.flows?.stray !== undefined || strayOf(evidence, context)?.port === context.target.port,
      },
    ],
  },
  'connect-retried': {
    place: NOWHERE,
    owner: () => 'unknown',
    observed: (evidence, context) => (readFlows(evidence, context).kind === 'retried' ? 'warning' : null),
    judge: (evidence, context) => {
      const first = firstAttempt(evidence, context);
      return first?.state === 'open' && first.protocol === 'tcp' && !isRetried(first) ? 'ruled-out' : null;
    },
    lookalikes: [
      {
        code: 'packet-loss',
        fits: (evidence, context) => (readFlows(evidence, context).failed > 1 ? 'less' : 'as-well'),
        excluded: (evidence, context) => isRetriedEachTime(evidence, context) && losesNoEcho(evidence),
      },
      { code: 'accept-queue-full', fits: 'less', excluded: isRetriedEachTime },
    ],
  },
  'connection-stalled': {
    place: NOWHERE,
    owner: () => 'path',
    judge: (evidence, context) => (firstAttempt(evidence, context)?.ending?.acknowledged === true ? 'ruled-out' : null),
    lookalikes: [
      { code: 'packet-loss', fits: 'less', excluded: losesNoEcho },
      // A kernel whose queue fills between the SYN and the last packet of the handshake drops that one.
      { code: 'accept-queue-full', fits: 'less', excluded: hasRoomInQueue },
    ],
  },
  'answered-on-the-way': {
    place: answeredNearer,
    owner: () => 'path',
    observed: (evidence, context) => (answeredNearer(evidence, context) === null ? null : 'info'),
    judge: (evidence) => {
      const answer = answerDistance(evidence);
      return answer !== null && answer === echoDistance(evidence) ? 'ruled-out' : null;
    },
    // By the TTL alone, the answer may have come back by another way than the echo reply.
    lookalikes: [{ code: 'multipath', fits: 'less', excluded: isSeenByTrace }],
  },
} as const satisfies Record<string, CodeRules>;

function losesNoEcho({ ping }: Evidence): boolean {
  return ping !== undefined && ping.received === ping.sent && ping.sent >= LEAST_ECHOES;
}

function isRetriedEachTime(evidence: Evidence, context: Context): boolean {
  const { tried, failed } = readFlows(evidence, context);
  return failed === tried && tried >= LEAST_RETRIED;
}

function hasRoomInQueue(evidence: Evidence, context: Context): boolean {
  return read('sockets', evidence, context).outcome === 'listening';
}
