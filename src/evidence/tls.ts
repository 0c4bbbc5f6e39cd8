import { familyOf, type IpAddress } from '../domain/address.ts';
import { copiedCommand } from '../domain/command-line.ts';
import { type Certificate, START_TLS_PROTOCOLS, START_TLS_STATES } from '../domain/service-evidence.ts';
import type { Language } from '../domain/verdict.ts';
import { formatMs } from '../text/format-ms.ts';
import type { Fields } from './fields.ts';
import type { EvidenceKind, Inferred, Parts } from './kind.ts';
import { segments } from './segments.ts';
import { describeUnavailable, sharedWords } from './words.ts';

const MAX_NAMES_SHOWN = 4;

/** What is offered where the port is to speak HTTP (RFC 7301). */
export const HTTP_PROTOCOLS = ['h2', 'http/1.1'] as const;

const schema = (f: Fields) =>
  f.object(
    {
      ...f.timed(),
      unavailable: f.nullable(f.unavailable()),
      address: f.address('Where to.'),
      port: f.port('Which port.'),
      serverName: f.nullable(f.word('Sent as SNI (RFC 6066 3); null for an address.', 'host')),
      state: f.nullable(
        f.oneOf(
          ['established', 'alert', 'not-tls', 'closed', 'reset', 'silent', 'unusable', 'no-connection', 'not-begun'],
          'How the handshake ended. `not-tls`: the first bytes were of something else. `silent`: its time ran out. `unusable`: this side could not take what came. `no-connection`: TCP did not open. `not-begun`: see `startTls`. null: it could not be tried.',
        ),
      ),
      connectMs: f.nullable(f.ms('Until TCP opened, in ms.')),
      firstByteMs: f.nullable(f.ms('From the ClientHello until the first byte came back, in ms.')),
      handshakeMs: f.nullable(f.ms('From the ClientHello until the handshake was done, in ms.')),
      receivedBytes: f.count('Bytes that came back.'),
      acknowledged: f.optional(
        f.nullable(
          f.flag(
            "Of a handshake that fell silent: whether the other side's kernel had acknowledged all that was sent. null where this machine does not tell; absent in the reports of before.",
          ),
        ),
      ),
      startTls: f.optional(startTls(f)),
      segments: f.optional(segments(f)),
      protocol: f.nullable(f.word('The version that was agreed on.', 'text', /^TLSv1(?:\.[0-3])?$|^SSLv3$/)),
      cipher: f.nullable(f.word('The cipher suite that was agreed on.', 'text', /^[A-Z0-9_-]{1,64}$/)),
      alpn: f.nullable(f.word('The protocol that was agreed on (RFC 7301).', 'text', /^(?:h2|http\/1\.[01])$/)),
      alert: f.nullable(
        f.object(
          {
            code: f.count('Its number.'),
            name: f.word('Its name (RFC 8446 6).', 'text', /^[a-z_ ]{1,64}$|^unknown/),
          },
          'The alert that the server sent, while the handshake ran or right behind it.',
        ),
      ),
      afterwards: f.nullable(
        f.oneOf(
          ['alert', 'closed', 'reset'],
          'What became of the connection right behind the handshake; null where it stayed.',
        ),
      ),
      said: f.nullable(f.word('The first line of what was no TLS, printable ASCII only.')),
      error: f.nullable(f.errorName('What the TLS library or the kernel calls what went wrong.')),
      certificates: f.list(certificate(f), "As sent, the server's own first; at most ten."),
      chainLength: f.nullable(f.count('How many certificates were sent.')),
      trusted: f.nullable(f.flag('Whether the chain leads to an authority of the store, dates and names aside.')),
      trustError: f.nullable(
        f.errorName("OpenSSL's name of what it found wrong with the chain (`CERT_HAS_EXPIRED`, …); null for nothing."),
      ),
      trustStore: f.nullable(
        f.text(
          'Where the authorities that this machine trusts were read: a file, or `node` for those that come with Node.',
          'file',
          /^node$|^\/etc\/[A-Za-z0-9./_-]*$/,
        ),
      ),
    },
    'One TLS handshake with the asked port, without a judgement. What was not come to is null.',
  );

const startTls = (f: Fields) =>
  f.object(
    {
      protocol: f.oneOf(START_TLS_PROTOCOLS, 'The protocol of the port.'),
      state: f.oneOf(
        START_TLS_STATES,
        'How the server took the request. `no-greeting`: it never spoke first, as its protocol demands. `not-spoken`: what came is not of that protocol. `not-offered`: it does not list TLS among what it can do. `refused`: it said no. `no-answer`: it fell silent behind its greeting. `ended`: it ended the connection before.',
      ),
      said: f.nullable(f.word('The line with which it greeted or refused, printable ASCII only.')),
      greetingMs: f.nullable(
        f.ms('Until the server spoke first, or answered what was asked first, in ms; null where it did not.'),
      ),
    },
    "How TLS was asked for in the words of the port's own protocol; absent where it was not.",
  );

