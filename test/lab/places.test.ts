import { expect, test } from 'vitest';
import { type Chain, chain, type Family } from './kit/chain.ts';
import { filter, sh } from './kit/exec.ts';
import { check, expectDiagnosis } from './kit/netwhy.ts';
import { serve } from './kit/services.ts';

type Place = { readonly routers: number; readonly hop: number };
type Expected = Parameters<typeof expectDiagnosis>[1];
type Fault = {
  readonly at: (net: Chain, place: Place) => void;
  readonly port?: number;
  readonly told: (net: Chain, place: Place, family: Family) => Expected;
};

const FAMILIES = [4, 6] as const;
/** The first hop, one in the middle and the last, of a short, a usual and a long path. */
const PLACES: readonly Place[] = [
  { routers: 1, hop: 1 },
  { routers: 5, hop: 1 },
  { routers: 5, hop: 3 },
  { routers: 5, hop: 5 },
  { routers: 12, hop: 1 },
  { routers: 12, hop: 7 },
  { routers: 12, hop: 12 },
];

const PORT = 443;

const FAULTS: Readonly<Record<string, Fault>> = {
  'drops everything that it should forward': {
    at: (net, { hop }) =>
      filter(net.router(hop), 'forward', `ip daddr ${net.target(4)} drop`, `ip6 daddr ${net.target(6)} drop`),
    told: (net, { hop }, family) => ({
      code: 'path-blackhole',
      verdict: 'fault',
      confidence: 'likely',
      where: { hop, address: net.hop(hop, family) },
    }),
  },
  'forbids everything that it should forward': {
    at: (net, { hop }) =>
      filter(
        net.router(hop),
        'forward',
        `ip daddr ${net.target(4)} reject with icmpx type admin-prohibited`,
        `ip6 daddr ${net.target(6)} reject with icmpx type admin-prohibited`,
      ),
    told: (net, { hop }, family) => ({
      code: 'admin-prohibited',
      verdict: 'fault',
      where: { hop, address: net.hop(hop, family) },
    }),
  },
  'drops the port when it forwards': {
    at: (net, { hop }) => filter(net.router(hop), 'forward', `tcp dport ${PORT} drop`),
    port: PORT,
    // Behind the last router there is only the target, whose silence would look the same.
    told: (net, { hop, routers }, family) => ({
      code: 'port-filtered',
      verdict: 'fault',
      where:
        hop === routers ? { hop: routers + 1, address: net.target(family) } : { hop, address: net.hop(hop, family) },
    }),
  },
  'forbids the port': {
    at: (net, { hop }) =>
      filter(net.router(hop), 'forward', `tcp dport ${PORT} reject with icmpx type admin-prohibited`),
    port: PORT,
    told: (net, { hop }, family) => ({
      code: 'port-rejected',
      verdict: 'fault',
      confidence: 'certain',
      where: { hop, address: net.hop(hop, family) },
    }),
  },
};

const targetOf = (net: Chain, family: Family, port: number | undefined): string => {
  const address = net.target(family);
  if (port === undefined) return address;
  return family === 4 ? `${address}:${port}` : `[${address}]:${port}`;
};

test.each(Object.entries(FAULTS).flatMap(([what, fault]) => PLACES.map((place) => ({ what, fault, ...place }))))(
  '$routers routers: router $hop $what',
  async ({ fault, ...place }) => {
    const net = await chain({ routers: place.routers });
    await serve(net.server, { kind: 'tcp', host: '::', port: PORT });
    fault.at(net, place);
    const both = await Promise.all(FAMILIES.map((family) => check(net.client, targetOf(net, family, fault.port))));
    for (const [index, family] of FAMILIES.entries()) {
      const checked = both[index];
      if (checked === undefined) throw new Error(`IPv${family} was not checked`);
      expectDiagnosis(checked, fault.told(net, place, family));
    }
  },
);

/** Sends what is for the server's link back from a router to the one before it. */
function loopAt(net: Chain, hop: number): void {
  const last = net.routers.length;
  sh(net.router(hop), `ip route replace 10.9.${last}.0/24 via 10.9.${hop - 1}.2`);
  // Ahead of the route of the last router's own link.
  sh(net.router(hop), `ip route replace fd09:0:0:${last + 1}::/64 via fd09:0:0:${hop}::2 metric 1`);
}

test.each([
  { routers: 5, hop: 2 },
  { routers: 5, hop: 5 },
  { routers: 12, hop: 2 },
  { routers: 12, hop: 7 },
  { routers: 12, hop: 12 },
])('$routers routers: router $hop sends everything back to the one before it', async ({ routers, hop }) => {
  const net = await chain({ routers });
  loopAt(net, hop);
  const [by4, by6] = await Promise.all([check(net.client, net.target(4)), check(net.client, net.target(6))]);
  expectDiagnosis(by4, {
    code: 'routing-loop',
    verdict: 'fault',
    confidence: 'certain',
    where: { hop: hop - 1, address: net.hop(hop - 1) },
  });
  // Linux answers an expired IPv6 packet from the interface it came in by: the loop's addresses begin one hop later.
  expectDiagnosis(by6, {
    code: 'routing-loop',
    verdict: 'fault',
    confidence: 'certain',
    where: { hop, address: net.hop(hop, 6) },
  });
});

test('three routers send packets round in a circle, and all three are named', async () => {
  const net = await chain({ routers: 5, families: [4] });
  const [second, fourth] = [net.router(2), net.router(4)];
  sh(fourth, `ip link add short type veth peer name short netns ${second}`);
  sh(fourth, 'ip link set short up && ip addr add 10.8.0.4/24 dev short && ip route replace 10.9.5.0/24 via 10.8.0.2');
  sh(second, 'ip link set short up && ip addr add 10.8.0.2/24 dev short');
  const checked = await check(net.client, net.target());
  expectDiagnosis(checked, { code: 'routing-loop', verdict: 'fault', confidence: 'certain' });
  const loop = checked.report.evidence.trace?.loop ?? [];
  expect(new Set(loop).size).toBe(3);
  expect(loop).toEqual(expect.arrayContaining([net.hop(3), net.hop(4)]));
});

/** Ways in which routers answer badly for themselves and forward well. */
const NOISE: Readonly<Record<string, string>> = {
  'limits its errors': 'meta l4proto { icmp, icmpv6 } limit rate over 1/second burst 1 packets drop',
  'sends no errors': 'icmp type time-exceeded drop',
  'answers every third time': 'icmp type { time-exceeded, echo-reply } numgen inc mod 3 < 2 drop',
};

test.each(
  Object.entries(NOISE).flatMap(([how, rule]) =>
    PLACES.filter(({ hop, routers }) => routers !== 5 || hop === 3).map((place) => ({ how, rule, ...place })),
  ),
)('$routers routers: router $hop $how, and the path is healthy', async ({ routers, hop, rule }) => {
  const net = await chain({ routers });
  filter(
    net.router(hop),
    'output',
    `ip daddr ${net.own(4)} ${rule}`,
    `ip6 daddr ${net.own(6)} ${rule.replaceAll('icmp type', 'icmpv6 type')}`,
  );
  // One after the other: what the machine is busy with beside it would be jitter.
  for (const family of FAMILIES) {
    const checked = await check(net.client, net.target(family));
    expectDiagnosis(checked, { code: 'reachable', verdict: 'healthy' });
    const complaints = checked.report.findings.filter(({ severity }) => severity !== 'info');
    expect(complaints.map(({ code }) => code)).toEqual([]);
  }
});
