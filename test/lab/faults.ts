import type { FindingCode } from '../../src/domain/finding-code.ts';
import { issue, newAuthority } from './kit/certificates.ts';
import { type Chain, type ChainOptions, chain } from './kit/chain.ts';
import { filter, sh } from './kit/exec.ts';
import type { Namespace } from './kit/namespaces.ts';
import { type DnsAnswer, type Service, serve } from './kit/services.ts';
import { unlimited } from './kit/unlimited.ts';

/** One real fault, and the code that is true of it. */
export type Fault = {
  readonly code: FindingCode;
  readonly name: string;
  /** Said of the same network, these are true as well, and less: what a rung that sees less may be certain of. */
  readonly alsoTrue?: readonly FindingCode[];
  /** The table has a row of its own for it. */
  readonly row?: string;
  /** Each rung gets a network of its own: a router that has no route answers five packets and then one a second. */
  readonly isSpent?: true;
  readonly build: () => Promise<Built>;
};

/** Where netwhy runs, and what it is asked. */
export type Built = { readonly on: Namespace; readonly ask: readonly string[] };

const RESOLVER = '10.9.1.1';
const NEIGHBOURS = 'icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept';

/** Routers that answer as often as they are asked: six rungs ask in a row. */
async function network(options: ChainOptions): Promise<Chain> {
  const net = await chain(options);
  unlimited(net);
  return net;
}

const zoned = async (zone: Readonly<Record<string, DnsAnswer>>): Promise<Chain> => {
  const net = await network({ routers: 1, names: { resolvers: [RESOLVER] } });
  await serve(net.server, { kind: 'dns', host: RESOLVER, zone });
  return net;
};

const tcp = (port: number, host = '::', does: 'hold' | 'close' = 'hold'): Service => ({
  kind: 'tcp',
  host,
  port,
  does,
});

async function fromClient(net: Chain, ask: string | null = null): Promise<Built> {
  return { on: net.client, ask: [ask ?? net.target()] };
}

/** Faults of a host whether or not a port is asked for. */
function both(fault: Omit<Fault, 'build'> & { readonly build: () => Promise<Chain> }): readonly Fault[] {
  return [
    { ...fault, build: async () => fromClient(await fault.build()) },
    {
      ...fault,
      name: `${fault.name}, a port asked for`,
      build: async () => {
        const net = await fault.build();
        return fromClient(net, `${net.target()}:443`);
      },
    },
  ];
}

const MACHINE: readonly Fault[] = [
  {
    code: 'no-network',
    name: 'the interface is down',
    build: async () => {
      const net = await network({ routers: 1 });
      sh(net.client, 'ip link set eth0 down');
      return fromClient(net);
    },
  },
  {
    code: 'no-route',
    name: 'no default route',
    build: async () => {
      const net = await network({ routers: 1 });
      sh(net.client, 'ip route del default');
      return fromClient(net);
    },
  },
  {
    code: 'local-firewall',
    name: 'everything to the target is kept in',
    build: async () => {
      const net = await network({ routers: 1 });
      filter(net.client, 'output', `ip daddr ${net.target()} drop`);
      return fromClient(net);
    },
  },
  {
    code: 'local-firewall',
    name: 'one TCP port is kept in',
    row: 'local-firewall, one TCP port dropped',
    build: async () => {
      const net = await network({ routers: 1 });
      await serve(net.server, tcp(5432));
      filter(net.client, 'output', 'tcp dport 5432 drop');
      return fromClient(net, `${net.target()}:5432`);
    },
  },
  {
    code: 'local-firewall',
    name: 'one TCP port is reset by a rule of this machine',
    row: 'local-firewall, one TCP port reset',
    // A firewall answers for the host: that it is the one of this machine is more than the RST says.
    alsoTrue: ['port-closed'],
    build: async () => {
      const net = await network({ routers: 1 });
      await serve(net.server, tcp(5432));
      filter(net.client, 'output', 'tcp dport 5432 reject with tcp reset');
      return fromClient(net, `${net.target()}:5432`);
    },
  },
  {
    code: 'local-ports-exhausted',
    name: 'no ephemeral port left',
    build: async () => {
      const net = await network({ routers: 0 });
      await serve(net.server, tcp(80));
      sh(net.client, 'echo "40000 40001" > /proc/sys/net/ipv4/ip_local_port_range');
      await serve(net.client, { kind: 'clients', host: net.target(), port: 80, count: 2 });
      return fromClient(net, `${net.target()}:80`);
    },
  },
  {
    code: 'gateway-unreachable',
    name: 'the gateway is gone',
    build: async () => {
      const net = await network({ routers: 1 });
      sh(net.router(1), 'ip addr flush dev eth0 scope global');
      return fromClient(net);
    },
  },
];

