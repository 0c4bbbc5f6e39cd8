import { familyOf, type IpAddress } from '../domain/address.ts';
import { copiedCommand } from '../domain/command-line.ts';
import { formatMs } from '../text/format-ms.ts';
import type { Fields } from './fields.ts';
import type { EvidenceKind, Inferred } from './kind.ts';
import type { TraceRow } from './trace-row.ts';
import { roundedPercent, sharedWords } from './words.ts';

const MAX_HOPS = 256;

/** As how many steps a recorded run is told. */
const STEPS = 4;

const schema = (f: Fields) =>
  f.object(
    {
      ...f.timed(),
      method: f.method(),
      address: f.address('The target.'),
      hops: f.list(hopEchoes(f), 'Every TTL of the path once; the target last.', MAX_HOPS),
    },
    'Loss and delay by hop. A hop that never answers is unknown: many routers ignore echoes that are for themselves.',
  );

const hopEchoes = (f: Fields) =>
  f.object(
    {
      ttl: f.nullable(f.octet('Its TTL; null: of the target, where no trace reached it.')),
      address: f.nullable(
        f.address('Where they went; null: no router named itself at this TTL, and nothing could be sent to it.'),
      ),
      sent: f.count('Echoes that were answered, and those that were waited out.'),
      received: f.count('Those that were answered.'),
      rttMs: f.nullable(f.rttMs('Round trip times; null where nothing answered.')),
      jitterMs: f.nullable(f.ms('Mean difference between consecutive round trip times, in ms.')),
    },
    "What echoes to a hop's own address met, sent at the same time as those to the others.",
  );

export type HopEchoesEvidence = Inferred<typeof schema>;

export type HopEchoes = HopEchoesEvidence['hops'][number];

export function hopEchoesCommand(address: IpAddress, count: number): string {
  const family = familyOf(address) === 6 ? ['-6'] : [];
  return copiedCommand(['mtr', ...family, '-n', '-r', '-c', String(count), address]);
}

export const HOP_ECHOES: EvidenceKind<HopEchoesEvidence> = {
  probe: 'hops',
  schema,
  // These lines are for reading down, so that no hop is left out.
  describe: ({ hops }, lang) => {
    const words = sharedWords(lang);
    return hops.map(({ ttl, sent, received, rttMs }) => {
      const what =
        received === 0
          ? words.nothing
          : `${words.lost(roundedPercent(((sent - received) / sent) * 100))}${rttMs === null ? '' : ` ${formatMs(rttMs.median)}`}`;
      return `${ttl ?? '?'}: ${what}`;
    });
  },
  command: ({ address, hops }) => hopEchoesCommand(address, Math.max(1, ...hops.map(({ sent }) => sent))),
  events: ({ hops }) =>
    Array.from({ length: STEPS }, (_, step) => ({
      kind: 'hop-echoes' as const,
      rows: hops.map((hop, index) => rowOf(hop, index, (step + 1) / STEPS)),
    })),
};

/** A hop as it stood when this share of its echoes had been told. A report keeps no single one: each is told with the median. */
function rowOf({ ttl, address, sent, received, rttMs }: HopEchoes, index: number, share: number): TraceRow {
  const isHeard = received > 0 && rttMs !== null;
  const told = Math.round(sent * share);
  const answered = Math.min(told, Math.round(received * share));
  return {
    ttl: ttl ?? index + 1,
    addresses: address === null ? [] : [address],
    sent: isHeard ? told : null,
    rttsMs: isHeard ? Array.from({ length: told }, (_, echo) => (echo < answered ? rttMs.median : null)) : [],
    error: null,
  };
}
