import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { chain } from './kit/chain.ts';
import { filter, sh } from './kit/exec.ts';
import { check, expectDiagnosis, netwhy, reportOf } from './kit/netwhy.ts';
import { serve } from './kit/services.ts';
import { BARE_TOOLS, startSshd } from './kit/sshd.ts';

// The probes run on router 1, reached over ssh from the client; the target is the server behind router 2.

const TOOLS = ['ip', 'getent', 'timeout'] as const;
const WAYS = [
  { by: 'all that Debian has', tools: undefined },
  { by: 'bash', tools: [...BARE_TOOLS, ...TOOLS, 'bash'] },
  { by: 'bash without ip', tools: [...BARE_TOOLS, 'timeout', 'bash'], absent: ['ip'] },
];

async function farChain(tools: readonly string[] | undefined, absent: readonly string[] = []) {
  const net = await chain({ routers: 2 });
  await startSshd(net.client, net.router(1), net.hop(1), { absent, ...(tools !== undefined && { tools }) });
  return { ...net, asked: `${net.target()}:8080` };
}

test.each(WAYS)('$by: an open port', async ({ tools, absent }) => {
  const net = await farChain(tools, absent);
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 8080 });
  const checked = await check(net.client, net.asked, '--from', 'ssh://far');
  expectDiagnosis(checked, { code: 'port-open', verdict: 'healthy' });
  expect(checked.report.from).toBe('ssh://far');
});

test.each(WAYS)('$by: a closed port', async ({ tools, absent }) => {
  const net = await farChain(tools, absent);
  const checked = await check(net.client, net.asked, '--from', 'ssh://far');
  expectDiagnosis(checked, { code: 'port-closed', verdict: 'fault', confidence: 'likely' });
});

test.each(WAYS)('$by: a port that a firewall keeps silent', async ({ tools, absent }) => {
  const net = await farChain(tools, absent);
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 22 });
  filter(net.server, 'input', 'tcp dport 8080 drop');
  const checked = await check(net.client, net.asked, '--from', 'ssh://far');
  expectDiagnosis(checked, { code: 'port-filtered', verdict: 'fault' });
});

test.each(WAYS)('$by: a service that lets go at once', async ({ tools, absent }) => {
  const net = await farChain(tools, absent);
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 8080, does: 'close' });
  const checked = await check(net.client, net.asked, '--from', 'ssh://far');
  expectDiagnosis(checked, { code: 'connection-dropped', verdict: 'degraded' });
});

test('the tools of the vantage send the echoes, and what it lacks is named', async () => {
  const net = await farChain(undefined);
  const measured = await check(net.client, net.target(), '--from', 'ssh://far');
  expectDiagnosis(measured, { code: 'reachable', verdict: 'healthy', confidence: 'certain' });
  expect(measured.report.evidence.ping).toMatchObject({ method: 'system', lossPercent: 0 });
  const bare = await farChain([...BARE_TOOLS, ...TOOLS, 'bash']);
  const left = await check(bare.client, bare.target(), '--from', 'ssh://far');
  expect(left.report.evidence.ping).toMatchObject({ method: null, unavailable: { reason: 'not-installed' } });
});

test('a port of the vantage itself is looked up in its own sockets', async () => {
  const net = await farChain(undefined);
  const checked = await check(net.client, `${net.hop(1)}:8080`, '--from', 'ssh://far');
  expectDiagnosis(checked, { code: 'not-listening', verdict: 'fault', confidence: 'certain' });
  expect(checked.report.evidence.sockets?.host).toBe('ssh://far');
});

test('no route from the vantage is the route of the vantage', async () => {
  const net = await farChain(undefined);
  const checked = await check(net.client, '203.0.113.9:80', '--from', 'ssh://far');
  expectDiagnosis(checked, { code: 'no-route', verdict: 'fault' });
});

test('a vantage that cannot be reached concludes nothing, and says why', async () => {
  const net = await farChain(undefined);
  const checked = await check(net.client, net.asked, '--from', `ssh://${net.hop(1)}:2222`);
  expectDiagnosis(checked, { code: 'not-permitted', verdict: 'inconclusive' });
  expect(checked.report.diagnosis.summary).toContain('refused the connection');
});

test('from there it works and from here not: the firewall is told as what differs', async () => {
  const net = await farChain(undefined);
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 8080 });
  filter(net.server, 'input', `ip saddr ${net.own()} tcp dport 8080 drop`);
  const checked = await check(net.client, net.asked, '--from', 'local', '--from', 'ssh://far');
  expectDiagnosis(checked, { code: 'port-filtered', verdict: 'fault' });
  expect(checked.report).toMatchObject({
    from: 'local',
    comparison: {
      others: [{ from: 'ssh://far', verdict: 'healthy', code: 'port-open', address: net.target() }],
      meanings: [
        `From ssh://far it works: the firewall between this machine and ${net.target()} treats the address of this machine differently.`,
      ],
    },
  });
  const text = await netwhy(net.client, ['check', net.asked, '--from', 'local', '--from', 'ssh://far', '--redact']);
  expect(text.stdout).toContain('From elsewhere');
  expect(text.stdout).not.toContain('ssh://far');
});

test('the same fault from both ends of the way is told as one', async () => {
  const net = await farChain(undefined);
  const checked = await check(net.client, net.asked, '--from', 'ssh://far', '--from', 'local');
  expect(checked.report.comparison?.meanings[0]).toMatch(/^Both meet the same fault \(port-closed\)/);
});

test('different places of failure are told as different', async () => {
  const net = await farChain(undefined);
  filter(net.router(1), 'forward', 'tcp dport 8080 reject with icmp type admin-prohibited');
  const finished = await netwhy(net.client, ['check', net.asked, '--from', 'local', '--from', 'ssh://far', '--json']);
  expect(reportOf(finished).comparison?.meanings[0]).toMatch(
    /^They fail in different ways: from this machine port-rej/,
  );
});

test('one connection serves all commands of a run, and nothing of it stays behind', async () => {
  const net = await farChain(undefined);
  sh(net.router(1), 'nft add table inet seen; nft add chain inet seen in "{ type filter hook input priority 1; }"');
  sh(net.router(1), 'nft add rule inet seen in tcp dport 22 "tcp flags & (syn|ack) == syn" counter');
  const folder = mkdtempSync(join(tmpdir(), 'nw-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await netwhy(net.client, ['check', net.asked, '--from', 'ssh://far'], { env: { TMPDIR: folder } });
  expect(sh(net.router(1), 'nft list table inet seen')).toContain('counter packets 1 ');
  expect(readdirSync(folder)).toEqual([]);
});
