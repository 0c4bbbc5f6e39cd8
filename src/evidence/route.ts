import type { IpAddress } from '../domain/address.ts';
import { copiedCommand, copiedCommands } from '../domain/command-line.ts';
import type { Language } from '../domain/verdict.ts';
import type { Fields } from './fields.ts';
import type { EvidenceKind, Inferred } from './kind.ts';

const rule = (f: Fields, description: string) =>
  f.object(
    {
      priority: f.count('Where it stands among the rules: the lowest comes first.'),
      selector: f.text('Which packets it takes, as ip-rule(8) writes it.', 'sentence'),
      table: f.word(
        'The table that it leads to: `main`, `local`, `default`, or a number.',
        'text',
        /^(?:main|local|default|\d{1,10})$/,
      ),
    },
    description,
  );

const linkAddress = (f: Fields, description: string) => f.word(description, 'interface');

/** What is known of a route beside the route itself (see Links). */
const details = (f: Fields) => ({
  rule: f.optional(rule(f, 'The rule of the policy database that decides.')),
  boundRule: f.optional(rule(f, 'The rule for a socket that is bound to the source address, where its route differs.')),
  network: f.optional(f.word('The destination of the route that is taken, e.g. `172.18.0.0/16`.', 'sentence')),
  without: f.optional(
    f.object(
      {
        interface: f.word('The interface of that way.', 'interface'),
        gateway: f.nullable(f.address('The router of that way; null where there is none.')),
      },
      'The way that packets would take if the interface were not there.',
    ),
  ),
  link: f.optional(
    f.object(
      {
        kind: f.nullable(
          f.word('What made it (`bridge`, `tun`, `wireguard`); null for hardware.', 'text', /^[a-z0-9_]{1,16}$/),
        ),
        hasNeighbours: f.flag('Whether frames are addressed to neighbours there, as on Ethernet.'),
        leadsOut: f.flag(
          'Whether it leads out of this machine as far as can be seen: hardware, a bridge with a port that is, or a gateway is reached by it.',
        ),
        sentPackets: f.nullable(f.count('Packets that left by it during the run; null where they were not counted.')),
        receivedPackets: f.nullable(
          f.count('Packets that came by it during the run; null where they were not counted.'),
        ),
      },
      'The interface that packets leave by.',
    ),
  ),
  gateways: f.optional(f.addresses('Gateways of any route by the interface.')),
  sourceInterface: f.optional(
    f.word('The interface whose address the source is, where packets leave by another.', 'interface'),
  ),
  loopbackDown: f.optional(
    f.just(true, "The address is this machine's own, and the loopback interface, by which it reaches itself, is down."),
  ),
  entry: f.optional(
    f.object(
      {
        linkAddress: linkAddress(f, 'Its link-layer address.'),
        isPermanent: f.flag('Whether it was fixed by hand, so that nobody has asked for it.'),
        sharedWith: f.addresses('Further addresses of the link with the same link-layer address.'),
      },
      'The next hop in the neighbour table, where it has been resolved.',
    ),
  ),
  gatewayEcho: f.optional(
    f.object(
      {
        address: f.address('Who was asked.'),
        sent: f.count('Echoes that were sent.'),
        received: f.count('Echoes that were answered.'),
      },
      'Echoes to the next hop, or to a gateway on the same link, itself: sent only where nothing beyond it answered.',
    ),
  ),
  claims: f.optional(
    f.list(
      f.object(
        {
          address: f.address('The address that was asked for.'),
          of: f.oneOf(['target', 'gateway', 'own'], 'Whose it should be.'),
          linkAddresses: f.list(
            linkAddress(f, 'A link-layer address.'),
            'The link-layer addresses from which it was claimed; those of this machine are left out.',
          ),
        },
        'Who answered for an address.',
      ),
      'Who answered on the link for the addresses that matter; absent where that could not be asked.',
    ),
  ),
});

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
      ...details(f),
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

export function routeCommand(to: IpAddress): string {
  const [address = '', zone] = to.split('%');
  return copiedCommand(['ip', 'route', 'get', address, ...(zone === undefined ? [] : ['oif', zone])]);
}

/** `nextHop`: who is asked for by ARP or ND. */
export function neighbourCommand(nextHop: IpAddress, interfaceName: string): string {
  return copiedCommand(['ip', 'neigh', 'show', 'to', nextHop.split('%')[0] ?? '', 'dev', interfaceName]);
}

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
  command: ({ to, gateway, interface: name, neighbour }) =>
    copiedCommands(routeCommand(to), neighbour === null || name === null ? '' : neighbourCommand(gateway ?? to, name)),
  events: () => [],
};