const NAMES: readonly Fault[] = [
  { code: 'name-not-found', name: 'NXDOMAIN', build: async () => fromClient(await zoned({}), 'nowhere.test') },
  {
    code: 'name-no-address',
    name: 'no address',
    build: async () => fromClient(await zoned({ 'a.test': {} }), 'a.test'),
  },
  {
    code: 'resolver-failure',
    name: 'SERVFAIL',
    build: async () => fromClient(await zoned({ 'a.test': { rcode: 'SERVFAIL' } }), 'a.test'),
  },
  {
    code: 'resolver-unreachable',
    name: 'the resolver says nothing',
    build: async () => fromClient(await zoned({ '*': { silent: true } }), 'a.test'),
  },
  {
    code: 'name-from-hosts-file',
    name: 'the hosts file says otherwise',
    alsoTrue: ['port-open'],
    build: async () => {
      const net = await network({ routers: 1, names: { resolvers: [RESOLVER], hosts: [`${RESOLVER} a.test`] } });
      await serve(net.server, { kind: 'dns', host: RESOLVER, zone: { 'a.test': { a: ['10.9.1.7'] } } }, tcp(80));
      return fromClient(net, 'a.test:80');
    },
  },
  ...([4, 6] as const).map(
    (family): Fault => ({
      code: `ipv${family}-broken`,
      name: `IPv${family} of two families is dropped`,
      build: async () => {
        const net = await zoned({ 'dual.test': { a: ['10.9.1.50'], aaaa: ['fd09:0:0:2::1'] } });
        sh(net.server, 'ip addr add 10.9.1.50/24 dev eth0');
        await serve(net.server, tcp(80));
        filter(net.router(1), 'forward', family === 6 ? 'ip6 daddr fd09:0:0:2::1 drop' : 'ip daddr 10.9.1.50 drop');
        return fromClient(net, 'dual.test:80');
      },
    }),
  ),
  {
    code: 'partly-reachable',
    name: 'one of two addresses is dead',
    build: async () => {
      const net = await zoned({ 'two.test': { a: [RESOLVER, '10.9.1.99'] } });
      await serve(net.server, tcp(80));
      return fromClient(net, 'two.test:80');
    },
  },
];

const HOST: readonly Fault[] = [
  { code: 'reachable', name: 'nothing is wrong', build: async () => fromClient(await network({ routers: 3 })) },
  {
    code: 'neighbour-unreachable',
    name: 'nobody on the link has the address',
    build: async () => {
      const net = await network({ routers: 0 });
      return fromClient(net, net.absent());
    },
  },
  {
    code: 'host-silent',
    name: 'a host on the link says nothing',
    build: async () => {
      const net = await network({ routers: 0 });
      filter(net.server, 'input', NEIGHBOURS, 'drop');
      return fromClient(net);
    },
  },
  {
    code: 'icmp-filtered',
    name: 'echo is dropped, ports answer',
    build: async () => {
      const net = await network({ routers: 3 });
      filter(net.server, 'input', 'icmp type echo-request drop');
      return fromClient(net);
    },
  },
  ...(['', ':443'] as const).map(
    (port): Fault => ({
      code: 'host-unreachable',
      name: `the last router does not find the host${port}`,
      build: async () => {
        const net = await network({ routers: 3 });
        return fromClient(net, `${net.absent()}${port}`);
      },
    }),
  ),
  ...(['', ':443'] as const).map(
    (port): Fault => ({
      code: 'network-unreachable',
      name: `a router has no route${port}`,
      isSpent: true,
      build: async () => {
        const net = await network({ routers: 3 });
        return fromClient(net, `198.51.100.7${port}`);
      },
    }),
  ),
  ...both({
    code: 'admin-prohibited',
    name: 'a router forbids everything',
    build: async () => {
      const net = await network({ routers: 3 });
      filter(net.router(2), 'forward', `ip daddr ${net.target()} reject with icmp type admin-prohibited`);
      return net;
    },
  }),
];

