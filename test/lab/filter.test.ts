import { expect, test } from 'vitest';
import { type Chain, chain, type Family } from './kit/chain.ts';
import { filter } from './kit/exec.ts';
import { check, expectDiagnosis } from './kit/netwhy.ts';
import { serve } from './kit/services.ts';

const FAMILIES = [4, 6] as const;

function https(net: Chain, family: Family): string {
  return family === 4 ? `${net.target(4)}:443` : `[${net.target(6)}]:443`;
}

test.each(FAMILIES)('IPv%i: a router drops the port when it forwards: the SYN came that far', async (family) => {
  const net = await chain({ routers: 5 });
  filter(net.router(3), 'forward', 'tcp dport 443 drop');
  const checked = await check(net.client, https(net, family));
  expectDiagnosis(checked, { code: 'port-filtered', verdict: 'fault', where: { hop: 3, address: net.hop(3, family) } });
  const { trace, portTrace } = checked.report.evidence;
  expect(trace).toMatchObject({ outcome: 'reached', stopReason: 'target' });
  expect(portTrace).toMatchObject({ protocol: 'tcp', port: 443, outcome: 'stopped', stopReason: 'silent-hops' });
  expect(checked.report.diagnosis.explanation).toContain(net.hop(4, family));
  expect(checked.report.durationMs).toBeLessThan(3500);
});

test.each(FAMILIES)('IPv%i: a router drops the port on arrival: the hop before is the last', async (family) => {
  const net = await chain({ routers: 5 });
  filter(net.router(3), 'prerouting', 'tcp dport 443 drop');
  const checked = await check(net.client, https(net, family));
  expectDiagnosis(checked, { code: 'port-filtered', verdict: 'fault', where: { hop: 2, address: net.hop(2, family) } });
  expect(checked.report.diagnosis.explanation).toContain(net.hop(3, family));
});

test.each([
  [4, 0],
  [6, 0],
  [4, 1],
  [6, 1],
  [4, 5],
  [6, 5],
] as const)('IPv%i behind %i routers: the target itself drops the port', async (family, routers) => {
  const net = await chain({ routers });
  filter(net.server, 'input', 'tcp dport 443 drop');
  const checked = await check(net.client, https(net, family));
  expectDiagnosis(checked, {
    code: 'port-filtered',
    verdict: 'fault',
    where: { hop: routers + 1, address: net.target(family) },
  });
  expect(checked.report.durationMs).toBeLessThan(3500);
});

test('twelve routers, a filter at the eighth', async () => {
  const net = await chain({ routers: 12, families: [4] });
  filter(net.router(8), 'forward', 'tcp dport 443 drop');
  const checked = await check(net.client, https(net, 4));
  expectDiagnosis(checked, { code: 'port-filtered', verdict: 'fault', where: { hop: 8, address: net.hop(8) } });
  expect(checked.report.durationMs).toBeLessThan(3500);
});

test('the first router drops the port on arrival: not even this machine’s own link is passed', async () => {
  const net = await chain({ routers: 5 });
  filter(net.router(1), 'prerouting', 'tcp dport 443 drop');
  expectDiagnosis(await check(net.client, https(net, 4)), {
    code: 'port-filtered',
    verdict: 'fault',
    where: { hop: 0, address: net.own() },
  });
});

test('a host that answers no echo, proven up by another port, with a filter on the way', async () => {
  const net = await chain({ routers: 5 });
  filter(net.server, 'input', 'icmp type echo-request drop');
  filter(net.router(3), 'forward', 'tcp dport 443 drop');
  const checked = await check(net.client, https(net, 4));
  expectDiagnosis(checked, { code: 'port-filtered', verdict: 'fault', where: { hop: 3, address: net.hop(3) } });
});

test.each(FAMILIES)('IPv%i: a router prohibits the port and is told with its hop', async (family) => {
  const net = await chain({ routers: 5 });
  filter(net.router(3), 'forward', 'tcp dport 443 reject with icmpx type admin-prohibited');
  expectDiagnosis(await check(net.client, https(net, family)), {
    code: 'port-rejected',
    verdict: 'fault',
    confidence: 'certain',
    where: { hop: 3, address: net.hop(3, family) },
  });
});

test.each(FAMILIES)('IPv%i: the target itself rejects the port', async (family) => {
  const net = await chain({ routers: 1 });
  filter(net.server, 'input', 'tcp dport 443 reject with icmpx type port-unreachable');
  expectDiagnosis(await check(net.client, https(net, family)), {
    code: 'port-rejected',
    verdict: 'fault',
    where: { hop: 2, address: net.target(family) },
  });
});

test.each(
  FAMILIES.flatMap((family) =>
    [
      [1, 1],
      [1, 5],
      [3, 5],
      [5, 5],
      [1, 12],
      [7, 12],
      [12, 12],
    ].map(([hop = 0, routers = 0]) => ({ family, hop, routers })),
  ),
)('IPv$family: router $hop resets the connection in the place of a host behind $routers routers', async (place) => {
  const { family, hop, routers } = place;
  const net = await chain({ routers, families: [family] });
  await serve(net.server, { kind: 'tcp', host: '::', port: 443 });
  filter(net.router(hop), 'forward', 'tcp dport 443 reject with tcp reset');
  const checked = await check(net.client, https(net, family));
  expectDiagnosis(checked, {
    code: 'port-closed',
    verdict: 'fault',
    confidence: 'likely',
    where: { hop, address: net.hop(hop, family) },
  });
  expect(checked.report.diagnosis.explanation).toContain(net.hop(hop, family));
});

test.each(FAMILIES)('IPv%i: a port that the host itself refuses has no place on the path', async (family) => {
  const net = await chain({ routers: 5 });
  const checked = await check(net.client, https(net, family));
  expectDiagnosis(checked, { code: 'port-closed', verdict: 'fault', confidence: 'certain', where: null });
  expect(checked.report.evidence.portTrace).toBeUndefined();
});

test.each(FAMILIES)('IPv%i: to an open port no trace is made', async (family) => {
  const net = await chain({ routers: 5 });
  await serve(net.server, { kind: 'tcp', host: '::', port: 443 });
  const checked = await check(net.client, https(net, family));
  expectDiagnosis(checked, { code: 'port-open', verdict: 'healthy' });
  expect(checked.report.evidence.portTrace).toBeUndefined();
});
