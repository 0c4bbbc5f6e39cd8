import { familyOf, type IpAddress } from '../domain/address.ts';
import { copiedCommand } from '../domain/command-line.ts';
import type { Language } from '../domain/verdict.ts';
import type { Fields } from './fields.ts';
import type { EvidenceKind, Inferred } from './kind.ts';
import { sharedWords } from './words.ts';

const schema = (f: Fields) =>
  f.object(
    {
      ...f.timed(),
      method: f.nullable(f.method('Which engine sent the echoes; null: none could, and `unavailable` says why.')),
      unavailable: f.nullable(f.unavailable()),
      address: f.address('Where to.'),
      fullSize: f.count(
        "The largest packet that was to be expected to pass, in bytes: the interface's MTU, or 9216 where that is more.",
      ),
      pathMtu: f.nullable(
        f.count(
          'The largest packet that passed, in bytes; exact where it is the full size or was reported, else among the usual sizes; null if none.',
        ),
      ),
      blackhole: f.flag('Large packets vanish without a report while small ones pass, and chance is no explanation.'),
      reportedBy: f.nullable(
        f.address('The router that reported a narrower link, the last of them where there were several.'),
      ),
      localError: f.nullable(f.errorName('errno name with which this machine refused to send, else null.')),
      sizes: f.list(
        f.object(
          {
            bytes: f.count('Size of the whole IP packet, in bytes.'),
            sent: f.count('Echoes of this size.'),
            answered: f.count('Those that were answered.'),
          },
          'Echoes of one size.',
        ),
        'The echoes to the target, largest first.',
      ),
      lastPassing: f.nullable(
        f.object(
          {
            hop: f.octet('Its TTL; 0 without an address is this machine.'),
            address: f.nullable(f.address('Who it is.')),
          },
          'Of a black hole: the last hop that large packets are known to have reached.',
        ),
      ),
      firstFailing: f.nullable(
        f.object(
          { hop: f.octet('Its TTL.'), address: f.address('Who it is.') },
          'The hop behind it, where that answered a small packet and no large one.',
        ),
      ),
      lastReturning: f.optional(
        f.nullable(
          f.object(
            {
              hop: f.octet('Its TTL; 0 without an address: the large replies of none come back.'),
              address: f.nullable(f.address('Who it is.')),
            },
            'Of a black hole: the last of the hops up to `lastPassing` that answered a large echo sent to itself, where the next of them answered small ones and no large one: large packets are lost on the way back from there. null where that was not seen; absent in the reports of before.',
          ),
        ),
      ),
      learned: f.optional(
        f.nullable(
          f.count(
            "The path MTU that this machine's kernel took from the reports, in bytes, and keeps for this address as a rule for ten minutes. null: none, as the echoes are sent so that it takes none wherever the system allows. Absent in the reports of before.",
          ),
        ),
      ),
    },
    'What the path carries: echoes of several sizes. Sizes are those of whole IP packets, in bytes; all packets went with "don\'t fragment".',
  );

export type MtuEvidence = Inferred<typeof schema>;

type Words = {
  readonly blackhole: string;
  readonly reportedBy: (address: string) => string;
  readonly learned: (bytes: number) => string;
};

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    blackhole: 'large packets vanish without a word',
    reportedBy: (address) => `reported by ${address}`,
    learned: (bytes) => `this machine now remembers ${bytes} for the address, for ten minutes as a rule`,
  },
  ko: {
    blackhole: '큰 패킷이 아무 알림 없이 사라짐',
    reportedBy: (address) => `${address} 통보`,
    learned: (bytes) => `이 컴퓨터가 이 주소의 경로 MTU ${bytes}을(를) 기억함(보통 10분)`,
  },
};

/** Of an echo, in bytes: the IP header without options and that of ICMP (RFC 791 3.1, RFC 8200 3, RFC 792). */
export const ECHO_HEADER_BYTES = { 4: 28, 6: 48 } as const;

/** `full`: the size of the whole packet, in bytes. */
export function mtuCommand(address: IpAddress, full: number): string {
  const family = familyOf(address);
  const payload = String(Math.max(0, full - ECHO_HEADER_BYTES[family]));
  return copiedCommand(['ping', ...(family === 6 ? ['-6'] : []), '-M', 'do', '-c', '2', '-s', payload, address]);
}

export const MTU: EvidenceKind<MtuEvidence> = {
  probe: 'mtu',
  schema,
  describe: ({ pathMtu, blackhole, reportedBy, learned }, lang) => [
    pathMtu === null ? !blackhole && sharedWords(lang).notMeasured : `MTU ${pathMtu}`,
    blackhole && WORDS[lang].blackhole,
    reportedBy !== null && WORDS[lang].reportedBy(reportedBy),
    learned != null && WORDS[lang].learned(learned),
  ],
  command: ({ address, fullSize }) => mtuCommand(address, fullSize),
  events: ({ sizes }) => [{ kind: 'sizes', sizes: sizes.map((size) => ({ ...size, reportedBy: null })) }],
};