const PATH: readonly Fault[] = [
  ...both({
    code: 'path-blackhole',
    name: 'everything is dropped behind a router',
    build: async () => {
      const net = await network({ routers: 3 });
      filter(net.router(2), 'forward', `ip daddr ${net.target()} drop`);
      return net;
    },
  }),
  ...both({
    code: 'routing-loop',
    name: 'two routers send it back and forth',
    build: async () => {
      const net = await network({ routers: 4 });
      sh(net.router(3), 'ip route replace 10.9.4.0/24 via 10.9.2.2');
      return net;
    },
  }),
  {
    code: 'packet-loss',
    name: 'every third echo is lost',
    isSpent: true,
    alsoTrue: ['reachable'],
    build: async () => fromClient(await network({ routers: 1, wires: { 1: { toServer: { loseEvery: 3 } } } })),
  },
  {
    code: 'high-latency',
    name: 'a slow link',
    alsoTrue: ['reachable'],
    build: async () => {
      const net = await network({
        routers: 1,
        wires: { 1: { toServer: { delayMs: 250 }, toClient: { delayMs: 250 } } },
      });
      sh(net.client, `ping -c 1 -W 5 ${net.target()}`);
      return fromClient(net);
    },
  },
  {
    code: 'high-jitter',
    name: 'a delay that is never the same',
    alsoTrue: ['reachable'],
    build: async () => {
      const wire = { toServer: { jitterMs: 400 } };
      return fromClient(await network({ routers: 1, wires: { 1: wire } }));
    },
  },
  {
    code: 'duplicate-replies',
    name: 'every echo comes twice',
    alsoTrue: ['reachable'],
    build: async () => fromClient(await network({ routers: 1, wires: { 1: { toServer: { duplicatePercent: 100 } } } })),
  },
  {
    code: 'path-mtu-blackhole',
    name: 'a narrow link that nobody reports',
    alsoTrue: ['reachable'],
    build: async () => {
      const net = await narrowed();
      filter(net.router(2), 'output', 'icmp type destination-unreachable icmp code 4 drop');
      return fromClient(net);
    },
  },
  {
    code: 'path-mtu-reduced',
    name: 'a narrow link that is reported',
    alsoTrue: ['reachable'],
    build: async () => fromClient(await narrowed()),
  },
];

/** The link behind the second of three routers takes 1300 bytes. */
async function narrowed(): Promise<Chain> {
  const net = await network({ routers: 3 });
  sh(net.router(2), 'ip link set eth1 mtu 1300');
  sh(net.router(3), 'ip link set eth0 mtu 1300');
  return net;
}

const PORT: readonly Fault[] = [
  portFault('port-open', 'a service that listens', async (net) => serve(net.server, tcp(80))),
  portFault('port-closed', 'nothing listens', async () => undefined),
  portFault('port-filtered', 'the target drops the port', async (net) =>
    filter(net.server, 'input', 'tcp dport 80 drop'),
  ),
  portFault('port-rejected', 'the target rejects the port', async (net) =>
    filter(net.server, 'input', 'tcp dport 80 reject with icmp type port-unreachable'),
  ),
  portFault('port-rejected', 'a router forbids the port', async (net) =>
    filter(net.router(2), 'forward', 'tcp dport 80 reject with icmp type admin-prohibited'),
  ),
  portFault('connection-dropped', 'accepted, then closed', async (net) => serve(net.server, tcp(80, '::', 'close'))),
  {
    code: 'udp-port-closed',
    name: 'nothing listens on the UDP port',
    build: async () => {
      const net = await network({ routers: 2 });
      return fromClient(net, `udp://${net.target()}:9999`);
    },
  },
  {
    code: 'udp-open-or-filtered',
    name: 'a UDP service that says nothing',
    build: async () => {
      const net = await network({ routers: 2 });
      await serve(net.server, { kind: 'udp', host: net.target(), port: 9999, does: 'nothing' });
      return fromClient(net, `udp://${net.target()}:9999`);
    },
  },
];

