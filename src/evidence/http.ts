import { familyOf, type IpAddress } from '../domain/address.ts';
import { copiedCommand } from '../domain/command-line.ts';
import { REDIRECTS } from '../domain/service-evidence.ts';
import { formatMs } from '../text/format-ms.ts';
import type { Fields } from './fields.ts';
import type { EvidenceKind, Inferred } from './kind.ts';
import { segments } from './segments.ts';
import { describeUnavailable, sharedWords } from './words.ts';

/** IMF-fixdate (RFC 9110 5.6.7). */
const HTTP_DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/;

const schema = (f: Fields) =>
  f.object(
    {
      ...f.timed(),
      unavailable: f.nullable(f.unavailable()),
      address: f.address('Where to.'),
      port: f.port('Which port.'),
      path: f.text('What was asked for: path and query.', 'path'),
      state: f.nullable(
        f.oneOf(
          [
            'answered',
            'not-http',
            'http2-only',
            'closed',
            'reset',
            'silent',
            'unusable',
            'tls-failed',
            'no-connection',
          ],
          'How the request went. `not-http`: what came was no HTTP/1 answer. `tls-failed`: the handshake before it. `silent`: its time ran out. null: it could not be tried.',
        ),
      ),
      status: f.nullable(f.count('The status code of the answer (RFC 9110 15).')),
      reason: f.nullable(f.word("The reason phrase, the server's own words.")),
      headers: f.nullable(headers(f)),
      connectMs: f.nullable(f.ms('Until TCP opened, in ms.')),
      firstByteMs: f.optional(
        f.nullable(
          f.ms('From the request until the first byte of its answer came, in ms; absent in the reports of before.'),
        ),
      ),
      answerMs: f.nullable(f.ms("From the request until its answer's head was there, in ms.")),
      receivedBytes: f.count('Bytes that came back.'),
      acknowledged: f.optional(
        f.nullable(
          f.flag(
            "Of a request that got no answer: whether the other side's kernel had acknowledged all that was sent. null where this machine does not tell; absent in the reports of before.",
          ),
        ),
      ),
      said: f.nullable(f.word('The first line of what was no HTTP, printable ASCII only.')),
      error: f.nullable(f.errorName('What the kernel or a library calls what went wrong.')),
      redirect: f.optional(redirect(f)),
      segments: f.optional(segments(f)),
    },
    'One HTTP request to the asked port, without a judgement.',
  );

const redirect = (f: Fields) =>
  f.object(
    {
      to: f.oneOf(
        REDIRECTS,
        'Where it leads to. `unusable`: to nothing that can be asked for by HTTP (`javascript:`, no URL).',
      ),
      followed: f.count('How many more requests were made, within the host, to see where it ends.'),
      loops: f.nullable(
        f.flag(
          'Whether it comes back to where it began, cookies kept; null where it leads elsewhere or was not followed to an end.',
        ),
      ),
    },
    'Where a redirect (RFC 9110 15.4) leads; absent where the answer is none, and in the reports of before.',
  );

const headers = (f: Fields) =>
  f.object(
    {
      server: f.nullable(f.word('Server.')),
      via: f.nullable(f.word('Via.')),
      date: f.nullable(f.word('Date.', 'text', HTTP_DATE)),
      contentType: f.nullable(f.word('Content-Type.')),
      location: f.nullable(f.word('Location, without its query.', 'url')),
      retryAfter: f.nullable(f.word('Retry-After.', 'text', /^\d{1,9}$/)),
    },
    'The few headers that tell who answered and why. Each at most 200 characters, printable ASCII only.',
  );

export type HttpEvidence = Inferred<typeof schema>;

type Asked = {
  readonly scheme: string;
  /** A name, or an address without brackets. */
  readonly host: string;
  readonly isLiteral: boolean;
  readonly address: IpAddress;
  readonly port: number;
  readonly path: string;
};

/** `--noproxy`: whatever the environment names, nothing stands between. */
export function httpCommand({ scheme, host, isLiteral, address, port, path }: Asked): string {
  const named = host.includes(':') ? `[${host}]` : host;
  const to = familyOf(address) === 6 ? `[${address}]` : address;
  const resolve = isLiteral ? [] : ['--resolve', `${named}:${port}:${to}`];
  const url = `${scheme}://${named}:${port}${path}`;
  return copiedCommand(['curl', '-sS', '-o', '/dev/null', '-D', '-', '--http1.1', '--noproxy', '*', ...resolve, url]);
}

export const HTTP: EvidenceKind<HttpEvidence> = {
  probe: 'http',
  schema,
  describe: (http, lang) => {
    const {
      state,
      status,
      reason,
      headers: sent,
      answerMs,
      durationMs,
      said,
      error,
      receivedBytes,
      unavailable,
    } = http;
    if (state === null) return describeUnavailable(unavailable, lang);
    return [
      status === null ? state : ['HTTP', status, reason].filter((part) => part !== null).join(' '),
      status !== null && state !== 'answered' && state,
      formatMs(answerMs ?? durationMs),
      sent?.server ?? null,
      sent?.location != null && `Location: ${sent.location}`,
      said !== null && `"${said}"`,
      error,
      state !== 'answered' && sharedWords(lang).bytes(receivedBytes),
    ];
  },
  command: (asked, { scheme, host }) => httpCommand({ ...asked, scheme, host, isLiteral: host === asked.address }),
  events: ({ state, status, answerMs }) => {
    if (state === null) return [];
    const answer = status === null ? state : `HTTP ${status}`;
    const isGood = status !== null && status < 400;
    return [{ kind: 'service-answer', protocol: 'http', answer, isGood, ms: answerMs }];
  },
};
