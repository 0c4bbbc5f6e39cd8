import { expect, test } from 'vitest';
import { type Chain, chain, type Family } from './kit/chain.ts';
import { filter, sh } from './kit/exec.ts';
import { check, expectDiagnosis, netwhy } from './kit/netwhy.ts';
import { serve } from './kit/services.ts';

const FAMILIES = [4, 6] as const;
/** What the routers up to the translator hold for the server. */
const VIRTUAL = { 4: '10.99.0.1', 6: 'fd99::1' } as const;
/** The translator as the only, the first and a middle router. */
const PLACES = [
  { routers: 1, hop: 1 },
  { routers: 5, hop: 1 },
  { routers: 5, hop: 3 },
  { routers: 12, hop: 1 },
  { routers: 12, hop: 6 },
] as const;

/** A router translates a virtual address into the server's, as a load balancer does. */
function translate(net: Chain, hop: number): void {
  for (let before = 1; before < hop; before += 1) {
    sh(net.router(before), `ip route add ${VIRTUAL[4]}/32 via ${net.hop(before + 1)}`);
    sh(net.router(before), `ip route add ${VIRTUAL[6]}/128 via ${net.hop(before + 1, 6)}`);
  }
  const rules = FAMILIES.map((family) => {
    const word = family === 4 ? 'ip' : 'ip6';
    return `add rule inet lb pre ${word} daddr ${VIRTUAL[family]} dnat ${word} to ${net.target(family)}`;
  });
  sh(
    net.router(hop),
    ['add table inet lb', 'add chain inet lb pre { type nat hook prerouting priority -100; }', ...rules]
      .map((line) => `nft '${line}'`)
      .join('\n'),
  );
}

const places = PLACES.flatMap((place) => FAMILIES.map((family) => ({ ...place, family })));

test.each(places)(
  'IPv$family, $routers routers: a silent host behind the translator at $hop is no loop',
  async ({ routers, hop, family }) => {
    const net = await chain({ routers });
    translate(net, hop);
    filter(net.server, 'input', 'icmpv6 type nd-neighbor-solicit accept', 'drop');
    filter(net.server, 'output', 'icmpv6 type nd-neighbor-advert accept');
    // Every router behind the translator answers in the name of the address that was asked for.
    const where = { hop: routers, address: VIRTUAL[family] };
    expectDiagnosis(await check(net.client, VIRTUAL[family]), { code: 'path-blackhole', verdict: 'fault', where });
  },
);

test.each(places)(
  'IPv$family, $routers routers: a host behind the translator at $hop that answers is reached',
  async ({ routers, hop, family }) => {
    const net = await chain({ routers });
    translate(net, hop);
    await serve(net.server, { kind: 'tcp', host: '::', port: 443 });
    expectDiagnosis(await check(net.client, VIRTUAL[family]), { code: 'reachable', verdict: 'healthy' });
    const port = family === 4 ? `${VIRTUAL[4]}:443` : `[${VIRTUAL[6]}]:443`;
    expectDiagnosis(await check(net.client, port), { code: 'port-open', verdict: 'healthy' });
    const { stdout, exitCode } = await netwhy(net.client, ['trace', VIRTUAL[family], '--json']);
    expect(exitCode).toBe(0);
    const { trace } = JSON.parse(stdout);
    expect(trace).toMatchObject({ outcome: 'reached', oddities: ['expired-at-target'] });
    expect(trace.hops).toHaveLength(routers + 1);
  },
);

test.each(FAMILIES)('IPv%i: a loop behind the translator is a loop all the same', async (family: Family) => {
  const net = await chain({ routers: 5 });
  translate(net, 2);
  const back = family === 4 ? '10.9.5.0/24 via 10.9.3.2' : 'fd09:0:0:6::/64 via fd09:0:0:4::2 metric 1';
  sh(net.router(4), `ip -${family} route replace ${back}`);
  const where = { hop: 2, address: VIRTUAL[family] };
  expectDiagnosis(await check(net.client, VIRTUAL[family]), {
    code: 'routing-loop',
    verdict: 'fault',
    confidence: 'likely',
    where,
  });
});

test.each(FAMILIES)(
  'IPv%i: a port that the router passes on to a dead machine is not surely a filter',
  async (family) => {
    const net = await chain({ routers: 2 });
    const [word, bracketed] = family === 4 ? ['ip', net.hop(1)] : ['ip6', `[${net.hop(1, 6)}]`];
    sh(
      net.router(1),
      `nft add table inet nat_in
     nft 'add chain inet nat_in pre { type nat hook prerouting priority -100; }'
     nft 'add rule inet nat_in pre ${word} daddr ${net.hop(1, family)} tcp dport 443 dnat ${word} to ${net.target(family)}'`,
    );
    filter(net.server, 'input', 'tcp dport 443 drop');
    const checked = await check(net.client, `${bracketed}:443`);
    expectDiagnosis(checked, { code: 'forwarded-port-fails', verdict: 'fault', confidence: 'likely' });
  },
);
