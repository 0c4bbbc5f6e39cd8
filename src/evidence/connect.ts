import type { IpAddress } from '../domain/address.ts';
import { copiedCommand } from '../domain/command-line.ts';
import { transportOf } from '../domain/target.ts';
import { UDP_QUESTIONS } from '../domain/udp-question.ts';
import { formatMs } from '../text/format-ms.ts';
import type { Fields } from './fields.ts';
import type { EvidenceKind, Inferred } from './kind.ts';
import { describeError, endpoint, firstFew } from './words.ts';

const schema = (f: Fields) =>
  f.object(
    {
      ...f.timed(),
      attempts: f.list(
        attempt(f),
        'The asked port first, one per address; then, where the host had to be proven up, the well-known ones.',
      ),
      icmpSeen: f.flag('Whether ICMP errors could be heard while connecting (needs a raw socket).'),
      sideError: f.nullable(
        f.errorName(
          'errno name with which this machine refused a probe to the asked port that does not go through connect() (`EPERM` names the local firewall), else null.',
        ),
      ),
      resetTtl: f.optional(
        f.octet(
          'TTL with which the RST of the asked port arrived, for a further SYN; absent where none was sent, or it cannot be seen.',
        ),
      ),
      resetFromAfar: f.optional(
        f.flag(
          'Whether that RST came from beyond the first hop, and so from no rule of this machine; absent where that was not tried.',
        ),
      ),
    },
    'Connections to the asked port, and to others where the host had to be proven up.',
  );

const attempt = (f: Fields) =>
  f.object(
    {
      address: f.address('Where to.'),
      port: f.port('Which port.'),
      protocol: f.transport('A connection (TCP), or one datagram and what came back (UDP).'),
      state: f.oneOf(['open', 'closed', 'filtered', 'rejected', 'unreachable', 'local-error'], 'How it ended.'),
      ms: f.ms('Until the answer, in ms; for silence, how long was waited.'),
      error: f.nullable(f.errorName('errno name; null where there was no error.')),
      icmp: f.nullable(f.icmpError('The ICMP error that answered, null where none came or none could be seen.')),
      dropped: f.nullable(
        f.oneOf(
          ['closed', 'reset'],
          'After `open`: how the peer ended it at once with no byte received; null where it did not.',
        ),
      ),
      asked: f.optional(
        f.oneOf(
          UDP_QUESTIONS,
          'Over UDP: what the port was asked. `text`: a few printable bytes. `nothing`: an empty datagram. Absent in the reports of before.',
        ),
      ),
      retransmissions: f.optional(
        f.count('TCP, after `open`: how often the SYN had to be sent again; absent where the system does not tell.'),
      ),
      ending: f.optional(
        f.object(
          {
            acknowledged: f.flag('Whether our FIN was acknowledged.'),
            ms: f.ms('After how long that was so, or was given up, in ms.'),
          },
          'TCP, after `open`: what became of our FIN; absent where it was not looked at.',
        ),
      ),
      stray: f.optional(stray(f)),
    },
    'One attempt.',
  );

/** An answer to what was sent that came from another address. */
export const stray = (f: Fields) =>
  f.object(
    { address: f.address('Who answered.'), port: f.port('From which port.') },
    'Who answered in place of the address that was asked; absent where nobody did, or it could not be seen.',
  );

export type ConnectEvidence = Inferred<typeof schema>;

type Tried = {
  readonly address: IpAddress | null;
  readonly port: number | null;
  readonly protocol: 'tcp' | 'udp';
  readonly timeoutMs: number;
};

export function connectCommand({ address, port, protocol, timeoutMs }: Tried): string {
  if (address === null || port === null) return '';
  const waitS = String(Math.max(1, Math.ceil(timeoutMs / 1000)));
  return copiedCommand(['nc', protocol === 'udp' ? '-vzu' : '-vz', '-w', waitS, address, String(port)]);
}

export const CONNECT: EvidenceKind<ConnectEvidence> = {
  probe: 'connect',
  schema,
  describe: ({ attempts, sideError }) => {
    const lines = attempts.map(({ protocol, address, port, state, ms, error, icmp, dropped, ...rest }) => {
      const { retransmissions = 0, ending, stray: by } = rest;
      const why = [
        icmp === null ? error : describeError(icmp),
        dropped,
        formatMs(ms),
        retransmissions === 0 ? null : `SYN ×${retransmissions + 1}`,
        ending?.acknowledged === false ? `FIN ${formatMs(ending.ms)}: –` : null,
        by === undefined ? null : `← ${endpoint(by.address, by.port)}`,
      ].filter((part) => part !== null);
      return `${protocol} ${endpoint(address, port)} ${state} (${why.join(', ')})`;
    });
    return [...firstFew(lines), sideError];
  },
  command: ({ attempts }, { address, port, scheme }) => {
    const [first] = attempts;
    const tried = { address, port, protocol: transportOf(scheme), timeoutMs: 0, ...first };
    return connectCommand({ ...tried, timeoutMs: Math.max(...attempts.map(({ ms }) => ms), 1) });
  },
  events: ({ attempts }) => attempts.map((made) => ({ kind: 'attempt', attempt: made })),
};
