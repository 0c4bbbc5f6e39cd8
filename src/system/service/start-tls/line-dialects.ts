import { firstLine } from '../line/words.ts';
import { GO_ON, type Heard, MORE, type Step } from './dialect.ts';

/** Says hello as nobody (RFC 2606 2): what it is told of its peer is the server's matter. */
const HELLO = 'EHLO netwhy.invalid\r\n';

/** RFC 3207. */
export const SMTP: readonly Step[] = [
  { send: null, hear: (bytes) => reply(bytes, '220') },
  { send: Buffer.from(HELLO), hear: offersTls },
  { send: Buffer.from('STARTTLS\r\n'), hear: (bytes) => reply(bytes, '220') },
];

/** RFC 4217. 120 announces a delay, not an end. */
export const FTP: readonly Step[] = [
  { send: null, hear: (bytes) => reply(bytes, '220', '120') },
  { send: Buffer.from('AUTH TLS\r\n'), hear: (bytes) => reply(bytes, '234') },
];

/** RFC 9051 6.2.1. */
export const IMAP: readonly Step[] = [
  { send: null, hear: (bytes) => word(bytes, /^\* OK\b/iu, /^\* (?:BYE|PREAUTH)\b/iu) },
  {
    send: Buffer.from('a1 STARTTLS\r\n'),
    hear: (bytes) => word(afterUntagged(bytes), /^a1 OK\b/iu, /^a1 (?:NO|BAD)\b/iu),
  },
];

/** RFC 2595 4. */
export const POP3: readonly Step[] = [
  { send: null, hear: (bytes) => word(bytes, /^\+OK\b/u, /^-ERR\b/u) },
  { send: Buffer.from('STLS\r\n'), hear: (bytes) => word(bytes, /^\+OK\b/u, /^-ERR\b/u) },
];

/** A reply of three digits, over one line or several (RFC 5321 4.2.1, RFC 959 4.2). `later`: another follows this one. */
function reply(bytes: Buffer, wanted: string, later: string | null = null): Heard {
  const text = bytes.toString('latin1');
  const code = /^(\d{3})[ -]/u.exec(text)?.[1];
  if (code === undefined) return mayBeReply(text) ? MORE : { kind: 'no', state: 'not-spoken', said: firstLine(bytes) };
  const end = new RegExp(`^${code}(?: .*)?\\r?\\n`, 'mu').exec(text);
  if (end === null) return MORE;
  const rest = end.index + end[0].length;
  if (code === later) return rest < bytes.length ? reply(bytes.subarray(rest), wanted) : MORE;
  const said = firstLine(bytes);
  if (code === wanted) return { kind: 'go-on', said };
  return { kind: 'no', state: /^[2-5]/u.test(code) ? 'refused' : 'not-spoken', said };
}

function mayBeReply(text: string): boolean {
  return text.length < 4 && /^\d*$/u.test(text);
}

function offersTls(bytes: Buffer): Heard {
  const heard = reply(bytes, '250');
  if (heard.kind !== 'go-on') return heard;
  const isOffered = /^250[ -]STARTTLS\b/imu.test(bytes.toString('latin1'));
  return isOffered ? GO_ON : { kind: 'no', state: 'not-offered', said: null };
}

function word(bytes: Buffer, yes: RegExp, no: RegExp): Heard {
  const text = bytes.toString('latin1');
  const isWhole = text.includes('\n');
  if (!isWhole) return text.length < 4 || yes.test(text) || no.test(text) ? MORE : notSpoken(bytes);
  const said = firstLine(bytes);
  if (yes.test(text)) return { kind: 'go-on', said };
  return no.test(text) ? { kind: 'no', state: 'refused', said } : notSpoken(bytes);
}

function notSpoken(bytes: Buffer): Heard {
  return { kind: 'no', state: 'not-spoken', said: firstLine(bytes) };
}

/** A server of IMAP may tell other things before it answers. */
function afterUntagged(bytes: Buffer): Buffer {
  const untagged = /^(?:\* [^\n]*\n)*/u.exec(bytes.toString('latin1'))?.[0].length ?? 0;
  return bytes.subarray(untagged);
}
