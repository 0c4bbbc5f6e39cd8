import { expect, test } from 'vitest';
import { type Chain, chain } from './kit/chain.ts';
import { sh } from './kit/exec.ts';
import { check, expectDiagnosis } from './kit/netwhy.ts';
import { serve } from './kit/services.ts';
import { startSshd } from './kit/sshd.ts';

// The last router is a container host: it publishes port 8080, by a rule and a docker-proxy, as the server's port 80.

async function published(to?: string): Promise<Chain & { readonly host: string }> {
  const net = await chain({ routers: 2 });
  const host = net.hop(2);
  sh(
    net.router(2),
    `nft add table ip nat_in
     nft 'add chain ip nat_in pre { type nat hook prerouting priority -100; }'
     nft 'add rule ip nat_in pre ip daddr ${host} tcp dport 8080 dnat to ${to ?? net.target()}:80'`,
  );
  await serve(net.router(2), { kind: 'tcp', host: '0.0.0.0', port: 8080, title: 'docker-proxy' });
  return { ...net, host };
}

test('a published port whose service is bound to loopback in its container', async () => {
  const net = await published();
  await serve(net.server, { kind: 'tcp', host: '127.0.0.1', port: 80 });
  await startSshd(net.client, net.router(2), net.host);
  const seen = await check(net.client, `${net.host}:8080`, '--on', 'ssh://far');
  expectDiagnosis(seen, { code: 'forwarded-port-fails', verdict: 'fault' });
  expect(['certain', 'likely']).toContain(seen.report.diagnosis.confidence);
  expect(seen.report.diagnosis.summary).toContain('docker-proxy');
  expect(seen.report.diagnosis.nextSteps[0]?.check).toContain('docker exec');
  const unseen = await check(net.client, `${net.host}:8080`);
  expectDiagnosis(unseen, { code: 'forwarded-port-fails', verdict: 'fault' });
});

test('a published port whose service is bound to all addresses of its container', async () => {
  const net = await published();
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 80 });
  const checked = await check(net.client, `${net.host}:8080`);
  expectDiagnosis(checked, { code: 'port-open', verdict: 'healthy', confidence: 'certain' });
});

test('a published port whose container is gone: the host looks for it, and says so after a while', async () => {
  const net = await published('10.9.2.99');
  const checked = await check(net.client, `${net.host}:8080`);
  expectDiagnosis(checked, { code: 'forwarded-port-fails', verdict: 'fault', confidence: 'likely' });
});

test.each([
  ['socat', { code: 'forwarded-port-fails', verdict: 'fault', confidence: 'likely' }],
  ['postgres', { code: 'connection-dropped', verdict: 'degraded' }],
] as const)('a connection that %s takes and ends at once', async (title, expected) => {
  const net = await chain({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 8080, does: 'close', title });
  await startSshd(net.client, net.server, net.target());
  expectDiagnosis(await check(net.client, `${net.target()}:8080`, '--on', 'ssh://far'), expected);
});
