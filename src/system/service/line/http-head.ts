import type { HttpHeaders } from '../../../domain/service-evidence.ts';
import { beginsAsTls, firstLine } from './words.ts';

/** More than any server sends by itself; Node and nginx take less. */
export const LARGEST_HEAD = 32 * 1024;
const LONGEST_VALUE = 200;
const LONGEST_REASON = 60;
const LONGEST_LOCATION = 4000;
/** More than a browser is made to keep for one page. */
const MOST_COOKIES = 20;
const LONGEST_COOKIE = 4000;
/** Type 4 (SETTINGS) in a frame's header of nine bytes (RFC 9113 4.1): a server of HTTP/2 begins with it whatever it is asked. */
const SETTINGS = 4;

export type HttpHead =
  | { readonly kind: 'more' }
  | {
      readonly kind: 'head';
      readonly status: number;
      readonly reason: string | null;
      readonly headers: HttpHeaders;
      /** The whole of it, as it was sent. */
      readonly location: string | null;
      /** `name=value` of each that was set. */
      readonly cookies: readonly string[];
    }
  | { readonly kind: 'not-http' | 'http2-only'; readonly said: string | null }
  | { readonly kind: 'too-long'; readonly status: number | null };

/** Reads the head of an answer (RFC 9112 2, 4, 5) from what has come so far; interim answers (1xx) are passed over. */
export function readHead(bytes: Buffer): HttpHead {
  let rest = bytes.toString('latin1');
  for (;;) {
    if (!couldBeHttp(rest)) return strangerIn(bytes);
    const line = /^HTTP\/1\.[01] ([1-9]\d\d)(?: ([^\r\n]*))?\r?\n/u.exec(rest);
    if (line === null) {
      if (/\n/u.test(rest)) return strangerIn(bytes);
      return bytes.length > LARGEST_HEAD ? { kind: 'too-long', status: null } : { kind: 'more' };
    }
    const status = Number(line[1]);
    const end = /\r?\n\r?\n/u.exec(rest);
    if (end === null) return bytes.length > LARGEST_HEAD ? { kind: 'too-long', status } : { kind: 'more' };
    if (status >= 200 || status === 101) {
      const reason = plain(line[2] ?? '', LONGEST_REASON);
      return { kind: 'head', status, reason, ...fieldsIn(rest.slice(line[0].length, end.index)) };
    }
    rest = rest.slice(end.index + end[0].length);
  }
}

/** As far as it has come. */
function couldBeHttp(text: string): boolean {
  const start = 'HTTP/1.';
  return start.startsWith(text.slice(0, start.length));
}

function strangerIn(bytes: Buffer): HttpHead {
  if (bytes.length >= 9 && bytes[0] === 0 && bytes[3] === SETTINGS) return { kind: 'http2-only', said: null };
  return { kind: 'not-http', said: beginsAsTls(bytes) ? 'TLS' : firstLine(bytes) };
}

function fieldsIn(fields: string): Pick<Extract<HttpHead, { kind: 'head' }>, 'headers' | 'location' | 'cookies'> {
  const location = plain(/^location:[ \t]*(.*)/imu.exec(fields)?.[1] ?? '', LONGEST_LOCATION);
  return { headers: headersOf(fields), location, cookies: cookiesIn(fields) };
}

function headersOf(fields: string): HttpHeaders {
  const header = (name: string) =>
    plain(new RegExp(`^${name}:[ \\t]*(.*)`, 'imu').exec(fields)?.[1] ?? '', LONGEST_VALUE);
  return {
    server: header('server'),
    via: header('via'),
    date: header('date'),
    contentType: header('content-type'),
    location: header('location')?.replace(/[?#].*$/u, '') ?? null,
    retryAfter: header('retry-after'),
  };
}

/** What is sent back of them (RFC 6265 5.4), whatever their attributes say: they go to the host that set them. */
function cookiesIn(fields: string): readonly string[] {
  const set = [...fields.matchAll(/^set-cookie:[ \t]*([^;\r\n]*)/gimu)].slice(0, MOST_COOKIES);
  return set.flatMap(([, pair = '']) => plain(pair, LONGEST_COOKIE) ?? []);
}

function plain(value: string, longest: number): string | null {
  const words = value
    .replace(/[^\x20-\x7e]/gu, '')
    .trim()
    .slice(0, longest);
  return words === '' ? null : words;
}
