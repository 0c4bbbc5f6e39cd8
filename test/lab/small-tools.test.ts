import { expect, test } from 'vitest';
import type { RouteEvidence } from '../../src/evidence/route.ts';
import type { TraceEvidence } from '../../src/evidence/trace.ts';
import { type Chain, chain, type Family } from './kit/chain.ts';
import { filter, run, sh } from './kit/exec.ts';
import { type Checked, expectNoStackTrace, judged } from './kit/netwhy.ts';
import { needed, withToolbox } from './kit/toolbox.ts';
import { asOrdinaryUser, canBeAnybody, programForAnybody } from './kit/user.ts';

/** What a small system leaves out, or has from BusyBox. */
const ABSENT = [
  ...['ping', 'ping6', 'traceroute', 'traceroute6', 'tracepath', 'mtr', 'mtr-packet'],
  ...['ss', 'ip', 'netstat', 'arp', 'route', 'ifconfig'],
];
const BUSYBOX = await needed('busybox', 'busybox-static');
const APPLETS = Object.fromEntries(['ip', 'ping', 'traceroute'].map((name) => [name, BUSYBOX]));
const TRACEPATH = { tracepath: await needed('tracepath', 'iputils-tracepath') };
const FAMILIES = [4, 6] as const satisfies readonly Family[];

const program = programForAnybody();

type NotTheWay = 'startedAt' | 'durationMs' | 'equivalent' | 'cutShort' | 'to' | 'status' | 'error' | 'usableFamilies';

/** `netwhy check` by what BusyBox brings, as root: its ping has no right of its own. */
async function checkBy(box: Readonly<Record<string, string>>, net: Chain, target: string): Promise<Checked> {
  const command = [...program, 'check', target, '--json', '--engine', 'system'];
  return judged(await run(net.client, withToolbox(box, ABSENT, command)));
}

function routeOf({ report }: Checked): Omit<RouteEvidence, NotTheWay> {
  const { route } = report.evidence;
  if (route === undefined) throw new Error('The report has no route');
  const { interface: name, source, gateway, onLink, neighbour, mtu } = route;
  return { interface: name, source, gateway, onLink, neighbour, mtu };
}

type Traced = { readonly outcome: string; readonly confidence: string; readonly trace: TraceEvidence };

/** `netwhy trace` of a user without a right, on a machine whose only tool is tracepath. */
async function traceBy(net: Chain, target: string): Promise<Traced> {
  const command = [...program, 'trace', target, '--json', '--engine', 'system', '--no-names'];
  const asked = withToolbox(TRACEPATH, ABSENT, canBeAnybody() ? asOrdinaryUser(command) : command);
  const finished = await run(net.client, asked);
  expectNoStackTrace(finished);
  const { verdict, trace } = JSON.parse(finished.stdout);
  return { outcome: verdict.outcome, confidence: verdict.confidence, trace };
}

test.each(FAMILIES)('BusyBox alone: the route over IPv%s, and who stands next on it', async (family) => {
  const net = await chain({ routers: 2 });
  const far = await checkBy(APPLETS, net, net.target(family));
  expect(far.report.diagnosis.code).toBe('reachable');
  expect(routeOf(far)).toEqual({
    interface: 'eth0',
    source: net.own(family),
    gateway: net.hop(1, family),
    onLink: false,
    neighbour: expect.stringMatching(/^(none|reachable|delay|stale)$/u),
    mtu: 1500,
  });
  const near = await checkBy(APPLETS, net, net.hop(1, family));
  expect(routeOf(near)).toMatchObject({ gateway: null, onLink: true, neighbour: 'reachable' });
});

test.each(FAMILIES)("BusyBox alone: a rule's own table is followed over IPv%s", async (family) => {
  const net = await chain({ routers: 1 });
  sh(
    net.client,
    `ip -${family} route del default; ip -${family} route add default via ${net.hop(1, family)} table 77
     ip -${family} rule add to ${net.target(family)} lookup 77`,
  );
  const checked = await checkBy(APPLETS, net, net.target(family));
  expect(routeOf(checked)).toMatchObject({ interface: 'eth0', gateway: net.hop(1, family), onLink: false });
});