function portFault(code: FindingCode, name: string, spoil: (net: Chain) => Promise<unknown> | unknown): Fault {
  return {
    code,
    name,
    build: async () => {
      const net = await network({ routers: 2 });
      await spoil(net);
      return fromClient(net, `${net.target()}:80`);
    },
  };
}

const SOCKETS: readonly Fault[] = [
  ownFault('not-listening', 'nothing listens on this machine', async () => undefined),
  ownFault('listening-on-loopback', 'bound to loopback', async (net) => serve(net.server, tcp(8080, '127.0.0.1'))),
  ownFault('listening-on-other-address', 'bound to another address', async (net) => {
    sh(net.server, 'ip addr add 10.9.1.50/24 dev eth0');
    await serve(net.server, tcp(8080, '10.9.1.50'));
  }),
  ownFault('listening-other-family', 'bound in IPv6 only', async (net) =>
    serve(net.server, { kind: 'tcp', host: '::', port: 8080, ipv6Only: true }),
  ),
  ownFault('firewall-blocks-port', 'a firewall before the listener', async (net) => {
    await serve(net.server, tcp(8080));
    filter(net.server, 'input', 'tcp dport 8080 drop');
  }),
  ownFault('accept-queue-full', 'a program that does not accept', async (net) => {
    const services = await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 8080, backlog: 1 });
    services.freeze();
    await serve(net.client, { kind: 'clients', host: net.target(), port: 8080, count: 2 });
  }),
];

function ownFault(code: FindingCode, name: string, spoil: (net: Chain) => Promise<unknown> | unknown): Fault {
  return {
    code,
    name,
    build: async () => {
      const net = await network({ routers: 1 });
      await spoil(net);
      return { on: net.server, ask: [`${net.target()}:8080`] };
    },
  };
}

/** Asked without an authority of the lab's own: a certificate that has signed itself is trusted by nobody. */
const SERVICE: readonly Fault[] = [
  webFault('tls-handshake-failed', 'plain HTTP where TLS should be', 'https', async (net) => {
    await serve(net.server, { kind: 'http', host: '::', port: 443, status: 200 });
  }),
  webFault('tls-name-mismatch', 'a certificate for another name', 'https', async (net) => {
    await serveTls(net, 'DNS:other.lab');
  }),
  webFault('tls-untrusted', 'a certificate that signed itself', 'https', async (net) => {
    await serveTls(net, `IP:${net.target()}`);
  }),
  webFault('http-error', 'a server that is overloaded', 'http', async (net) => {
    await serve(net.server, { kind: 'http', host: '::', port: 80, status: 503 });
  }),
];

async function serveTls(net: Chain, name: string): Promise<void> {
  const credentials = issue(newAuthority(), { names: [name], selfSigned: true });
  await serve(net.server, { kind: 'tls', host: '::', port: 443, ...credentials });
}

function webFault(
  code: FindingCode,
  name: string,
  scheme: 'http' | 'https',
  spoil: (net: Chain) => Promise<void>,
): Fault {
  return {
    code,
    name,
    build: async () => {
      const net = await network({ routers: 2 });
      await spoil(net);
      return fromClient(net, `${scheme}://${net.target()}/`);
    },
  };
}

export const FAULTS: readonly Fault[] = [...MACHINE, ...NAMES, ...HOST, ...PATH, ...PORT, ...SOCKETS, ...SERVICE];
