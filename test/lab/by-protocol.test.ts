import { expect, test } from 'vitest';
import { type Chain, chain, type Family } from './kit/chain.ts';
import { filter, sh } from './kit/exec.ts';
import { check, expectDiagnosis } from './kit/netwhy.ts';
import { serve } from './kit/services.ts';

const FAMILIES = [4, 6] as const;
const PORT = 443;

function targetOf(net: Chain, family: Family): string {
  const address = net.target(family);
  return family === 4 ? `${address}:${PORT}` : `[${address}]:${PORT}`;
}

/** Router 3 of five sends TCP back to router 2, and everything else on. */
function loopOfTcp(net: Chain, family: Family): void {
  const back = family === 4 ? '10.9.2.2' : 'fd09:0:0:3::2';
  sh(
    net.router(3),
    `ip -${family} rule add ipproto tcp lookup 77; ip -${family} route add default via ${back} table 77`,
  );
}

test.each([
  [4, 2, ['10.9.1.1', '10.9.2.1']],
  // Router 2 is asked from the other side from its second turn on.
  [6, 3, ['fd09:0:0:3::1', 'fd09:0:0:3::2']],
] as const)('IPv%i: only TCP goes round, and echoes arrive', async (family, hop, routers) => {
  const net = await chain({ routers: 5 });
  await serve(net.server, { kind: 'tcp', host: '::', port: PORT });
  loopOfTcp(net, family);
  const checked = await check(net.client, targetOf(net, family));
  const where = { hop, address: routers[0] };
  expectDiagnosis(checked, { code: 'routing-loop', verdict: 'fault', confidence: 'certain', where });
  for (const router of routers) expect(checked.report.diagnosis.summary).toContain(router);
  expect(checked.report.diagnosis.explanation).toContain(`port ${PORT}`);
  expectDiagnosis(await check(net.client, net.target(family)), { code: 'reachable', verdict: 'healthy' });
});

test.each(
  FAMILIES.flatMap((family) =>
    [
      { routers: 1, hop: 1 },
      { routers: 5, hop: 3 },
    ].map((place) => ({ family, ...place })),
  ),
)('IPv$family: router $hop of $routers rejects everything with port unreachable', async ({ family, routers, hop }) => {
  const net = await chain({ routers });
  await serve(net.server, { kind: 'tcp', host: '::', port: PORT });
  filter(
    net.router(hop),
    'forward',
    `ip daddr ${net.target(4)} reject with icmp port-unreachable`,
    `ip6 daddr ${net.target(6)} reject with icmpv6 port-unreachable`,
  );
  const where = { hop, address: net.hop(hop, family) };
  const told = { code: 'admin-prohibited', verdict: 'fault', confidence: 'likely', where } as const;
  const checked = await check(net.client, net.target(family));
  expectDiagnosis(checked, told);
  expect(checked.report.diagnosis.explanation).toContain('port unreachable');
});

test.each(FAMILIES)(
  'IPv%i: a router rejects everything with port unreachable, and a port was asked for',
  async (family) => {
    const net = await chain({ routers: 3 });
    filter(net.router(2), 'forward', 'ip daddr 10.9.3.1 reject', 'ip6 daddr fd09:0:0:4::1 reject');
    expectDiagnosis(await check(net.client, targetOf(net, family)), {
      code: 'admin-prohibited',
      verdict: 'fault',
      where: { hop: 2, address: net.hop(2, family) },
    });
  },
);

test.each(FAMILIES)('IPv%i: a router that drops some connection attempts and not others', async (family) => {
  const net = await chain({ routers: 3 });
  await serve(net.server, { kind: 'tcp', host: '::', port: PORT });
  // Those from ephemeral ports are dropped, those of the trace pass.
  filter(net.router(2), 'forward', `tcp dport ${PORT} tcp sport < 61000 tcp flags & (syn | ack) == syn drop`);
  const checked = await check(net.client, targetOf(net, family));
  expectDiagnosis(checked, { code: 'packet-loss', verdict: 'degraded', confidence: 'likely' });
  expect(checked.report.diagnosis.summary).toContain(`port ${PORT}`);
});

test('a router that answers ARP for a silent host behind it does not make it a neighbour', async () => {
  const net = await chain({ routers: 1 });
  sh(net.client, 'ip route replace default dev eth0');
  sh(net.router(1), 'echo 1 > /proc/sys/net/ipv4/conf/eth0/proxy_arp');
  expectDiagnosis(await check(net.client, net.target()), { code: 'reachable', verdict: 'healthy' });
  filter(net.server, 'input', 'drop');
  expectDiagnosis(await check(net.client, net.target()), {
    code: 'path-blackhole',
    verdict: 'fault',
    where: { hop: 1, address: net.hop(1) },
  });
});
