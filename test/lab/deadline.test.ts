import { expect, test } from 'vitest';
import { type Chain, chain } from './kit/chain.ts';
import { filter } from './kit/exec.ts';
import { check, expectDiagnosis } from './kit/netwhy.ts';
import { serve } from './kit/services.ts';

/** Starting and ending a process on a busy machine takes its time; the run itself is held to the deadline. */
const PROCESS_MS = 1500;
const GRACE_MS = 300;

async function silentTarget(): Promise<Chain> {
  const net = await chain({ routers: 5 });
  filter(net.router(3), 'forward', 'ip daddr 10.9.5.1 drop', 'ip6 daddr fd09:0:0:6::1 drop');
  return net;
}

test.each([4, 6] as const)('IPv%i: one second for a silent target ends in a report', async (family) => {
  const net = await silentTarget();
  const checked = await check(net.client, net.target(family), '--deadline', '1');
  expectDiagnosis(checked, { code: 'deadline', verdict: 'inconclusive' });
  expect(checked.exitCode).toBe(3);
  expect(checked.report.durationMs).toBeLessThan(1000 + GRACE_MS);
  expect(checked.wallMs).toBeLessThan(1000 + PROCESS_MS);
  expect(checked.report.notChecked.some(({ reason }) => reason === 'deadline')).toBe(true);
});

test('one second for a resolver that says nothing', async () => {
  const net = await chain({ routers: 1, names: { resolvers: ['10.9.1.1'] } });
  await serve(net.server, { kind: 'dns', host: '10.9.1.1', zone: { '*': { silent: true } } });
  const checked = await check(net.client, 'web.test', '--deadline', '1');
  expectDiagnosis(checked, { code: 'deadline', verdict: 'inconclusive' });
  expect(checked.report.durationMs).toBeLessThan(1000 + GRACE_MS);
});

test('what is known before the deadline is told in spite of it', async () => {
  const net = await chain({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 80 });
  const checked = await check(net.client, `${net.target()}:80`, '--deadline', '2');
  expectDiagnosis(checked, { code: 'port-open', verdict: 'healthy' });
});

test('the default deadline holds for the worst that a network can do', async () => {
  const net = await chain({ routers: 1, names: { resolvers: ['10.9.1.1', '10.9.1.77', '10.9.1.78'] } });
  filter(net.router(1), 'forward', 'udp dport 53 drop', 'tcp dport 53 drop');
  const checked = await check(net.client, 'web.test:443');
  expect(checked.report.durationMs).toBeLessThan(15_000 + GRACE_MS);
});
