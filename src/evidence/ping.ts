import { familyOf, type IpAddress } from '../domain/address.ts';
import { copiedCommand } from '../domain/command-line.ts';
import { DEFAULT_ECHO_BYTES } from '../domain/prober.ts';
import type { Language } from '../domain/verdict.ts';
import { formatMs } from '../text/format-ms.ts';
import type { Fields } from './fields.ts';
import type { EvidenceKind, Inferred } from './kind.ts';
import type { ProbeEvent } from './probe-event.ts';
import { describeError, describeUnavailable, firstFew, roundedPercent, sharedWords } from './words.ts';

/** More echoes than a run sends. */
const MAX_ECHOES = 100_000;

const schema = (f: Fields) =>
  f.object(
    {
      ...f.timed(),
      method: f.nullable(f.method('Which engine sent the echoes; null: none could, and `unavailable` says why.')),
      unavailable: f.nullable(f.unavailable()),
      address: f.address('Where the echoes went.'),
      sent: f.count('Echoes that left this machine.'),
      received: f.count('Echoes that were answered at least once.'),
      lossPercent: f.nullable(f.percent('Share of the echoes that was not answered, in percent.')),
      lossInterval: f.nullable(
        f.object(
          { low: f.percent('Its lower end, in percent.'), high: f.percent('Its upper end, in percent.') },
          'The 95 % interval of the loss (Wilson score).',
        ),
      ),
      duplicates: f.count('Answers beyond the first to the same echo.'),
      rttMs: f.nullable(f.rttMs('Round trip times; null where nothing answered.')),
      jitterMs: f.nullable(f.ms('Mean difference between consecutive round trip times, in ms.')),
      replyTtl: f.nullable(f.octet('TTL with which the replies arrived; null where the engine cannot see it.')),
      errors: f.countedErrors('ICMP errors that answered the echoes.'),
      errorTtl: f.optional(
        f.octet(
          'TTL with which the first of the errors arrived; absent without one, or where the engine cannot see it.',
        ),
      ),
      localError: f.nullable(
        f.errorName('errno name with which this machine refused to send (`EPERM`, `ENETUNREACH`, …), else null.'),
      ),
      lost: f.list(
        f.count('A sequence number.'),
        'Sequence numbers (from 0) without an answer, in order: the shape of the loss.',
        MAX_ECHOES,
      ),
      others: f.list(otherEcho(f), 'Echoes to the other addresses of the name.'),
      late: f.optional(lateEcho(f)),
    },
    'Echoes to the address that the walk is about.',
  );

const otherEcho = (f: Fields) =>
  f.object(
    {
      address: f.address('Where they went.'),
      sent: f.count('Echoes that left this machine.'),
      received: f.count('Echoes that were answered.'),
      errors: f.countedErrors('ICMP errors that answered them.'),
      localError: f.nullable(
        f.errorName('errno name of a refusal on this machine (`EPERM`, `ENETUNREACH`), else null.'),
      ),
    },
    'Echoes to one address beside the one that the walk is about.',
  );

const lateEcho = (f: Fields) =>
  f.object(
    {
      waitedMs: f.ms('How long it was waited for, in ms.'),
      rttMs: f.nullable(f.ms('Until its answer, in ms; null without one.')),
      error: f.nullable(f.icmpError('The ICMP error that answered it, else null.')),
      errorTtl: f.optional(
        f.octet('TTL with which the error arrived; absent where there was none, or the engine cannot see it.'),
      ),
    },
    'One more echo, given the three seconds that a router takes to find out that the host is gone; absent if not sent.',
  );

export type PingEvidence = Inferred<typeof schema>;

export type OtherEcho = PingEvidence['others'][number];

export type LateEcho = NonNullable<PingEvidence['late']>;

type Words = {
  readonly median: (ms: string) => string;
  readonly duplicates: (count: number) => string;
  readonly late: (waited: string) => string;
};

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    median: (ms) => `median ${ms}`,
    duplicates: (count) => `${count} duplicate${count === 1 ? '' : 's'}`,
    late: (waited) => `one more, waited ${waited}:`,
  },
  ko: {
    median: (ms) => `중앙값 ${ms}`,
    duplicates: (count) => `중복 ${count}개`,
    late: (waited) => `${waited} 동안 기다린 추가 1개:`,
  },
};

/** `-i 0.2`: the shortest that ping(8) lets everybody have. */
export function pingCommand(address: IpAddress, count: number, payloadBytes = DEFAULT_ECHO_BYTES): string {
  const size = payloadBytes === DEFAULT_ECHO_BYTES ? [] : ['-s', String(payloadBytes)];
  const family = familyOf(address) === 6 ? ['-6'] : [];
  return copiedCommand(['ping', ...family, '-c', String(count), '-i', '0.2', ...size, address]);
}

export const PING: EvidenceKind<PingEvidence> = {
  probe: 'ping',
  schema,
  describe: (ping, lang) => {
    const { method, sent, received, lossPercent, duplicates, rttMs, replyTtl, errors, localError, late } = ping;
    if (method === null) return describeUnavailable(ping.unavailable, lang);
    const [words, shared] = [WORDS[lang], sharedWords(lang)];
    return [
      shared.answered(received, sent),
      lossPercent !== null && lossPercent > 0 && shared.lost(roundedPercent(lossPercent)),
      rttMs !== null && `${words.median(formatMs(rttMs.median))} (${formatMs(rttMs.min)} – ${formatMs(rttMs.max)})`,
      replyTtl !== null && `TTL ${replyTtl}`,
      duplicates > 0 && words.duplicates(duplicates),
      ...firstFew(errors.map((error) => `${describeError(error)} ×${error.count}`)),
      localError,
      late !== undefined &&
        `${words.late(formatMs(late.waitedMs))} ${late.error ? describeError(late.error) : late.rttMs === null ? shared.nothing : formatMs(late.rttMs)}`,
    ];
  },
  command: ({ address, sent }) => pingCommand(address, Math.max(1, sent)),
  // A report keeps no single echoes: each one that was answered is told with the median.
  events: ({ sent, lost, rttMs }) =>
    Array.from({ length: sent }, (_, sequence): readonly ProbeEvent[] => {
      const left: ProbeEvent = { kind: 'echo-sent', sequence };
      if (rttMs === null || lost.includes(sequence)) return [left];
      return [left, { kind: 'echo-answered', sequence, rttMs: rttMs.median, replyTtl: null }];
    }).flat(),
};
