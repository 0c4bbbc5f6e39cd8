import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { chain, TO_CLIENT } from './kit/chain.ts';
import { filter, sh } from './kit/exec.ts';
import { link } from './kit/lan.ts';
import type { Namespace } from './kit/namespaces.ts';
import { type Checked, check, expectDiagnosis } from './kit/netwhy.ts';
import { serve } from './kit/services.ts';
import { BARE_TOOLS, startSshd } from './kit/sshd.ts';

// What the kernel of the target says of probes that are sent while it is watched over ssh, as root.

async function farChain(tools?: readonly string[]) {
  const net = await chain({ routers: 2 });
  await startSshd(net.client, net.server, net.target(), tools === undefined ? {} : { tools });
  await serve(net.server, { kind: 'tcp', host: '::', port: 8080 });
  return net;
}

const seen = (checked: Checked) => checked.report.evidence.witness?.seen;
const owner = (checked: Checked) => checked.report.diagnosis.owner;
const firstStep = (checked: Checked) => checked.report.diagnosis.nextSteps[0];

/** What the far side would show of a look that was not cleaned up. */
const remains = (namespace: Namespace) => sh(namespace, 'ss -0 -H -a; nft list ruleset | grep -c netwhy || true');

test.each([4, 6] as const)('IPv%s: a rule of the target drops the port: that rule, by its handle', async (family) => {
  const net = await farChain();
  filter(net.server, 'input', 'ct state established accept', 'tcp dport 8080 counter drop comment "nobody"');
  const target = family === 4 ? net.target() : `[${net.target(6)}]`;
  const before = remains(net.server);
  const checked = await check(net.client, `${target}:8080`, '--on', 'ssh://far');
  expectDiagnosis(checked, { code: 'firewall-blocks-port', verdict: 'fault', confidence: 'certain' });
  expect(owner(checked)).toBe('target');
  const rule = seen(checked)?.rules?.find(({ packets }) => (packets?.moved ?? 0) > 0);
  expect(rule).toMatchObject({ family: 'inet', table: 'lab', chain: 'input', text: 'tcp dport 8080 counter drop' });
  const from = family === 4 ? `ip saddr ${net.own()}/32` : `ip6 saddr ${net.own(6)}/128`;
  expect(firstStep(checked)).toMatchObject({
    at: 'target',
    command: `sudo nft insert rule inet lab input position ${rule?.handle} ${from} tcp dport 8080 accept`,
  });
  expect(remains(net.server)).toBe(before);
  // The step is what repairs it.
  sh(net.server, (firstStep(checked)?.command ?? 'false').replace('sudo ', ''));
  expectDiagnosis(await check(net.client, `${target}:8080`, '--on', 'ssh://far'), {
    code: 'port-open',
    verdict: 'healthy',
    confidence: 'certain',
  });
});

test.each([
  ['iptables', 'iptables -A INPUT -p tcp --dport 8080 -j DROP', 'iptables'],
  ['the policy of iptables', 'iptables -A INPUT -p tcp --dport 22 -j ACCEPT; iptables -P INPUT DROP', 'iptables'],
  ['raw, before the connection table', 'iptables -t raw -A PREROUTING -p tcp --dport 8080 -j DROP', 'iptables'],
  ['the way out', 'iptables -A OUTPUT -p tcp --sport 8080 -j DROP', 'iptables'],
  ['a rejection', 'iptables -A INPUT -p tcp --dport 8080 -j REJECT', 'iptables'],
] as const)('a rule of the target drops the port: %s', async (_, rules, tool) => {
  const net = await farChain();
  sh(net.server, rules);
  const checked = await check(net.client, `${net.target()}:8080`, '--on', 'ssh://far');
  expectDiagnosis(checked, { code: 'firewall-blocks-port', verdict: 'fault', confidence: 'certain' });
  expect(owner(checked)).toBe('target');
  expect(firstStep(checked)?.command).toMatch(new RegExp(`^sudo ${tool} -t `));
});

test('a rule that counts nothing is one that may be it; that the packets arrived is certain', async () => {
  const net = await farChain();
  filter(net.server, 'input', 'tcp dport 8080 drop');
  const checked = await check(net.client, `${net.target()}:8080`, '--on', 'ssh://far');
  expectDiagnosis(checked, { code: 'firewall-blocks-port', verdict: 'fault' });
  expect(owner(checked)).toBe('target');
  expect(seen(checked)?.arrivals).toMatchObject({ answered: 0, others: 0 });
  expect(checked.report.diagnosis.explanation).toContain('inet lab input handle');
});

test('a rule of the target drops a UDP port that a service has', async () => {
  const net = await farChain();
  await serve(net.server, { kind: 'udp', host: '0.0.0.0', port: 51820, does: 'nothing' });
  filter(net.server, 'input', 'udp dport 51820 counter drop');
  const checked = await check(net.client, `udp://${net.target()}:51820`, '--on', 'ssh://far');
  expectDiagnosis(checked, { code: 'firewall-blocks-port', verdict: 'fault', confidence: 'certain' });
  expect(owner(checked)).toBe('target');
});

test('a UDP service that is let in and stays silent is as open as before', async () => {
  const net = await farChain();
  await serve(net.server, { kind: 'udp', host: '0.0.0.0', port: 51820, does: 'nothing' });
  filter(net.server, 'input', 'udp dport 51821 counter drop');
  const checked = await check(net.client, `udp://${net.target()}:51820`, '--on', 'ssh://far');
  expectDiagnosis(checked, { code: 'udp-open-or-filtered', verdict: 'inconclusive' });
});

