import { expect, test } from 'vitest';
import { chain } from './kit/chain.ts';
import { filter, sh } from './kit/exec.ts';
import { check, expectDiagnosis } from './kit/netwhy.ts';
import { serve } from './kit/services.ts';
import { BARE_TOOLS, startSshd } from './kit/sshd.ts';

/** A management network, of which nobody asks. */
const SECOND_LINK =
  'ip link add eth1 type veth peer name eth1p; ip addr add 192.168.99.2/24 dev eth1; ip link set eth1p up; ip link set eth1 up';

// The client asks; the target's own sockets are read there, over ssh. With ss on the far side, and with what a bare
// container has: /proc/net alone, which knows neither v6-only sockets nor the limit of an accept queue.

const FAR_SIDES = [
  { side: 'ss', tools: undefined },
  { side: '/proc/net alone', tools: BARE_TOOLS },
] as const;

const FAMILIES = [4, 6] as const;

const SIDES_AND_FAMILIES = FAR_SIDES.flatMap((side) => FAMILIES.map((family) => ({ ...side, family })));

async function farChain(tools: readonly string[] | undefined) {
  const net = await chain({ routers: 2 });
  await startSshd(net.client, net.server, net.target(), tools === undefined ? {} : { tools });
  const asked = (family: 4 | 6, port = 8080) =>
    family === 4 ? `${net.target(4)}:${port}` : `[${net.target(6)}]:${port}`;
  return { ...net, asked };
}

test.each(SIDES_AND_FAMILIES)('$side, IPv$family: nothing listens on the port', async ({ tools, family }) => {
  const net = await farChain(tools);
  const checked = await check(net.client, net.asked(family), '--on', 'ssh://far');
  expectDiagnosis(checked, { code: 'not-listening', verdict: 'fault', confidence: 'certain' });
  expect(checked.report.evidence.sockets).toMatchObject({ host: 'ssh://far', ownsTarget: true });
  expect(checked.report.evidence.sockets?.equivalent).toBe(`ssh far 'ss -ltnp '\\''sport = :8080'\\'''`);
});

test.each(SIDES_AND_FAMILIES)('$side, IPv$family: the listener is bound to loopback', async ({ tools, family }) => {
  const net = await farChain(tools);
  const host = family === 4 ? '127.0.0.1' : '::1';
  await serve(net.server, { kind: 'tcp', host, port: 8080 });
  const checked = await check(net.client, net.asked(family), '--on', 'ssh://far');
  expectDiagnosis(checked, { code: 'listening-on-loopback', verdict: 'fault', confidence: 'certain' });
  expect(checked.report.evidence.sockets?.listening).toContainEqual(
    expect.objectContaining({ protocol: 'tcp', address: host, port: 8080, process: expect.stringContaining('node') }),
  );
});

test.each(FAR_SIDES)('$side: the listener is bound to another address', async ({ tools }) => {
  const net = await farChain(tools);
  sh(net.server, 'ip addr add 10.9.2.50/24 dev eth0');
  await serve(net.server, { kind: 'tcp', host: '10.9.2.50', port: 8080 });
  const checked = await check(net.client, net.asked(4), '--on', 'ssh://far');
  expectDiagnosis(checked, { code: 'listening-on-other-address', verdict: 'fault', confidence: 'certain' });
});

test('over ssh: the listener is bound to another interface', async () => {
  const net = await farChain(undefined);
  sh(net.server, SECOND_LINK);
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 8443, device: 'eth1' });
  const checked = await check(net.client, net.asked(4, 8443), '--on', 'ssh://far');
  expectDiagnosis(checked, { code: 'listening-on-other-address', verdict: 'fault', confidence: 'certain' });
  expect(checked.report.evidence.sockets).toMatchObject({ targetInterfaces: ['eth0'] });
});

test('over ssh: the listener is bound to the interface of the address', async () => {
  const net = await farChain(undefined);
  sh(net.server, SECOND_LINK);
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 8443, device: 'eth0' });
  const checked = await check(net.client, net.asked(4, 8443), '--on', 'ssh://far');
  expectDiagnosis(checked, { code: 'port-open', verdict: 'healthy', confidence: 'certain' });
});

test.each(FAR_SIDES)('$side: the listener takes IPv4 only', async ({ tools }) => {
  const net = await farChain(tools);
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 8080 });
  const checked = await check(net.client, net.asked(6), '--on', 'ssh://far');
  expectDiagnosis(checked, { code: 'listening-other-family', verdict: 'fault', confidence: 'certain' });
});

test.each([
  { ...FAR_SIDES[0], confidence: 'certain' },
  { ...FAR_SIDES[1], confidence: 'likely' },
] as const)('$side: the listener takes IPv6 only', async ({ tools, confidence }) => {
  const net = await farChain(tools);
  await serve(net.server, { kind: 'tcp', host: '::', port: 8080, ipv6Only: true });
  const checked = await check(net.client, net.asked(4), '--on', 'ssh://far');
  expectDiagnosis(checked, { code: 'listening-other-family', verdict: 'fault', confidence });
});

test.each([
  { ...FAR_SIDES[0], confidence: 'certain' },
  { ...FAR_SIDES[1], confidence: 'likely' },
] as const)('$side: the program has stopped accepting', async ({ tools, confidence }) => {
  const net = await farChain(tools);
  const services = await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 8080, backlog: 1 });
  services.freeze();
  await serve(net.client, { kind: 'clients', host: net.target(), port: 8080, count: 2 });
  const checked = await check(net.client, net.asked(4), '--on', 'ssh://far');
  expectDiagnosis(checked, { code: 'accept-queue-full', verdict: 'fault', confidence });
});

