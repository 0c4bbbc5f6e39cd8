import { expect, test } from 'vitest';
import { chain } from './kit/chain.ts';
import { check, expectDiagnosis } from './kit/netwhy.ts';
import { peerAddress, startPeer } from './kit/peer.ts';

const FAMILIES = [4, 6] as const;

test.each(
  FAMILIES.flatMap((family) =>
    (['bad-checksum', 'bad-id', 'bad-sequence', 'bad-payload', 'other-source', 'cut-short'] as const).map(
      (echo) => [family, echo] as const,
    ),
  ),
)('IPv%i: an echo reply with %s is no reply', async (family, echo) => {
  const net = await chain({ routers: 0 });
  await startPeer(net, { echo });
  const checked = await check(net.client, peerAddress(family));
  expectDiagnosis(checked, { code: 'host-silent', verdict: 'fault' });
  expect(checked.report.evidence.ping).toMatchObject({ received: 0, lossPercent: 100 });
});

test.each(
  FAMILIES.flatMap((family) =>
    (
      [
        'unreachable-bad-checksum',
        'unreachable-cut-quote',
        'unreachable-empty-quote',
        'unreachable-foreign-quote',
      ] as const
    ).map((echo) => [family, echo] as const),
  ),
)('IPv%i: an error that does not quote what was sent (%s) is not believed', async (family, echo) => {
  const net = await chain({ routers: 0 });
  await startPeer(net, { echo });
  const checked = await check(net.client, peerAddress(family));
  expectDiagnosis(checked, { code: 'host-silent', verdict: 'fault' });
  expect(checked.report.evidence.ping?.errors).toEqual([]);
});

test.each(FAMILIES)('IPv%i: every echo answered twice', async (family) => {
  const net = await chain({ routers: 0 });
  await startPeer(net, { echo: 'twice' });
  expectDiagnosis(await check(net.client, peerAddress(family)), { code: 'duplicate-replies', verdict: 'degraded' });
});

test.each([
  ['syn-ack', 'port-open', 'healthy'],
  ['reset', 'port-closed', 'fault'],
  ['port-unreachable', 'port-rejected', 'fault'],
  ['nothing', 'port-filtered', 'fault'],
  ['reset-bad-checksum', 'port-filtered', 'fault'],
  ['unreachable-foreign-quote', 'port-filtered', 'fault'],
] as const)('a SYN answered with %s reads as %s', async (syn, code, verdict) => {
  for (const family of FAMILIES) {
    const net = await chain({ routers: 0 });
    await startPeer(net, { syn });
    const host = family === 4 ? peerAddress(4) : `[${peerAddress(6)}]`;
    expectDiagnosis(await check(net.client, `${host}:80`), { code, verdict });
  }
});

test.each([
  ['port-unreachable', 'udp-port-closed', 'fault'],
  ['unreachable-foreign-quote', 'udp-open-or-filtered', 'inconclusive'],
  ['nothing', 'udp-open-or-filtered', 'inconclusive'],
] as const)('a datagram answered with %s reads as %s', async (udp, code, verdict) => {
  const net = await chain({ routers: 0 });
  await startPeer(net, { udp });
  expectDiagnosis(await check(net.client, `udp://${peerAddress()}:9999`), { code, verdict });
});
