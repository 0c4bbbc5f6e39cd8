import type { Family } from '../../../../domain/address.ts';
import { canonicalAddress } from '../../../host/interfaces/machine-address.ts';
import { linesOf } from '../../../process/parse-lines.ts';
import { icmpOfWords } from './icmp-words.ts';
import type { ToolReading } from './reading.ts';
import { refusalOf } from './refusal.ts';

/** `64 bytes from 10.0.0.1: icmp_seq=1 ttl=62 time=0.05 ms`; BusyBox says `seq`, old iputils `icmp_req`, KAME's ping6 a comma and `hlim`. */
const REPLY =
  /^\d{1,6} bytes from (\S{1,120}?)[:,] (?:icmp_)?[rs]eq=\d{1,6} (?:ttl|hlim)=(\d{1,3})(?: time[=<]([\d.]{1,12}) ?ms)?/u;
/** iputils: `From 10.0.0.1 icmp_seq=1 Time to live exceeded`. */
const IPUTILS_ERROR = /^From (\S{1,120}?):? icmp_[rs]eq=\d{1,6} (.{1,200})$/u;
/** inetutils and the BSDs: `92 bytes from 10.0.0.1: Time to live exceeded`. */
const BSD_ERROR = /^\d{1,6} bytes from (\S{1,120}?): (\D.{1,200})$/u;
const NONE_RECEIVED = /^\d{1,6} packets transmitted, 0 (?:packets )?received/u;
const SOME_LOST_TO_ERRORS = /\+\d{1,6} errors/u;

/** Reads what a Unix ping (iputils, BusyBox, GNU inetutils, macOS, FreeBSD) printed for one echo. Never throws. */
export function readPing(stdout: string, stderr: string, family: Family): ToolReading {
  const lines = linesOf(stdout);
  for (const line of lines) {
    const found = replyOf(line) ?? errorOf(line, family);
    if (found !== null) return found;
  }
  const refusal = refusalOf(stderr);
  if (refusal !== null) return refusal;
  const statistics = lines.find((line) => NONE_RECEIVED.test(line));
  if (statistics === undefined) return { kind: 'unreadable' };
  return { kind: SOME_LOST_TO_ERRORS.test(statistics) ? 'unnamed' : 'silent' };
}

function replyOf(line: string): ToolReading | null {
  const found = REPLY.exec(line);
  const from = canonicalAddress(found?.[1] ?? '');
  if (found === null || from === null) return null;
  const rttMs = found[3] === undefined ? null : Number(found[3]);
  const ttl = Number(found[2]);
  const isSound = ttl <= 255 && (rttMs === null || Number.isFinite(rttMs));
  return isSound ? { kind: 'reply', from, rttMs, replyTtl: ttl } : null;
}

function errorOf(line: string, family: Family): ToolReading | null {
  const found = IPUTILS_ERROR.exec(line) ?? BSD_ERROR.exec(line);
  const from = canonicalAddress(found?.[1] ?? '');
  const words = icmpOfWords(found?.[2] ?? '', family);
  return from === null || words === null ? null : { kind: 'error', from, ...words, rttMs: null };
}