test.each(
  FAR_SIDES.flatMap((side) => ['drop', 'reject with tcp reset', 'reject'].map((verdict) => ({ ...side, verdict }))),
)('$side: the firewall of the target keeps the port shut ($verdict)', async ({ tools, verdict }) => {
  const net = await farChain(tools);
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 8080 });
  filter(net.server, 'input', `tcp dport 8080 ${verdict}`);
  const checked = await check(net.client, net.asked(4), '--on', 'ssh://far');
  // Of /proc nobody can tell whether the listener is bound to another interface.
  const confidence = tools === undefined ? 'certain' : 'likely';
  expectDiagnosis(checked, { code: 'firewall-blocks-port', verdict: 'fault', confidence });
});

test.each([
  ['drop', { hop: 1, address: '10.9.0.1' }, 1],
  ['reject with tcp reset', { hop: 2, address: '10.9.1.1' }, 2],
  ['reject with icmp type admin-prohibited', { hop: 2, address: '10.9.1.1' }, 2],
] as const)('a firewall on the way keeps the port shut (%s): where', async (verdict, where, router) => {
  const net = await farChain(undefined);
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 8080 });
  filter(net.router(router), 'forward', `tcp dport 8080 ${verdict}`);
  const checked = await check(net.client, net.asked(4), '--on', 'ssh://far');
  expectDiagnosis(checked, { code: 'firewall-blocks-port', verdict: 'fault', confidence: 'certain', where });
});

test.each(FAR_SIDES)('$side: a connection that is accepted and ended at once', async ({ tools }) => {
  const net = await farChain(tools);
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 8080, does: 'reset' });
  const checked = await check(net.client, net.asked(4), '--on', 'ssh://far');
  expectDiagnosis(checked, { code: 'connection-dropped', verdict: 'degraded', confidence: 'likely' });
  expect(checked.report.evidence.sockets?.listening).toContainEqual(expect.objectContaining({ port: 8080 }));
});

test.each(SIDES_AND_FAMILIES)('$side, IPv$family: no socket takes UDP on the port', async ({ tools, family }) => {
  const net = await farChain(tools);
  const checked = await check(net.client, `udp://${net.asked(family)}`, '--on', 'ssh://far');
  expectDiagnosis(checked, { code: 'udp-port-closed', verdict: 'fault', confidence: 'certain' });
});

test.each([
  { ...FAR_SIDES[0], confidence: 'certain' },
  { ...FAR_SIDES[1], confidence: 'certain' },
] as const)('$side: nothing is bound to a UDP port that a firewall keeps silent', async ({ tools, confidence }) => {
  const net = await farChain(tools);
  filter(net.server, 'input', 'udp dport 8080 drop');
  const checked = await check(net.client, `udp://${net.asked(4)}`, '--on', 'ssh://far');
  expectDiagnosis(checked, { code: 'not-listening', verdict: 'fault', confidence });
});

test.each(FAR_SIDES)('$side: a UDP service that is bound and silent stays open or filtered', async ({ tools }) => {
  const net = await farChain(tools);
  await serve(net.server, { kind: 'udp', host: '0.0.0.0', port: 8080, does: 'nothing' });
  const checked = await check(net.client, `udp://${net.asked(4)}`, '--on', 'ssh://far');
  expectDiagnosis(checked, { code: 'udp-open-or-filtered', verdict: 'inconclusive', confidence: 'possible' });
  expect(checked.report.evidence.sockets?.listening).toContainEqual(
    expect.objectContaining({ protocol: 'udp', port: 8080 }),
  );
});

test('over ssh: of a UDP port that the firewall of the target keeps silent, nothing false is ruled out', async () => {
  const net = await farChain(undefined);
  await serve(net.server, { kind: 'udp', host: '0.0.0.0', port: 8080 });
  filter(net.server, 'input', 'udp dport 8080 drop');
  const checked = await check(net.client, `udp://${net.asked(4)}`, '--on', 'ssh://far');
  expectDiagnosis(checked, { code: 'udp-open-or-filtered', verdict: 'inconclusive', confidence: 'possible' });
  expect(checked.report.ruledOut.map(({ code }) => code)).not.toContain('firewall-blocks-port');
});

test.each(FAR_SIDES)('$side: a UDP service that is bound to loopback', async ({ tools }) => {
  const net = await farChain(tools);
  await serve(net.server, { kind: 'udp', host: '127.0.0.1', port: 8080 });
  const checked = await check(net.client, `udp://${net.asked(4)}`, '--on', 'ssh://far');
  expectDiagnosis(checked, { code: 'listening-on-loopback', verdict: 'fault', confidence: 'likely' });
});

test('a machine that does not own the address is told, and nothing is certain by it', async () => {
  const net = await chain({ routers: 1 });
  await startSshd(net.client, net.router(1), net.hop(1));
  const checked = await check(net.client, `${net.target()}:8080`, '--on', 'ssh://far');
  expectDiagnosis(checked, { code: 'not-listening', verdict: 'fault', confidence: 'likely' });
  expect(checked.report.evidence.sockets?.ownsTarget).toBe(false);
});
