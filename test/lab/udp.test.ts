import { expect, test } from 'vitest';
import { type Chain, chain, type Family } from './kit/chain.ts';
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
