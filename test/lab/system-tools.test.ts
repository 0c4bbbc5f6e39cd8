import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { hintOf } from '../../src/evidence/obstacles/describe.ts';
import type { Report } from '../../src/evidence/report/report.ts';
import { type Chain, chain, TO_CLIENT } from './kit/chain.ts';
import { filter, run, sh } from './kit/exec.ts';
import { expectNoStackTrace, reportOf } from './kit/netwhy.ts';
import { USER_WITH_TOOLS } from './kit/ordinary-user.ts';
import { PROGRAM } from './kit/program.ts';
import { serve } from './kit/services.ts';

/** A file in the place of a tool, for one command only: what cannot be executed is not there. */
type Replaced = Readonly<Record<string, string>>;

const NOTHING = '/dev/null';
const PING_AND_TRACEROUTE: Replaced = { '/usr/bin/mtr-packet': NOTHING };
const ALL: Replaced = {};
const NO_SENDER_BUT_PING: Replaced = {
  '/usr/bin/mtr-packet': NOTHING,
  '/usr/bin/traceroute': NOTHING,
  '/usr/sbin/traceroute': NOTHING,
};

const WITH_REPLACED =
  'while [ "$1" != -- ]; do [ ! -e "$2" ] || mount --bind "$1" "$2"; shift 2; done; shift; exec "$@"';

/** `netwhy check` by the system's tools alone, as a user without a right of his own. */
async function checkBy(tools: Replaced, net: Chain, target: string, engine = 'system'): Promise<Report> {
  const mounts = Object.entries(tools).flatMap(([path, file]) => [file, path]);
  const command = [...USER_WITH_TOOLS, process.execPath, PROGRAM, 'check', target, '--json', '--engine', engine];
  const finished = await run(net.client, ['sh', '-ec', WITH_REPLACED, 'sh', ...mounts, '--', ...command]);
  expectNoStackTrace(finished);
  return reportOf(finished);
}

/** A program that is found where ping should be. */
function impostor(script: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'netwhy-ping-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'ping');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(folder, 0o755);
  chmodSync(path, 0o755);
  return path;
}

function summary({ diagnosis, evidence }: Report) {
  return { code: diagnosis.code, where: diagnosis.where, method: evidence.ping?.method };
}

const SETS = [
  ['ping and traceroute', PING_AND_TRACEROUTE],
  ['mtr-packet beside them', ALL],
] as const;

test.each(SETS)('%s: a host that answers, with the TTL of its replies', async (_, tools) => {
  const net = await chain({ routers: 2 });
  for (const family of [4, 6] as const) {
    const report = await checkBy(tools, net, net.target(family));
    expect(summary(report)).toEqual({ code: 'reachable', where: null, method: 'system' });
    expect(report.evidence.ping).toMatchObject({ received: 20, duplicates: 0, replyTtl: 62 });
    // No tool waits for a second answer: that there was none is not known.
    expect(report.notChecked).toContainEqual({ code: 'duplicate-replies', reason: 'not-permitted' });
  }
});

test.each(SETS)('%s: echo is filtered, the host is up', async (_, tools) => {
  const net = await chain({ routers: 2 });
  filter(net.router(2), 'forward', 'icmp type echo-request drop');
  expect(summary(await checkBy(tools, net, net.target()))).toMatchObject({ code: 'icmp-filtered' });
});

test.each(SETS)('%s: a port that is open, one that is closed, one that is filtered', async (_, tools) => {
  const net = await chain({ routers: 2 });
  await serve(net.server, { kind: 'tcp', host: '::', port: 80 });
  filter(net.server, 'input', 'tcp dport 82 drop');
  for (const [port, code] of [
    [80, 'port-open'],
    [81, 'port-closed'],
    [82, 'port-filtered'],
  ] as const) {
    expect((await checkBy(tools, net, `${net.target()}:${port}`)).diagnosis.code).toBe(code);
  }
});

test.each(SETS)('%s: the last router cannot find the host, and where it ends is told', async (_, tools) => {
  const net = await chain({ routers: 2 });
  const report = await checkBy(tools, net, net.absent());
  // The router answers only the first few packets that it holds: whether the late echo is one of them is a race with the
  // start of a process. Without its word the path ends there all the same, and what for stays open.
  expect(['host-unreachable', 'path-blackhole']).toContain(report.diagnosis.code);
  expect(report.diagnosis.where).toMatchObject({ address: net.hop(2) });
  expect(report.diagnosis.confidence).toBe('likely');
});

