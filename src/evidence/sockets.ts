import { copiedCommand } from '../domain/command-line.ts';
import type { Listener } from '../domain/evidence.ts';
import { parseVantage } from '../domain/parse-vantage.ts';
import { transportOf } from '../domain/target.ts';
import { typedCommand } from '../domain/typed-command.ts';
import type { Language } from '../domain/verdict.ts';
import type { Fields } from './fields.ts';
import type { EvidenceKind, Inferred } from './kind.ts';
import { listenersShown } from './listeners-shown.ts';
import { describeObstacles } from './obstacles/describe.ts';
import { describeUnavailable, firstFew } from './words.ts';

/** More sockets than any machine holds. */
const MAX_LISTENERS = 100_000;

const schema = (f: Fields) =>
  f.object(
    {
      ...f.timed(),
      host: f.text('What was read: `local`, a vantage as it was named, or `pasted`.', 'vantage'),
      listening: f.nullable(
        f.list(
          listener(f),
          'Listening TCP sockets and bound UDP sockets; null where they could not be seen.',
          MAX_LISTENERS,
        ),
      ),
      unavailable: f.optional(
        f.object(
          {
            reason: f.oneOf(
              ['not-permitted', 'not-installed', 'not-supported', 'not-answered'],
              'Of what kind the obstacle is; `not-answered`: the machine, or the way to it, did not answer in time.',
            ),
            ...f.obstacles(),
          },
          'Why they could not be seen; absent where they were.',
        ),
      ),
      ownsTarget: f.nullable(
        f.flag(
          "Whether that machine owns the target's address (else a missing listener proves less); null where nobody can tell.",
        ),
      ),
      targetInterfaces: f.optional(
        f.list(
          f.word('An interface.', 'interface'),
          "Where a listener of the asked port is bound to an interface: those by which others' traffic for the target's address is taken. Absent where that cannot be told.",
        ),
      ),
      tracksConnections: f.optional(
        f.flag(
          "Whether that machine's kernel kept track of connections (conntrack) while the port was tried, without which it passes none on to another address or port; absent where that was not seen.",
        ),
      ),
      gaps: f.withDefault(f.list(f.obstacle('One of them.'), 'What of them could not be seen, and why.'), []),
      missing: f.optional(
        f.nullable(f.text('The same as an English sentence, in reports of versions before 0.2; null for nothing.')),
      ),
      listenOverflows: f.optional(
        f.count(
          "Connections that full accept queues of that machine have turned away since it started, where no queue's limit can be read.",
        ),
      ),
    },
    "The target's own sockets, where they could be looked at.",
  );

const listener = (f: Fields) =>
  f.object(
    {
      protocol: f.transport('Its protocol.'),
      family: f.family('Its IP version.'),
      address: f.address('The address that it is bound to.'),
      port: f.port('Its port.'),
      v6Only: f.nullable(
        f.flag('An IPv6 socket that takes no IPv4; null for IPv4 sockets and where it cannot be read.'),
      ),
      process: f.nullable(f.word('The program that holds it; null where this user may not see it.', 'process')),
      pid: f.nullable(f.count('Its process number; null where this user may not see it.')),
      acceptQueue: f.nullable(f.count('Connections that wait to be accepted; null where they cannot be read.')),
      backlog: f.nullable(f.count('How many may wait; null where it cannot be read.')),
      interface: f.optional(
        f.nullable(
          f.word(
            'The one interface that it takes traffic from (SO_BINDTODEVICE); null for all, absent where it cannot be read.',
            'interface',
          ),
        ),
      ),
    },
    'One listening TCP socket, or one bound UDP socket.',
  );

export type SocketsEvidence = Inferred<typeof schema>;

type Words = {
  readonly listens: (who: string, where: string) => string;
  readonly queue: (used: number, limit: number | null) => string;
  readonly noListener: (port: number) => string;
  readonly listeners: (count: number) => string;
};

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    listens: (who, where) => `${who} on ${where}`,
    queue: (used, limit) => `accept queue ${used}${limit === null ? '' : ` of ${limit}`}`,
    noListener: (port) => `nothing on port ${port}`,
    listeners: (count) => `${count} listener${count === 1 ? '' : 's'} in all`,
  },
  ko: {
    listens: (who, where) => `${where}에서 ${who} 대기`,
    queue: (used, limit) => `accept 대기열 ${used}${limit === null ? '' : `/${limit}`}`,
    noListener: (port) => `포트 ${port}에 대기하는 것 없음`,
    listeners: (count) => `전체 리스너 ${count}개`,
  },
};

/** What shows the same listeners there; `where` is a vantage, `pasted` or whatever a recorded run calls it. */
export function listenersCommand(where: string, port: number | null, protocol: 'tcp' | 'udp'): string {
  const one = protocol === 'udp' ? '-lunp' : '-ltnp';
  const words = port === null ? ['ss', '-ltunp'] : ['ss', one, `sport = :${port}`];
  if (where === 'pasted') return copiedCommand(['ss', '-ltunp']);
  const parsed = parseVantage(where);
  if (parsed.kind === 'invalid') return '';
  return parsed.vantage.kind === 'local' ? copiedCommand(words) : typedCommand(parsed.vantage, words);
}

export const SOCKETS: EvidenceKind<SocketsEvidence> = {
  probe: 'sockets',
  schema,
  describe: ({ listening, gaps, missing, unavailable }, lang, { port, transport }) => {
    if (listening === null) return describeUnavailable(unavailable, lang);
    const words = WORDS[lang];
    const asked = listening.filter((each) => each.port === port && each.protocol === transport);
    return [
      ...firstFew(asked.map((each) => describeListener(each, words))),
      port !== null && asked.length === 0 && words.noListener(port),
      words.listeners(listening.length),
      describeObstacles(gaps, lang),
      missing ?? null,
    ];
  },
  command: ({ host }, { port, scheme }) => listenersCommand(host, port, transportOf(scheme)),
  events: (sockets, { port }) => [{ kind: 'listeners', listening: listenersShown(sockets, port) }],
};

function describeListener(listener: Listener, words: Words): string {
  const { address, port, process, pid, acceptQueue, backlog } = listener;
  const device = listener.interface == null || address.includes('%') ? '' : `%${listener.interface}`;
  const who = process === null ? '?' : pid === null ? process : `${process} (pid ${pid})`;
  const where = `${address.includes(':') ? `[${address}]` : address}${device}:${port}`;
  return `${words.listens(who, where)}${acceptQueue === null ? '' : ` (${words.queue(acceptQueue, backlog)})`}`;
}