test.each(FAMILIES)("without an ip, the kernel's files tell the route over IPv%s", async (family) => {
  const net = await chain({ routers: 2 });
  expect(routeOf(await checkBy({}, net, net.target(family)))).toEqual({
    interface: 'eth0',
    source: net.own(family),
    gateway: net.hop(1, family),
    onLink: false,
    // No file holds the neighbours of IPv6, and that of IPv4 tells no fresh one.
    neighbour: family === 6 ? null : expect.stringMatching(/^(none|stale)$/u),
    mtu: 1500,
  });
});

test("without an ip, the way of a rule's own table is unknown, and not on the link", async () => {
  const net = await chain({ routers: 1 });
  sh(
    net.client,
    `ip route del default; ip route add default via ${net.hop(1)} table 77; ip rule add to ${net.target()} lookup 77`,
  );
  expect(routeOf(await checkBy({}, net, net.target()))).toMatchObject({
    interface: null,
    source: net.own(),
    gateway: null,
    onLink: null,
    neighbour: null,
    mtu: null,
  });
});

test.each(FAMILIES)('tracepath alone: the whole path over IPv%s, with times', async (family) => {
  const net = await chain({ routers: 3 });
  const { outcome, trace } = await traceBy(net, net.target(family));
  expect(outcome).toBe('reached');
  expect(trace).toMatchObject({ method: 'system', protocol: 'udp', stopReason: 'target' });
  expect(trace.hops.map(({ addresses }) => addresses)).toEqual([1, 2, 3, 4].map((hop) => [net.hop(hop, family)]));
  const counts = trace.hops.map(({ sent, received }) => ({ sent, received }));
  expect(counts).toEqual(trace.hops.map(() => ({ sent: 3, received: 3 })));
  expect(trace.hops.map(({ rttMs }) => rttMs?.median)).toEqual(trace.hops.map(() => expect.any(Number)));
});

test('tracepath alone: a router that is silent holds up those behind it, and hides none', async () => {
  const net = await chain({ routers: 3 });
  filter(net.router(2), 'output', 'icmp type time-exceeded drop');
  const { outcome, trace } = await traceBy(net, net.target());
  expect(outcome).toBe('reached');
  expect(trace.hops.map(({ addresses }) => addresses)).toEqual([[net.hop(1)], [], [net.hop(3)], [net.hop(4)]]);
});

test('tracepath alone: where everything is dropped the path stops, which is possible at most', async () => {
  const net = await chain({ routers: 3 });
  filter(net.router(2), 'forward', `ip daddr ${net.target()} drop`);
  const { outcome, confidence, trace } = await traceBy(net, net.target());
  expect({ outcome, confidence }).toEqual({ outcome: 'stopped', confidence: 'possible' });
  expect(trace.hops.filter(({ received }) => received > 0).map(({ ttl }) => ttl)).toEqual([1, 2]);
  // It asks one hop after the other, three seconds each: the others were never probed.
  expect(trace.hops.length).toBeLessThanOrEqual(5);
  expect(trace.stopReason).toBe('time');
});

test('tracepath alone: two routers that send it back and forth', async () => {
  const net = await chain({ routers: 4 });
  sh(net.router(3), 'ip route replace 10.9.4.0/24 via 10.9.2.2');
  const { outcome, trace } = await traceBy(net, net.target());
  expect(outcome).toBe('loop');
  expect(new Set(trace.loop)).toEqual(new Set([net.hop(2), net.hop(3)]));
});

test('tracepath alone: a prohibition of IPv6 has a letter of its own, that of IPv4 is not named', async () => {
  const net = await chain({ routers: 2 });
  sh(net.router(2), 'ip route add prohibit 10.70.0.0/16; ip -6 route add prohibit fd70::/16');
  sh(net.router(1), 'ip route add 10.70.0.0/16 via 10.9.1.1; ip -6 route add fd70::/16 via fd09:0:0:2::1');
  expect(await traceBy(net, 'fd70::1')).toMatchObject({ outcome: 'prohibited', confidence: 'certain' });
  const { outcome, trace } = await traceBy(net, '10.70.0.1');
  expect(outcome).toBe('stopped');
  expect(trace.hops.map(({ addresses }) => addresses)).toEqual([[net.hop(1)], []]);
});

test("tracepath alone: this machine's own refusal is none of the path's", async () => {
  const net = await chain({ routers: 1 });
  filter(net.client, 'output', `ip daddr ${net.target()} drop`);
  const { trace } = await traceBy(net, net.target());
  expect(trace).toMatchObject({ stopReason: 'refused', hops: [] });
});
