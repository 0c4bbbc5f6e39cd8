import { expect, test } from 'vitest';
import { type Chain, chain, type Family } from './kit/chain.ts';
import { icmpCounter } from './kit/counters.ts';
import { filter } from './kit/exec.ts';
import { check, expectDiagnosis } from './kit/netwhy.ts';
import { serve } from './kit/services.ts';

const PLACES = [
  [4, 0],
  [6, 0],
  [4, 5],
  [6, 5],
] as const;

function portOf(net: Chain, family: Family): string {
  return family === 4 ? `udp://${net.target(4)}:9999` : `udp://[${net.target(6)}]:9999`;
}

test.each(PLACES)('IPv%i behind %i routers: a UDP service that answers', async (family, routers) => {
  const net = await chain({ routers });
  await serve(net.server, { kind: 'udp', host: net.target(family), port: 9999 });
  expectDiagnosis(await check(net.client, portOf(net, family)), { code: 'port-open', verdict: 'healthy' });
});

test.each(PLACES)('IPv%i behind %i routers: a closed UDP port', async (family, routers) => {
  const net = await chain({ routers });
  expectDiagnosis(await check(net.client, portOf(net, family)), {
    code: 'udp-port-closed',
    verdict: 'fault',
    confidence: 'certain',
  });
});

test.each(PLACES)('IPv%i behind %i routers: a UDP port that says nothing', async (family, routers) => {
  const net = await chain({ routers });
  await serve(net.server, { kind: 'udp', host: net.target(family), port: 9999, does: 'nothing' });
  const checked = await check(net.client, portOf(net, family));
  expectDiagnosis(checked, { code: 'udp-open-or-filtered', verdict: 'inconclusive', confidence: 'possible' });
  expect(checked.exitCode).toBe(3);
});

test('a UDP port that a firewall drops cannot be told from one that is open', async () => {
  const net = await chain({ routers: 1 });
  filter(net.server, 'input', 'udp dport 9999 drop');
  expectDiagnosis(await check(net.client, portOf(net, 4)), { code: 'udp-open-or-filtered', verdict: 'inconclusive' });
});

const FAMILIES = [4, 6] as const;

test.each(
  FAMILIES.flatMap((family) => [
    { family, routers: 1, hop: 1 },
    { family, routers: 5, hop: 3 },
    { family, routers: 12, hop: 1 },
    { family, routers: 12, hop: 11 },
  ]),
)(
  'IPv$family, $routers routers: router $hop drops the UDP port when it forwards: the datagram came that far',
  async ({ family, routers, hop }) => {
    const net = await chain({ routers, families: [family] });
    await serve(net.server, { kind: 'udp', host: net.target(family), port: 9999 });
    filter(net.router(hop), 'forward', 'udp dport 9999 drop');
    const checked = await check(net.client, portOf(net, family));
    // With one router the filter is the last before the host: a service that does not answer looks the same.
    if (hop === routers) {
      expectDiagnosis(checked, {
        code: 'udp-open-or-filtered',
        verdict: 'inconclusive',
        where: { hop: routers + 1, address: net.target(family) },
      });
      expect(checked.report.diagnosis.explanation).toContain(`hop ${hop} (${net.hop(hop, family)})`);
    } else {
      expectDiagnosis(checked, {
        code: 'port-filtered',
        verdict: 'fault',
        confidence: 'likely',
        where: { hop, address: net.hop(hop, family) },
      });
      expect(checked.report.diagnosis.explanation).toContain(net.hop(hop + 1, family));
    }
    expect(checked.report.evidence.portTrace).toMatchObject({ protocol: 'udp', port: 9999, outcome: 'stopped' });
    expect(checked.report.durationMs).toBeLessThan(4000);
  },
);

test.each(
  FAMILIES.flatMap((family) => [
    { family, routers: 1, hop: 1 },
    { family, routers: 5, hop: 3 },
    { family, routers: 12, hop: 12 },
  ]),
)(
  'IPv$family, $routers routers: router $hop prohibits the UDP port and is told with its hop',
  async ({ family, routers, hop }) => {
    const net = await chain({ routers, families: [family] });
    filter(net.router(hop), 'forward', 'udp dport 9999 reject with icmpx type admin-prohibited');
    expectDiagnosis(await check(net.client, portOf(net, family)), {
      code: 'port-rejected',
      verdict: 'fault',
      where: { hop, address: net.hop(hop, family) },
    });
  },
);

test.each(FAMILIES)('IPv%i: silent routers before a silent UDP service are no filter', async (family) => {
  const net = await chain({ routers: 5, families: [family] });
  await serve(net.server, { kind: 'udp', host: net.target(family), port: 9999, does: 'nothing' });
  const expired = family === 4 ? 'icmp type time-exceeded' : 'icmpv6 type time-exceeded';
  for (const hop of [4, 5]) filter(net.router(hop), 'output', `${expired} drop`);
  expectDiagnosis(await check(net.client, portOf(net, family)), {
    code: 'udp-open-or-filtered',
    verdict: 'inconclusive',
    where: null,
  });
});

test.each(FAMILIES)(
  'IPv%i: routers that limit their errors before a silent UDP service are no filter',
  async (family) => {
    const net = await chain({ routers: 5, families: [family] });
    await serve(net.server, { kind: 'udp', host: net.target(family), port: 9999, does: 'nothing' });
    const expired = family === 4 ? 'icmp type time-exceeded' : 'icmpv6 type time-exceeded';
    for (const hop of [4, 5])
      filter(net.router(hop), 'output', `${expired} limit rate over 1/second burst 3 packets drop`);
    expectDiagnosis(await check(net.client, portOf(net, family)), {
      code: 'udp-open-or-filtered',
      verdict: 'inconclusive',
    });
  },
);

test('no router is asked for more than six errors, by both traces together', async () => {
  const net = await chain({ routers: 5, families: [4] });
  await serve(net.server, { kind: 'udp', host: net.target(4), port: 9999, does: 'nothing' });
  expectDiagnosis(await check(net.client, portOf(net, 4)), { code: 'udp-open-or-filtered', verdict: 'inconclusive' });
  for (const router of net.routers) expect(icmpCounter(router, 'OutTimeExcds')).toBeLessThanOrEqual(6);
});
