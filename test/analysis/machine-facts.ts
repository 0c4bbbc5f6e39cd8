import type { EngineFacts, LoopbackTrial, MachineFacts } from '../../src/domain/machine-facts.ts';

const ANSWERED: readonly LoopbackTrial[] = ([4, 6] as const).map((family) => ({
  family,
  kind: 'echo',
  result: { kind: 'answered', rttMs: 0.125 },
}));

export function engine(method: EngineFacts['method'], change: Partial<EngineFacts> = {}): EngineFacts {
  const found = method === 'raw' || method === 'kernel' ? ({ state: 'loaded', detail: null } as const) : null;
  return { method, package: found, refusal: null, lacks: [], trials: ANSWERED, ...change };
}

const WHOLE: MachineFacts = {
  platform: 'linux',
  distribution: 'debian',
  nodeVersion: 'v20.20.2',
  packageFolder: '/opt/netwhy',
  isRoot: true,
  hasNetRaw: true,
  hasPtrace: true,
  mayGainNetRaw: true,
  noNewPrivileges: false,
  pingGroups: { first: 0, last: 2147483647, isCovered: true },
  container: null,
  isUserNamespace: false,
  families: { 4: 'global', 6: 'global' },
  resolvers: ['192.0.2.53'],
  tools: {
    ping: '/usr/bin/ping',
    traceroute: '/usr/bin/traceroute',
    'mtr-packet': '/usr/bin/mtr-packet',
    ip: '/usr/sbin/ip',
    ss: '/usr/bin/ss',
    ssh: '/usr/bin/ssh',
  },
  engines: [engine('raw'), engine('kernel'), engine('system'), engine('sockets')],
};

/** A machine on which nothing is missing, but for what is changed. */
export function machine(change: Partial<MachineFacts> = {}): MachineFacts {
  return { ...WHOLE, ...change };
}

/** The same for an ordinary user with these engines; the others are as they are without any right. */
export function ordinaryUser(engines: readonly EngineFacts[], change: Partial<MachineFacts> = {}): MachineFacts {
  const refused = engine('raw', { refusal: { isPermission: true, said: null }, trials: [] });
  const all = [refused, ...engines];
  return machine({ isRoot: false, hasNetRaw: false, hasPtrace: false, engines: all, ...change });
}
