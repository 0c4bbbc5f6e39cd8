import { formatMs } from '../text/format-ms.ts';
import type { Fields } from './fields.ts';
import type { EvidenceKind, Inferred } from './kind.ts';
import { firstFew } from './words.ts';

const schema = (f: Fields) =>
  f.object(
    {
      ...f.timed(),
      host: f.text('The name, or the address that stood in its place.', 'host'),
      status: f.oneOf(
        ['ok', 'literal', 'not-found', 'no-address', 'server-failure', 'timeout'],
        'What came of it; `literal`: it was an address already.',
      ),
      addresses: f.addresses('In the order in which the system would try them; those of the families asked for.'),
      source: f.nullable(
        f.oneOf(['literal', 'hosts', 'dns', 'other'], 'Where the addresses come from; null where there are none.'),
      ),
      servers: f.list(serverAnswer(f), 'What each configured resolver said, in their order.'),
      hostsFile: f.addresses('What the hosts file gives for the name, empty if nothing.'),
    },
    'How the name of the target was looked up.',
  );

const serverAnswer = (f: Fields) =>
  f.object(
    {
      address: f.address('The resolver.'),
      rcode: f.nullable(
        f.word(
          'The code of its answer (RFC 6895 2.3); null where it said nothing usable.',
          'text',
          /^[A-Z0-9_]{1,20}$/,
        ),
      ),
      ms: f.nullable(f.ms('Until it answered, in ms; null where it said nothing usable.')),
      addresses: f.addresses('The addresses that it gave.'),
      sent: f.count('Queries sent to it, over UDP and TCP, A and AAAA together.'),
      error: f.nullable(
        f.errorName(
          'A local or ICMP error (`EPERM`, `ECONNREFUSED`, `ENETUNREACH`), or `malformed` where only garbage came; else null.',
        ),
      ),
    },
    'What one resolver said.',
  );

export type ResolveEvidence = Inferred<typeof schema>;

export type ResolveStatus = ResolveEvidence['status'];

export const RESOLVE: EvidenceKind<ResolveEvidence> = {
  probe: 'resolve',
  schema,
  describe: ({ status, host, addresses, source, servers }) => {
    if (status === 'literal') return [`literal ${host}`];
    const found = addresses.length === 0 ? status : firstFew(addresses).join(', ');
    return [
      `${host}: ${found}${source === null || addresses.length === 0 ? '' : ` (${source})`}`,
      ...firstFew(
        servers.map(({ address, rcode, ms, error }) =>
          [address, rcode ?? error ?? 'no answer', ms === null ? '' : formatMs(ms)]
            .filter((part) => part !== '')
            .join(' '),
        ),
      ),
    ];
  },
  events: ({ servers, addresses }) => [
    ...servers.map((answer) => ({ kind: 'server' as const, answer })),
    { kind: 'addresses', addresses },
  ],
};