test('a firewall on the way: nothing arrives, and the target has nothing to do', async () => {
  const net = await farChain();
  filter(net.router(2), 'forward', 'tcp dport 8080 drop');
  const checked = await check(net.client, `${net.target()}:8080`, '--on', 'ssh://far');
  expectDiagnosis(checked, { code: 'firewall-blocks-port', verdict: 'fault', confidence: 'certain' });
  expect(owner(checked)).toBe('path');
  expect(seen(checked)?.arrivals).toMatchObject({ arrived: 0, isWhole: true });
});

test('the answers are lost on the way back', async () => {
  const net = await farChain();
  filter(net.router(1), 'forward', 'tcp sport 8080 drop');
  const checked = await check(net.client, `${net.target()}:8080`, '--on', 'ssh://far');
  expectDiagnosis(checked, { code: 'return-path-broken', verdict: 'fault', confidence: 'likely' });
  expect(owner(checked)).toBe('path');
});

/** The second address of the server, on a link of its own from router 1, which asks for it from there. */
async function dualHomed(rpFilter: 0 | 1, tools?: readonly string[]) {
  const net = await farChain(tools);
  link([net.router(1), 'eth2', '10.9.7.1/24'], [net.server, 'eth2', '10.9.7.20/24']);
  const settings = [`conf.all.rp_filter=0`, `conf.${TO_CLIENT}.rp_filter=0`, `conf.eth2.rp_filter=${rpFilter}`];
  sh(net.server, `sysctl -qw ${settings.map((setting) => `net.ipv4.${setting}`).join(' ')}`);
  return net;
}

test.each([
  ['root', undefined],
  ['one who may read /proc and no more', [...BARE_TOOLS, 'sleep']],
] as const)('the reverse-path filter drops what comes to the second address, seen as %s', async (_, tools) => {
  const net = await dualHomed(1, tools);
  const checked = await check(net.client, '10.9.7.20:8080', '--on', 'ssh://far');
  expectDiagnosis(checked, { code: 'reverse-path-filtered', verdict: 'fault', confidence: 'certain' });
  expect(owner(checked)).toBe('target');
  expect(firstStep(checked)?.at).toBe('target');
  expect(seen(checked)?.right).toBe(tools === undefined ? 'root' : 'none');
});

test('without the filter the second address is healthy', async () => {
  const net = await dualHomed(0);
  expectDiagnosis(await check(net.client, '10.9.7.20:8080', '--on', 'ssh://far'), {
    code: 'port-open',
    verdict: 'healthy',
    confidence: 'certain',
  });
});

test('the target has no route for its answers', async () => {
  const net = await farChain();
  sh(net.server, 'ip addr add 10.9.2.50/24 dev eth0; ip route add 10.9.0.0/24 via 10.9.2.2; ip route del default');
  sh(net.client, 'ip addr add 172.31.0.1/32 dev lo; ip route add 10.9.2.50/32 via 10.9.0.1 src 172.31.0.1');
  const checked = await check(net.client, '10.9.2.50:8080', '--on', 'ssh://far');
  expectDiagnosis(checked, { code: 'return-path-broken', verdict: 'fault', confidence: 'certain' });
  expect(owner(checked)).toBe('target');
});

test('a rule of this machine that keeps the probes in is named', async () => {
  const net = await farChain();
  filter(net.client, 'output', 'tcp dport 8080 counter drop');
  const checked = await check(net.client, `${net.target()}:8080`);
  expectDiagnosis(checked, { code: 'local-firewall', verdict: 'fault', confidence: 'certain' });
  expect(firstStep(checked)?.command).toMatch(/^sudo nft insert rule inet lab output position \d+ ip daddr /);
});

/** So many that are not given up for a new one: what is assured stays. */
const FULL = `
max=$(cat /proc/sys/net/netfilter/nf_conntrack_max); n=0
for s in $(seq 1 $((max / 60000 + 1))); do
  seq 1 60000 | sed "s/.*/-I -s 192.0.2.$s -d 192.0.2.100 -p tcp --sport & --dport 80 --state ESTABLISHED --timeout 900 --status ASSURED,SEEN_REPLY/"
done | head -n $((max + 100)) >"$1"; conntrack -R "$1" 2>/dev/null || true`;

test('the connection table of the target is full, but not for the one who looks', async () => {
  const net = await farChain();
  filter(net.server, 'input', 'ct state established accept');
  sh(net.server, 'nft add table inet raw; nft add chain inet raw i "{ type filter hook prerouting priority -300; }"');
  sh(net.server, 'nft add chain inet raw o "{ type filter hook output priority -300; }"');
  sh(net.server, 'nft add rule inet raw i tcp dport 22 notrack; nft add rule inet raw o tcp sport 22 notrack');
  const folder = mkdtempSync(join(tmpdir(), 'netwhy-lab-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  sh(net.server, `set -- ${folder}/entries; ${FULL}`);
  const checked = await check(net.client, `${net.target()}:8080`, '--on', 'ssh://far');
  expectDiagnosis(checked, { code: 'conntrack-full', verdict: 'fault', confidence: 'certain' });
  expect(owner(checked)).toBe('target');
}, 180_000);