const certificate = (f: Fields) =>
  f.object(
    {
      subject: f.word('Whom it is for (RFC 4514).', 'owner'),
      issuer: f.word('Who issued it (RFC 4514).', 'owner'),
      commonName: f.nullable(f.word('The common name of its subject.', 'owner')),
      names: f.list(
        f.word('A name, perhaps with a wildcard.', 'host'),
        'Of its subject alternative names: DNS names in lower case.',
      ),
      addresses: f.addresses('Of its subject alternative names: addresses.'),
      validFrom: f.nullable(f.time('From when it is valid; null where that cannot be read.')),
      validTo: f.nullable(f.time('Until when it is valid; null where that cannot be read.')),
      selfSigned: f.flag('Signed with its own key.'),
    },
    "What a certificate says. Every text is the server's own word, bounded, and may be meant to mislead.",
  );

export type TlsEvidence = Inferred<typeof schema>;

type Words = {
  readonly certificateFor: (names: string) => string;
  readonly issuedBy: (issuer: string) => string;
  readonly valid: (from: string, to: string) => string;
  readonly chain: (count: number) => string;
  readonly trusted: string;
  readonly untrusted: (why: string) => string;
};

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    certificateFor: (names) => `certificate for ${names}`,
    issuedBy: (issuer) => `issued by ${issuer}`,
    valid: (from, to) => `valid ${from} to ${to}`,
    chain: (count) => `${count} certificate${count === 1 ? '' : 's'} sent`,
    trusted: 'trusted here',
    untrusted: (why) => `not trusted here (${why})`,
  },
  ko: {
    certificateFor: (names) => `${names} 인증서`,
    issuedBy: (issuer) => `발급자 ${issuer}`,
    valid: (from, to) => `유효 기간 ${from} ~ ${to}`,
    chain: (count) => `인증서 ${count}개 수신`,
    trusted: '이 컴퓨터가 신뢰함',
    untrusted: (why) => `이 컴퓨터가 신뢰하지 않음(${why})`,
  },
};

type Asked = {
  readonly address: IpAddress;
  readonly port: number;
  readonly serverName: string | null;
  readonly protocols: readonly string[];
  readonly startTls: string | null;
};

export function tlsCommand({ address, port, serverName, protocols, startTls }: Asked): string {
  const to = familyOf(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
  const who =
    serverName === null
      ? ['-noservername', '-verify_ip', address.split('%')[0] ?? '']
      : ['-servername', serverName, '-verify_hostname', serverName];
  const alpn = protocols.length === 0 ? [] : ['-alpn', protocols.join(',')];
  const first = startTls === null ? [] : ['-starttls', startTls];
  const words = ['openssl', 's_client', '-connect', to, ...first, ...who, ...alpn, '-showcerts'];
  return copiedCommand(words, (line) => `${line} </dev/null`);
}

export const TLS: EvidenceKind<TlsEvidence> = {
  probe: 'tls',
  schema,
  describe: (tls, lang) => {
    const { state, unavailable, protocol, cipher, alpn, alert, afterwards, said, error, handshakeMs } = tls;
    if (state === null) return describeUnavailable(unavailable, lang);
    const words = WORDS[lang];
    const [own] = tls.certificates;
    return [
      protocol ?? state,
      handshakeMs === null ? formatMs(tls.durationMs) : formatMs(handshakeMs),
      cipher,
      alpn !== null && `ALPN ${alpn}`,
      alert !== null && `alert ${alert.name} (${alert.code})`,
      afterwards !== null && afterwards !== 'alert' && afterwards,
      said !== null && `"${said}"`,
      error,
      state !== 'established' && sharedWords(lang).bytes(tls.receivedBytes),
      ...(own === undefined ? [] : describeCertificate(own, words)),
      tls.chainLength !== null && words.chain(tls.chainLength),
      tls.trusted === true && words.trusted,
      tls.trusted === false && words.untrusted(tls.trustError ?? '?'),
    ];
  },
  command: ({ address, port, serverName, startTls: asked }, { scheme }) => {
    const protocols = scheme === 'http' || scheme === 'https' ? HTTP_PROTOCOLS : [];
    return tlsCommand({ address, port, serverName, protocols, startTls: asked?.protocol ?? null });
  },
  events: ({ state, protocol, handshakeMs }) => {
    if (state === null) return [];
    const isGood = state === 'established';
    return [{ kind: 'service-answer', protocol: 'tls', answer: protocol ?? state, isGood, ms: handshakeMs }];
  },
};

function describeCertificate(found: Certificate, words: Words): Parts {
  const { names, addresses, commonName, subject, issuer, validFrom, validTo } = found;
  const all = [...names, ...addresses];
  const more = all.length > MAX_NAMES_SHOWN ? ` +${all.length - MAX_NAMES_SHOWN}` : '';
  const shown = all.slice(0, MAX_NAMES_SHOWN).join(' ') + more;
  return [
    words.certificateFor(shown === '' ? (commonName ?? subject) : shown),
    words.issuedBy(issuer),
    words.valid(dayOf(validFrom), dayOf(validTo)),
  ];
}

function dayOf(time: string | null): string {
  return time === null ? '?' : time.slice(0, 10);
}
