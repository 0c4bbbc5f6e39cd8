import { type Family, familyOf, type IpAddress } from '../domain/address.ts';
import { copiedCommand, copiedCommands } from '../domain/command-line.ts';
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
      system: f.optional(
        f.list(systemLookup(f), 'The look-up as programs make it: once; more often where the first took long.'),
      ),
      paired: f.optional(paired(f)),
      setup: f.optional(setup(f)),
    },
    'How the name of the target was looked up.',
  );

const rcode = (f: Fields) =>
  f.word('The code of its answer (RFC 6895 2.3); null where it said nothing usable.', 'text', /^[A-Z0-9_]{1,20}$/);

const systemLookup = (f: Fields) =>
  f.object(
    {
      state: f.oneOf(
        ['addresses', 'error', 'pending'],
        'What came of it; `pending`: it was not over when nobody waited any more.',
      ),
      error: f.nullable(f.errorName("The name of getaddrinfo's error; null where there was none.")),
      ms: f.nullable(f.ms('How long it took, or had taken by then, in ms; null where that cannot be told.')),
    },
    'One look-up by getaddrinfo for all families asked for.',
  );

const paired = (f: Fields) =>
  f.object(
    {
      server: f.address('The resolver that was asked.'),
      aMs: f.nullable(f.ms('Until the answer to A, in ms; null where none came.')),
      aaaaMs: f.nullable(f.ms('Until the answer to AAAA, in ms; null where none came.')),
      waitedMs: f.ms('How long was waited, in ms.'),
    },
    'The questions for A and AAAA sent one after the other from one port, as the C library sends them.',
  );

const setup = (f: Fields) =>
  f.object(
    {
      nsswitch: f.nullable(
        f.list(
          f.word('A source of names.', 'text', /^[a-z0-9_]{1,20}$/),
          'The sources of the line `hosts` of nsswitch.conf(5), in order; null where it cannot be read.',
        ),
      ),
      isConfigured: f.flag('False where no resolver is configured and the C library falls back on one of its own.'),
      upstreams: f.addresses('Whom a stub resolver on this machine passes its questions on to, as far as it says so.'),
    },
    'What this machine is told about where to look names up.',
  );

const serverAnswer = (f: Fields) =>
  f.object(
    {
      address: f.address('The resolver.'),
      rcode: f.nullable(rcode(f)),
      ms: f.nullable(f.ms('Until it answered, in ms; null where it said nothing usable.')),
      addresses: f.addresses('The addresses that it gave.'),
      sent: f.count('Queries sent to it, over UDP and TCP, A and AAAA together.'),
      error: f.nullable(
        f.errorName(
          'A local or ICMP error (`EPERM`, `ECONNREFUSED`, `ENETUNREACH`), or `malformed` where only garbage came; else null.',
        ),
      ),
      name: f.optional(
        f.text('The name that this is the word on, where it is one with a suffix of the search list.', 'host'),
      ),
      typed: f.optional(
        f.object(
          {
            rcode: f.nullable(rcode(f)),
            addresses: f.addresses('The addresses that it gave for the name as typed.'),
          },
          'What it says of the name exactly as typed, where the word is on another.',
        ),
      ),
      chain: f.optional(
        f.list(
          f.text('An alias.', 'host'),
          'The names behind an alias (CNAME), in order; the last is the one that the word is on, or one that was there before: a loop.',
        ),
      ),
      extendedErrors: f.optional(
        f.list(
          f.object(
            { code: f.count('The code of the registry.'), text: f.text('Its words, which may be empty.') },
            'One error.',
          ),
          'What it said beside a failure (RFC 8914).',
        ),
      ),
      truncated: f.optional(f.just(true, 'Its answer over UDP was cut (TC), and no whole one came over TCP.')),
      garbage: f.optional(f.just(true, 'Something came from its address that is no answer to what was asked.')),
      records: f.optional(
        f.list(
          f.object(
            {
              type: f.oneOf(['A', 'AAAA'], 'Which records were asked for.'),
              rcode: f.nullable(rcode(f)),
              ms: f.nullable(f.ms('Until the answer, in ms; null where none came.')),
              sent: f.count('Queries sent, over UDP and TCP.'),
            },
            'One question.',
          ),
          'Each type by itself.',
        ),
      ),
    },
    'What one resolver said.',
  );

export type ResolveEvidence = Inferred<typeof schema>;

export type ResolveStatus = ResolveEvidence['status'];

/** `server`: one that was asked, null where none was. */
export function resolveCommand(host: string, families: readonly Family[], server: IpAddress | null): string {
  const [only] = families;
  const getent = copiedCommand(['getent', families.length === 1 ? `ahostsv${only ?? 4}` : 'ahosts', host]);
  if (server === null) return getent;
  const types = families.flatMap((family) => [host, family === 6 ? 'AAAA' : 'A']);
  return copiedCommands(getent, copiedCommand(['dig', '+search', `@${server}`, ...types]));
}

/** Those that the walk asked for are not recorded: those of what was found, else both. */
function familiesIn(addresses: readonly IpAddress[]): readonly Family[] {
  const found = ([4, 6] as const).filter((family) => addresses.some((address) => familyOf(address) === family));
  return found.length === 0 ? [4, 6] : found;
}

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
  command: ({ host, status, addresses, servers }) => {
    const server = (servers.find(({ rcode }) => rcode !== null) ?? servers[0])?.address ?? null;
    return resolveCommand(host, status === 'literal' ? [4, 6] : familiesIn(addresses), server);
  },
  events: ({ servers, addresses }) => [
    ...servers.map((answer) => ({ kind: 'server' as const, answer })),
    { kind: 'addresses', addresses },
  ],
};
