import { expect, test } from 'vitest';
import { type Chain, chain, type Family, TO_CLIENT } from './kit/chain.ts';
import { sh } from './kit/exec.ts';
import { check } from './kit/netwhy.ts';
import { serve } from './kit/services.ts';

/** What the client's kernel holds of others, but for what runs out by itself and the README names: TIME-WAIT. */
function held(net: Chain): Readonly<Record<string, readonly string[]>> {
  const lines = (script: string): readonly string[] =>
    sh(net.client, script)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .sort();
  return {
    exceptions: [4, 6].flatMap((family) => lines(`ip -${family} route show cache`)),
    routes: [4, 6].flatMap((family) => lines(`ip -${family} route show table all`)),
    rules: lines('ip rule; ip -6 rule'),
    // The state of an entry moves by itself; who is known, and by which link-layer address, does not.
    neighbours: lines('ip neigh').map((line) => line.replace(/ (?:router )?[A-Z]+$/u, '')),
    sockets: lines('ss -Htan state connected exclude time-wait'),
    listeners: lines('ss -Htuln'),
    settings: lines('sysctl -a 2>/dev/null | grep -E "^net\\.ipv[46]\\.(conf|tcp_|ping|icmp)" | grep -v fastopen_key'),
  };
}

const TARGETS = {
  host: (net: Chain, family: Family) => net.target(family),
  open: (net: Chain, family: Family) => `${bracketed(net, family)}:80`,
  closed: (net: Chain, family: Family) => `${bracketed(net, family)}:81`,
  web: (net: Chain, family: Family) => `http://${bracketed(net, family)}/`,
} as const;

function bracketed(net: Chain, family: Family): string {
  return family === 4 ? net.target(4) : `[${net.target(6)}]`;
}

test.each(
  (['raw', 'kernel'] as const).flatMap((engine) =>
    ([4, 6] as const).flatMap((family) =>
      (['host', 'open', 'closed', 'web'] as const).map((what) => ({ engine, family, what })),
    ),
  ),
)('engine $engine, IPv$family, $what: nothing is left behind', async ({ engine, family, what }) => {
  const net = await chain({ routers: 2, families: [family] });
  sh(net.router(1), 'ip link set eth1 mtu 1400');
  sh(net.router(2), `ip link set ${TO_CLIENT} mtu 1400`);
  await serve(net.server, { kind: 'http', host: '::', port: 80, status: 200 });
  // The first packet of anybody makes the next hop known.
  await check(net.client, `${bracketed(net, family)}:81`, '--engine', 'sockets');
  // A router asks for its neighbours by itself, in the name of its link-local address: that is none of netwhy's doing.
  if (family === 6) sh(net.client, 'ping -6 -c1 -W2 ff02::2%eth0');
  const before = held(net);
  const { report } = await check(net.client, TARGETS[what](net, family), '--engine', engine);
  const after = held(net);
  // On IPv6 the kernel takes the report of any echo; the evidence and the README say so.
  const learned = report.evidence.mtu?.learned ?? null;
  expect(learned === null).toBe(family === 4);
  if (learned === null) expect(after).toEqual(before);
  else expect({ ...after, exceptions: [] }).toEqual({ ...before, exceptions: [] });
});
