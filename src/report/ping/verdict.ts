import type { OutcomeOf } from '../../domain/outcome.ts';
import type { Reading } from '../../domain/reading.ts';
import type { Language, Verdict } from '../../domain/verdict.ts';
import { hintOf } from '../../evidence/obstacles/describe.ts';
import type { PingEvidence } from '../../evidence/ping.ts';
import { formatMs } from '../../text/format-ms.ts';
import { printable } from '../../text/printable.ts';
import { icmpName } from '../icmp-name.ts';
import { pingWordsOf } from './language.ts';
import type { PingFacts, PingWords } from './words.ts';

export type PingVerdict = {
  readonly ping: PingEvidence;
  readonly reading: Reading<'ping'>;
  /** The shape of the loss is that of a limiter. */
  readonly looksRateLimited: boolean;
};

/** What echoes say in words: how the host fares, the sentence for it, and what else is to be known. Fit to print. */
export type PingSaying = { readonly verdict: Verdict; readonly says: string; readonly notes: readonly string[] };

export function sayPing({ ping, reading, looksRateLimited }: PingVerdict, lang: Language): PingSaying {
  const words = pingWordsOf(lang);
  const lost = ping.lost.length;
  const isTold = reading.outcome === 'lossy' || ping.received === 0;
  const notes = [
    looksRateLimited ? words.rateLimited : null,
    lost > 0 && !isTold ? words.fewLost(lost, ping.sent) : null,
    ping.cutShort ? words.endedEarly : null,
  ].filter((note) => note !== null);
  const verdict = verdictOf(ping, reading.outcome);
  const says =
    whyNothing(ping, reading, verdict, words) ?? words.outcome[reading.outcome](factsOf(ping, reading, lang));
  return { verdict, says: printable(says), notes: notes.filter((note) => note !== says).map(printable) };
}

/** Where nothing left this machine, or nothing had the time to be answered; else null. */
function whyNothing(
  ping: PingEvidence,
  { outcome }: Reading<'ping'>,
  verdict: Verdict,
  words: PingWords,
): string | null {
  if (ping.method === null || verdict !== 'inconclusive' || outcome === 'blocked') return null;
  return ping.localError === null ? words.endedEarly : words.notSent(ping.localError);
}

function factsOf(ping: PingEvidence, { where }: Reading<'ping'>, lang: Language): PingFacts {
  const error = ping.errors.find(({ from }) => from === where?.address);
  return {
    address: ping.address,
    median: ping.rttMs === null ? '?' : formatMs(ping.rttMs.median),
    jitter: ping.jitterMs === null ? '?' : formatMs(ping.jitterMs),
    lost: ping.lost.length,
    sent: ping.sent,
    duplicates: ping.duplicates,
    from: where?.address ?? '?',
    icmp: error === undefined ? 'ICMP' : icmpName(error),
    hint: hintOf(ping.unavailable, lang),
  };
}

function verdictOf({ sent, cutShort, lost }: PingEvidence, outcome: OutcomeOf<'ping'>): Verdict {
  switch (outcome) {
    case 'answered':
      return 'healthy';
    case 'lossy':
    case 'slow':
    case 'jittery':
    case 'duplicated':
    case 'partly':
      return 'degraded';
    case 'silent':
      // What could still have been answered when it was ended proves nothing.
      return cutShort && lost.length === 0 ? 'inconclusive' : 'fault';
    case 'host-unreachable':
    case 'network-unreachable':
    case 'prohibited':
    case 'expired':
      return 'fault';
    case 'blocked':
    case 'unavailable':
      return sent === 0 ? 'inconclusive' : 'fault';
  }
}
