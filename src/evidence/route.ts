import type { Language } from '../domain/verdict.ts';
import type { Fields } from './fields.ts';
import type { EvidenceKind, Inferred } from './kind.ts';

const schema = (f: Fields) =>
  f.object(
    {
      ...f.timed(),
      to: f.address('Where the packets would go: the target, or a resolver while the name has no address.'),
      status: f.oneOf(
        ['ok', 'local', 'no-network', 'no-route', 'unknown'],
        "Whether there is a way; `local`: the address is this machine's own.",
      ),
      error: f.nullable(f.errorName("The errno name of the kernel's refusal, else null.")),
      interface: f.nullable(f.word('The interface that they would leave through.', 'interface')),
      source: f.nullable(f.address('The source address that they would carry.')),
      gateway: f.nullable(f.address('The router that they would be handed to; null where there is none.')),
      onLink: f.nullable(f.flag('Whether the address is on the link itself; null where it cannot be read.')),
      neighbour: f.nullable(
        f.oneOf(
          ['reachable', 'stale', 'delay', 'probe', 'incomplete', 'failed', 'permanent', 'noarp', 'none'],
          'State in the neighbour table of the next hop: of the gateway, or of `to` itself when it is on the link; null where it cannot be read.',
        ),
      ),
      mtu: f.nullable(f.count('MTU of that way, in bytes.')),
      usableFamilies: f.list(
        f.family('An IP version.'),
        'Families in which this machine has an address of global scope on an interface that is up, and a default or more exact route.',
        2,
      ),
    },
    'How this machine would send to the target.',
  );

export type RouteEvidence = Inferred<typeof schema>;

type Words = {
  readonly own: string;
  readonly onLink: string;
  readonly via: (gateway: string) => string;
  readonly from: (source: string) => string;
  readonly neighbour: (state: string) => string;
};

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    own: "this machine's own address",
    onLink: 'on this link',
    via: (gateway) => `via ${gateway}`,
    from: (source) => `from ${source}`,
    neighbour: (state) => `next hop ${state}`,
  },
  ko: {
    own: '이 컴퓨터 자신의 주소',
    onLink: '같은 링크',
    via: (gateway) => `게이트웨이 ${gateway}`,
    from: (source) => `출발지 ${source}`,
    neighbour: (state) => `다음 홉 ${state}`,
  },
};

export const ROUTE: EvidenceKind<RouteEvidence> = {
  probe: 'route',
  schema,
  describe: (route, lang) => {
    const words = WORDS[lang];
    const { status, error, gateway, onLink, source, neighbour, mtu } = route;
    if (status === 'local') return [words.own, route.interface];
    return [
      status !== 'ok' && (error === null ? status : `${status} (${error})`),
      gateway === null ? onLink === true && words.onLink : words.via(gateway),
      route.interface,
      source !== null && words.from(source),
      neighbour !== null && words.neighbour(neighbour),
      mtu !== null && `MTU ${mtu}`,
    ];
  },
  events: () => [],
};
