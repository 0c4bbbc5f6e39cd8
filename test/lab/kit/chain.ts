import { execFileSync } from 'node:child_process';
import { type NameService, setNameService } from './exec.ts';
import { type Namespace, newNamespaces } from './namespaces.ts';
import { startWire, type WireSpec } from './wire.ts';

export type Family = 4 | 6;

/**
 * A client, some routers and a server in a row:
 *
 *     client ─ link 0 ─ router 1 ─ link 1 ─ … ─ router n ─ link n ─ server
 *
 * On link k the end nearer to the server is .1, the other .2, so hop k answers from `hop(k)`, and hop n + 1 is the server.
 */
export type Chain = {
  readonly client: Namespace;
  /** Router 1 first. */
  readonly routers: readonly Namespace[];
  readonly server: Namespace;
  /** The router at a hop. */
  router(hop: number): Namespace;
  /** The address that a hop answers from. */
  hop(hop: number, family?: Family): string;
  /** The server's address on the last link. */
  target(family?: Family): string;
  /** An address of the last link that nobody has. */
  absent(family?: Family): string;
  /** The client's own address. */
  own(family?: Family): string;
};

export type ChainOptions = {
  readonly routers: number;
  readonly families?: readonly Family[];
  /** What a link does to what it carries, by the link's number. */
  readonly wires?: Readonly<Record<number, WireSpec>>;
  readonly names?: NameService;
};

/** The interface of a node on the link towards the client, and towards the server. */
export const TO_CLIENT = 'eth0';
const TO_SERVER = 'eth1';

export async function chain(options: ChainOptions): Promise<Chain> {
  const families = options.families ?? [4, 6];
  const nodes = options.routers + 2;
  const roles = ['c', ...Array.from({ length: options.routers }, (_, index) => `r${index + 1}`), 's'];
  const wired = Object.entries(options.wires ?? {}).map(([link, spec]) => ({ link: Number(link), spec }));
  const names = newNamespaces([...roles, ...wired.map(({ link }) => `w${link}`)]);
  const wireOf = new Map(wired.map(({ link }, index) => [link, nameAt(names, nodes + index)]));
  build(names.slice(0, nodes), families, wireOf);
  const [client, server] = [nameAt(names, 0), nameAt(names, nodes - 1)];
  setNameService(client, options.names ?? {});
  await Promise.all(wired.map(({ link, spec }) => startWire(wireOf.get(link) ?? '', spec)));
  return {
    client,
    routers: names.slice(1, nodes - 1),
    server,
    router: (hop) => nameAt(names, hop),
    hop: (hop, family = 4) => addressOn(hop - 1, 1, family),
    target: (family = 4) => addressOn(nodes - 2, 1, family),
    absent: (family = 4) => addressOn(nodes - 2, 99, family),
    own: (family = 4) => addressOn(0, 2, family),
  };
}

function addressOn(link: number, end: number, family: Family): string {
  return family === 4 ? `10.9.${link}.${end}` : `fd09:0:0:${link + 1}::${end}`;
}

function prefixOf(link: number, family: Family): string {
  return family === 4 ? `10.9.${link}.0/24` : `fd09:0:0:${link + 1}::/64`;
}

function nameAt(names: readonly Namespace[], index: number): Namespace {
  const name = names[index];
  if (name === undefined) throw new Error(`There is no node ${index}`);
  return name;
}

// Duplicate address detection would keep IPv6 addresses unusable for a second or more.
const SYSCTLS = `
  echo 0 > /proc/sys/net/ipv6/conf/default/accept_dad
  echo 0 > /proc/sys/net/ipv6/conf/all/accept_dad
  echo 0 > /proc/sys/net/ipv6/conf/default/accept_ra
  echo 0 > /proc/sys/net/ipv6/conf/default/router_solicitations`;
const FORWARDING = `
  echo 1 > /proc/sys/net/ipv4/ip_forward
  echo 1 > /proc/sys/net/ipv6/conf/all/forwarding`;

function build(nodes: readonly Namespace[], families: readonly Family[], wireOf: ReadonlyMap<number, Namespace>): void {
  const last = nodes.length - 1;
  const script = [
    ...nodes.flatMap((name, index) => [
      `ip netns add ${name}`,
      `ip netns exec ${name} sh -ec '${SYSCTLS}${index > 0 && index < last ? FORWARDING : ''}'`,
      `ip -n ${name} link set lo up`,
    ]),
    ...nodes.slice(0, last).flatMap((near, link) => linkLines(near, nameAt(nodes, link + 1), link, wireOf.get(link))),
    ...nodes.map((name, index) => {
      const lines = nodeLines(index, last, families);
      return `ip -n ${name} -batch - <<'END'\n${lines.join('\n')}\nEND`;
    }),
  ];
  execFileSync('sh', ['-e'], { input: `${script.join('\n')}\n`, stdio: 'pipe' });
}

function linkLines(near: Namespace, far: Namespace, link: number, wire: Namespace | undefined): string[] {
  const nearEnd = link === 0 ? TO_CLIENT : TO_SERVER;
  if (wire === undefined) return [`ip link add ${nearEnd} netns ${near} type veth peer name ${TO_CLIENT} netns ${far}`];
  return [
    `ip netns add ${wire}`,
    `ip netns exec ${wire} sh -c 'echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6'`,
    `ip link add ${nearEnd} netns ${near} type veth peer name near netns ${wire}`,
    `ip link add far netns ${wire} type veth peer name ${TO_CLIENT} netns ${far}`,
    `ip -n ${wire} link set near up`,
    `ip -n ${wire} link set far up`,
  ];
}

/** The addresses and routes of one node, as lines for `ip -batch`. The client's only interface is eth0. */
function nodeLines(index: number, last: number, families: readonly Family[]): string[] {
  const isClient = index === 0;
  const isServer = index === last;
  const toServer = isClient ? TO_CLIENT : TO_SERVER;
  const lines: string[] = [];
  if (!isClient) lines.push(`link set ${TO_CLIENT} up`);
  if (!isServer) lines.push(`link set ${toServer} up`);
  for (const family of families) {
    const bits = family === 4 ? 24 : 64;
    const nodad = family === 4 ? '' : ' nodad';
    if (!isClient) lines.push(`addr add ${addressOn(index - 1, 1, family)}/${bits} dev ${TO_CLIENT}${nodad}`);
    if (!isServer) lines.push(`addr add ${addressOn(index, 2, family)}/${bits} dev ${toServer}${nodad}`);
  }
  for (const family of families) lines.push(...routeLines(index, last, family));
  return lines;
}

/** Client and server have a default route; a router knows exactly the links of the chain, so a stranger has no route. */
function routeLines(index: number, last: number, family: Family): string[] {
  if (last === 1) return [];
  const everything = family === 4 ? '0.0.0.0/0' : '::/0';
  if (index === 0) return [`route add ${everything} via ${addressOn(0, 1, family)}`];
  if (index === last) return [`route add ${everything} via ${addressOn(last - 1, 2, family)}`];
  const lines: string[] = [];
  for (let link = 0; link < last; link += 1) {
    if (link < index - 1) lines.push(`route add ${prefixOf(link, family)} via ${addressOn(index - 1, 2, family)}`);
    if (link > index) lines.push(`route add ${prefixOf(link, family)} via ${addressOn(index, 1, family)}`);
  }
  return lines;
}
