import { test } from 'vitest';
import { chain, type Family } from './kit/chain.ts';
import { check, expectDiagnosis } from './kit/netwhy.ts';

// A router that has spent its errors on one run has few left for the next (inet_peer_xrlim_allow of Linux: one a second).
const FAMILIES = [4, 6] as const;

test.each(FAMILIES)(
  'IPv%i: a second run right after the first, without and with a port, finds the host that is not there',
  async (family: Family) => {
    const net = await chain({ routers: 3 });
    const absent = net.absent(family);
    for (const target of [absent, family === 4 ? `${absent}:443` : `[${absent}]:443`]) {
      const where = { hop: 3, address: net.hop(3, family) };
      expectDiagnosis(await check(net.client, target), { code: 'host-unreachable', verdict: 'fault', where });
    }
  },
);
