import type { Family } from '../../../../domain/address.ts';
import { canonicalAddress } from '../../../host/interfaces/machine-address.ts';
import { linesOf } from '../../../process/parse-lines.ts';
import type { IcmpCode, ToolReading } from './reading.ts';

/** `time=5ms`, `Zeit<1ms`, `시간=38ms`: the sign, the number and the unit are the same in every language. */
const TIME = /[=<] ?(\d{1,6}) ?ms/u;
const TTL = /\bTTL=(\d{1,3})/u;
const ADDRESSES = /[0-9a-f:][0-9a-f]{0,3}[.:][0-9a-f.:]{1,60}(?:%\d{1,6})?/giu;
/** Sent one, received none, lost one: the numbers stand in the same order in every language. */
const NONE_RECEIVED = /= ?1\b[^=]{1,40}= ?0\b[^=]{1,40}= ?1\b/u;

const ONE_RECEIVED = /= ?1\b[^=]{1,40}= ?1\b[^=]{1,40}= ?0\b/u;

type WordsKind = 'expired' | 'host' | 'net' | 'port' | 'protocol' | 'too-big';

/**
 * The texts of English, German and Korean Windows. The German ones leave out their umlauts, which a code page may turn
 * into anything.
 */
const WORDS: readonly (readonly [RegExp, WordsKind])[] = [
  [/TTL expired in transit|ltigkeitsdauer wurde bei der|TTL이 만료/u, 'expired'],
  [/Destination host unreachable|Zielhost nicht erreichbar|대상 호스트에 연결할 수 없/u, 'host'],
  [/Destination net unreachable|Zielnetz nicht erreichbar|대상 네트워크에 연결할 수 없/u, 'net'],
  [/Destination port unreachable|Zielport nicht erreichbar|대상 포트에 연결할 수 없/u, 'port'],
  [/Destination protocol unreachable|Zielprotokoll nicht erreichbar|대상 프로토콜에 연결할 수 없/u, 'protocol'],
  [/needs to be fragmented but DF set|fragmentiert werden|조각화/u, 'too-big'],
];
const GENERAL_FAILURE = /General failure|Allgemeiner Fehler|일반 오류/u;

const CODES: Readonly<Record<WordsKind, Readonly<Record<Family, IcmpCode>>>> = {
  expired: { 4: { type: 11, code: 0 }, 6: { type: 3, code: 0 } },
  host: { 4: { type: 3, code: 1 }, 6: { type: 1, code: 3 } },
  net: { 4: { type: 3, code: 0 }, 6: { type: 1, code: 0 } },
  port: { 4: { type: 3, code: 3 }, 6: { type: 1, code: 4 } },
  protocol: { 4: { type: 3, code: 2 }, 6: { type: 4, code: 1 } },
  'too-big': { 4: { type: 3, code: 4 }, 6: { type: 2, code: 0 } },
};

/** Reads what ping.exe printed for one echo, by what is the same in every language wherever there is such. Never throws. */
export function readWindowsPing(stdout: string, family: Family): ToolReading {
  const lines = linesOf(stdout);
  for (const line of lines) {
    const found = replyOf(line) ?? windowsErrorOf(line, family);
    if (found !== null) return found;
  }
  if (lines.some((line) => GENERAL_FAILURE.test(line))) return { kind: 'local-error', code: 'EIO', mtu: null };
  const text = lines.join(' ');
  if (NONE_RECEIVED.test(text)) return { kind: 'silent' };
  // It counts errors as received, too.
  return { kind: ONE_RECEIVED.test(text) ? 'unnamed' : 'unreadable' };
}

function replyOf(line: string): ToolReading | null {
  const time = TIME.exec(line);
  const from = addressIn(line);
  if (time === null || from === null) return null;
  const ttl = TTL.exec(line)?.[1];
  // Replies of IPv6 show no TTL. "Less than a millisecond" is told as the millisecond that bounds it.
  return {
    kind: 'reply',
    from,
    rttMs: Number(time[1]),
    replyTtl: ttl === undefined ? null : Math.min(255, Number(ttl)),
  };
}

/** Reads the words of Windows for an ICMP error, with who sent it; null for others. */
export function windowsErrorOf(line: string, family: Family): ToolReading | null {
  const kind = WORDS.find(([pattern]) => pattern.test(line))?.[1];
  if (kind === undefined) return null;
  const from = addressIn(line);
  if (from !== null) return { kind: 'error', from, icmp: CODES[kind][family], rttMs: null, mtu: null };
  // Without an address it is this machine's own word.
  if (kind === 'too-big') return { kind: 'local-error', code: 'EMSGSIZE', mtu: null };
  return kind === 'host' || kind === 'net' ? { kind: 'local-error', code: 'ENETUNREACH', mtu: null } : null;
}

function addressIn(line: string): string | null {
  for (const [text] of line.matchAll(ADDRESSES)) {
    const address = canonicalAddress(text) ?? canonicalAddress(text.slice(0, -1));
    if (address !== null) return address;
  }
  return null;
}
