import type { IpAddress } from '../domain/address.ts';
import { copiedCommand } from '../domain/command-line.ts';
import { stray } from './connect.ts';
import type { Fields } from './fields.ts';
import type { EvidenceKind, Inferred } from './kind.ts';
import { describeError, endpoint, firstFew } from './words.ts';

const schema = (f: Fields) =>
  f.object(
    {
      ...f.timed(),
      method: f.method(),
      address: f.address('Where to.'),
      port: f.port('The asked port.'),
      attempts: f.list(attempt(f), 'In the order in which they were made.'),
      stray: f.optional(stray(f)),
    },
    'Several attempts at the asked port, beside the first: from source ports of their own, some of them again and again.',
  );

const attempt = (f: Fields) =>
  f.object(
    {
      how: f.oneOf(
        ['syn', 'bare-syn', 'connect'],
        "`syn`: a SYN as any program's, reset before the connection is there; `bare-syn`: one without TCP options; `connect`: a whole connection.",
      ),
      sourcePort: f.nullable(f.port('Ours; null where the kernel chose it.')),
      state: f.oneOf(['open', 'closed', 'filtered', 'rejected', 'unreachable', 'local-error'], 'How it ended.'),
      ms: f.ms('Until the answer, in ms; for silence, how long was waited.'),
      replyTtl: f.nullable(f.octet('TTL with which the answer arrived; null where the engine cannot see it.')),
      icmp: f.nullable(f.icmpError('The ICMP error that answered, null where none came or none could be seen.')),
      dropped: f.nullable(
        f.oneOf(['closed', 'reset'], 'How the peer ended it at once with no byte received; null where it did not.'),
      ),
      retransmissions: f.optional(
        f.count('How often the SYN had to be sent again; absent where the system does not tell.'),
      ),
    },
    'One attempt.',
  );

export type FlowsEvidence = Inferred<typeof schema>;

export type FlowAttempt = FlowsEvidence['attempts'][number];

export function flowsCommand(address: IpAddress, port: number): string {
  const again = (line: string) => `for i in 1 2 3 4 5 6; do ${line}; done`;
  return copiedCommand(['nc', '-vz', '-w', '2', address, String(port)], again);
}

export const FLOWS: EvidenceKind<FlowsEvidence> = {
  probe: 'connect',
  schema,
  describe: ({ attempts, stray: by }) => {
    // Attempts that met the same are counted.
    const met = attempts.map(({ how, state, dropped, retransmissions = 0, icmp }) =>
      [
        how,
        state,
        dropped,
        icmp === null ? null : describeError(icmp),
        retransmissions === 0 ? null : `SYN ×${retransmissions + 1}`,
      ]
        .filter((part) => part !== null)
        .join(' '),
    );
    const counted = [...new Set(met)].map((each) => `${each} ×${met.filter((other) => other === each).length}`);
    return [...firstFew(counted), by !== undefined && `SYN-ACK ← ${endpoint(by.address, by.port)}`];
  },
  command: ({ address, port }) => flowsCommand(address, port),
  events: () => [],
};