test.each(SETS)('%s: a router forbids it', async (_, tools) => {
  const net = await chain({ routers: 2 });
  sh(net.router(2), 'ip route replace prohibit 10.9.2.0/24');
  sh(net.router(2), 'ip link set eth1 down');
  sh(net.router(2), 'ip route replace prohibit 10.9.2.0/24');
  expect(summary(await checkBy(tools, net, net.target()))).toMatchObject({
    code: 'admin-prohibited',
    where: { address: net.hop(2) },
  });
});

test.each(SETS)('%s: everything is dropped behind a router', async (_, tools) => {
  const net = await chain({ routers: 4 });
  filter(net.router(3), 'forward', `ip daddr ${net.target()} drop`);
  expect(summary(await checkBy(tools, net, net.target()))).toMatchObject({
    code: 'path-blackhole',
    where: { hop: 3, address: net.hop(3) },
  });
});

test.each(SETS)('%s: two routers send it back and forth', async (_, tools) => {
  const net = await chain({ routers: 5 });
  sh(net.router(4), 'ip route replace 10.9.5.0/24 via 10.9.3.2');
  const report = await checkBy(tools, net, net.target());
  expect(report.diagnosis.code).toBe('routing-loop');
  expect(new Set(report.evidence.trace?.loop)).toEqual(new Set([net.hop(3), net.hop(4)]));
});

test.each(SETS)('%s: a link loses packets', async (_, tools) => {
  const net = await chain({ routers: 2, wires: { 1: { toServer: { lossPercent: 30 }, seed: 1 } } });
  expect((await checkBy(tools, net, net.target())).diagnosis.code).toBe('packet-loss');
});

test.each(SETS)('%s: a narrow link that is reported, and told by memory the second time', async (_, tools) => {
  const net = await chain({ routers: 2 });
  for (const [node, link] of [
    [net.router(1), 'eth1'],
    [net.router(2), TO_CLIENT],
  ] as const) {
    sh(node, `ip link set ${link} mtu 1300`);
  }
  const first = await checkBy(tools, net, net.target());
  expect(first.evidence.mtu).toMatchObject({
    method: 'system',
    pathMtu: 1300,
    blackhole: false,
    reportedBy: net.hop(1),
  });
  const second = await checkBy(tools, net, net.target());
  expect(second.evidence.mtu).toMatchObject({ pathMtu: 1300, fullSize: 1500, blackhole: false, reportedBy: null });
  for (const { findings } of [first, second]) expect(findings.map(({ code }) => code)).toContain('path-mtu-reduced');
});

test.each(SETS)('%s: large packets vanish', async (_, tools) => {
  const net = await chain({ routers: 2 });
  filter(net.router(2), 'forward', 'ip length > 1300 drop');
  expect((await checkBy(tools, net, net.target())).diagnosis.code).toBe('path-mtu-blackhole');
});

test("this machine's own firewall is found by a datagram, where ping prints nothing", async () => {
  const net = await chain({ routers: 1 });
  filter(net.client, 'output', `ip daddr ${net.target()} drop`);
  const report = await checkBy(PING_AND_TRACEROUTE, net, `${net.target()}:80`);
  expect(report.diagnosis.code).toBe('local-firewall');
});

const IMPOSTORS = [
  ['hangs', 'exec sleep 1000'],
  ['prints garbage', 'head -c 5000 /dev/urandom'],
  ['prints ten megabytes', 'yes ping | head -c 10000000'],
  ['exits with nothing', 'exit 0'],
] as const;

test.each(IMPOSTORS)('a ping that %s gives way to the next tool', async (_, script) => {
  const net = await chain({ routers: 2 });
  const report = await checkBy({ '/usr/bin/ping': impostor(script) }, net, net.target());
  expect(summary(report)).toEqual({ code: 'reachable', where: null, method: 'system' });
});

test.each(IMPOSTORS)('a ping that %s, alone: the port is told, and why there is no echo', async (_, script) => {
  const net = await chain({ routers: 2 });
  await serve(net.server, { kind: 'tcp', host: '::', port: 80 });
  const tools = { ...NO_SENDER_BUT_PING, '/usr/bin/ping': impostor(script) };
  const report = await checkBy(tools, net, `${net.target()}:80`);
  expect(summary(report)).toEqual({ code: 'port-open', where: null, method: null });
  expect(hintOf(report.evidence.ping?.unavailable, 'en')).toMatch(
    /ping (did not end|never stopped|says nothing)|The ping of this system is none/u,
  );
});
