import { DIFFERENCE_SUBJECTS, type DifferenceSubject, type ReportComparison } from '../../domain/difference.ts';
import { VERDICT_RANK, type Where } from '../../domain/verdict.ts';
import type { Report } from '../../evidence/report/report.ts';

/** A median that moved by less is the noise of a queue; so is one within three standard deviations, or under half of what it was. */
const LEAST_RTT_MS = 1;
const SPREADS = 3;
const SHARE = 0.5;

/** What each subject was found to be; null where a run did not look at it, or could not. */
const READERS: Readonly<Record<Exclude<DifferenceSubject, 'rtt' | 'loss'>, (report: Report) => string | null>> = {
  target: ({ target }) => `${target.scheme} ${target.host}${target.port === null ? '' : ` ${target.port}`}`,
  vantage: ({ from }) => from,
  verdict: ({ verdict }) => verdict,
  diagnosis: ({ diagnosis }) => diagnosis.code,
  place: ({ diagnosis }) => placeOf(diagnosis.where),
  addresses: ({ evidence: { resolve } }) =>
    resolve?.status === 'ok' ? resolve.addresses.toSorted().join(', ') : (resolve?.status ?? null),
  route: ({ evidence: { route } }) =>
    route?.status === 'ok'
      ? [route.interface, route.gateway, route.source].filter((part) => part !== null).join(' ')
      : null,
  path: ({ evidence: { trace } }) =>
    trace === undefined || trace.method === null || trace.outcome !== 'reached'
      ? null
      : trace.hops.map(({ addresses }) => addresses.toSorted().join('|') || '*').join(' '),
  mtu: ({ evidence: { mtu } }) => (mtu?.pathMtu == null ? null : String(mtu.pathMtu)),
  port: ({ evidence: { connect }, target }) =>
    connect?.attempts.find(({ port, address }) => port === target.port && address === target.address)?.state ?? null,
  listeners: ({ evidence: { sockets } }) =>
    sockets?.listening == null
      ? null
      : [...new Set(sockets.listening.map(({ protocol, address, port }) => `${protocol} ${address} ${port}`))]
          .toSorted()
          .join(', ') || 'none',
  certificate: ({ evidence: { tls } }) => {
    const own = tls?.certificates[0];
    return own === undefined ? null : `${own.subject} (${own.issuer}) ${own.validFrom ?? '?'} - ${own.validTo ?? '?'}`;
  },
};

/**
 * What is not as it was, in the order of DIFFERENCE_SUBJECTS. Paths are compared where both runs reached the target and the
 * same hops answered; a hop that was silent once is no other path. Pure.
 */
export function differencesOf(before: Report, after: Report): ReportComparison {
  const differences = DIFFERENCE_SUBJECTS.flatMap((subject) => {
    const pair = subject === 'rtt' ? rtts(before, after) : subject === 'loss' ? losses(before, after) : read(subject);
    return pair === null ? [] : [{ subject, before: pair[0], after: pair[1] }];
  });
  return { isWorse: VERDICT_RANK[after.verdict] > VERDICT_RANK[before.verdict], differences };

  function read(subject: keyof typeof READERS): readonly [string, string] | null {
    const [was, is] = [READERS[subject](before), READERS[subject](after)];
    if (was === null || is === null || was === is) return null;
    return subject === 'path' && isSamePath(was.split(' '), is.split(' ')) ? null : [was, is];
  }
}

function placeOf(where: Where | null): string | null {
  return where?.address ?? null;
}

/** Of the same length, and nowhere two that answered have no address in common. */
function isSamePath(was: readonly string[], is: readonly string[]): boolean {
  return (
    was.length === is.length &&
    was.every((hop, index) => {
      const other = is[index] ?? '*';
      return hop === '*' || other === '*' || hop.split('|').some((address) => other.split('|').includes(address));
    })
  );
}

function rtts({ evidence: a }: Report, { evidence: b }: Report): readonly [string, string] | null {
  const [was, is] = [a.ping?.rttMs, b.ping?.rttMs];
  if (was == null || is == null) return null;
  const moved = Math.abs(is.median - was.median);
  const spread = SPREADS * Math.max(was.stddev, is.stddev);
  if (moved < LEAST_RTT_MS || moved < spread || moved < SHARE * was.median) return null;
  return [`${was.median} ms`, `${is.median} ms`];
}

/** Losses differ where their intervals do not touch. */
function losses({ evidence: a }: Report, { evidence: b }: Report): readonly [string, string] | null {
  const [was, is] = [a.ping?.lossInterval, b.ping?.lossInterval];
  if (was == null || is == null || (was.low <= is.high && is.low <= was.high)) return null;
  return [`${a.ping?.lossPercent} %`, `${b.ping?.lossPercent} %`];
}
