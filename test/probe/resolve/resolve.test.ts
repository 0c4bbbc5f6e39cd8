import { expect, test } from 'vitest';
import type { Family, IpAddress } from '../../../src/domain/address.ts';
import type { ServerAnswer } from '../../../src/domain/evidence.ts';
import type { PairedQuestions } from '../../../src/domain/name-evidence.ts';
import type { Clock, Resolver, SystemAnswer } from '../../../src/domain/ports.ts';
import type { Target } from '../../../src/domain/target.ts';
import type { ProbeEvent } from '../../../src/evidence/probe-event.ts';
import type { ResolveEvidence } from '../../../src/evidence/resolve.ts';
import { resolve } from '../../../src/probe/resolve/resolve.ts';
import { createVirtualClock } from '../virtual-clock.ts';

type Said = {
  readonly rcode?: string;
  readonly addresses?: readonly IpAddress[];
  readonly error?: string;
  readonly truncated?: true;
  readonly afterMs: number;
};

type World = {
  readonly system: { readonly answer: SystemAnswer; readonly afterMs: number } | 'hangs';
  readonly servers: Readonly<Record<IpAddress, Said | 'silent'>>;
  readonly hosts?: readonly IpAddress[];
  readonly isTimed?: boolean;
  readonly ownError?: string;
  readonly paired?: Omit<PairedQuestions, 'server'>;
};

const GIVES = (...addresses: readonly IpAddress[]): SystemAnswer => ({ kind: 'addresses', addresses });
const FAILS = (code: string): SystemAnswer => ({ kind: 'error', code });
const NAME: Target = { input: 'db.test', scheme: 'tcp', host: 'db.test', literal: null, port: null };

function fakeResolver(world: World, clock: Clock): Resolver {
  return {
    isTimed: world.isTimed ?? true,
    systemError: async () => world.ownError ?? null,
    setup: async () => null,
    askTogether: async (server) => {
      const { paired } = world;
      if (paired === undefined) return null;
      await clock.sleep(paired.waitedMs, new AbortController().signal);
      return { server, ...paired };
    },
    servers: async () => Object.keys(world.servers),
    hostsFile: async () => world.hosts ?? [],
    system: async (_host, _families, signal) => {
      const { system } = world;
      await clock.sleep(system === 'hangs' ? 1e9 : system.afterMs, signal);
      return signal.aborted || system === 'hangs' ? { kind: 'cancelled' } : system.answer;
    },
    ask: async (address, _host, _families, signal): Promise<ServerAnswer> => {
      const said = world.servers[address] ?? 'silent';
      const silent = { address, rcode: null, ms: null, addresses: [], sent: 6, error: null };
      await clock.sleep(said === 'silent' ? 1e9 : said.afterMs, signal);
      if (said === 'silent' || signal.aborted) return silent;
      const rcode = said.rcode ?? null;
      const { addresses = [], error = null, truncated } = said;
      return { ...silent, rcode, addresses, ms: said.afterMs, error, ...(truncated && { truncated }) };
    },
  };
}

async function look(
  world: World,
  options: { readonly target?: Target; readonly families?: readonly Family[]; readonly signal?: AbortSignal } = {},
): Promise<{ readonly evidence: ResolveEvidence; readonly events: readonly ProbeEvent[] }> {
  const clock = createVirtualClock();
  const events: ProbeEvent[] = [];
  const { target = NAME, families = [4, 6], signal = new AbortController().signal } = options;
  const ports = { resolver: fakeResolver(world, clock), clock };
  const evidence = await clock.run(
    resolve({ target, families, graceMs: 500, patienceMs: 11_000 }, ports, signal, (event) => events.push(event)),
  );
  return { evidence, events };
}

test('an address needs no lookup', async () => {
  const target = { ...NAME, host: '10.0.0.7', literal: '10.0.0.7' };
  const { evidence, events } = await look({ system: 'hangs', servers: { '10.0.0.53': 'silent' } }, { target });
  expect(evidence).toMatchObject({
    status: 'literal',
    addresses: ['10.0.0.7'],
    source: 'literal',
    durationMs: 0,
    servers: [],
  });
  expect(events).toEqual([{ kind: 'addresses', addresses: ['10.0.0.7'] }]);
});

test('the system and a server agree: the addresses come from DNS, in the order of the system', async () => {
  const { evidence, events } = await look({
    system: { answer: GIVES('2001:db8::7', '10.0.0.7'), afterMs: 10 },
    servers: { '10.0.0.53': { rcode: 'NOERROR', addresses: ['10.0.0.7', '2001:db8::7'], afterMs: 12 } },
  });
  expect(evidence).toMatchObject({
    status: 'ok',
    addresses: ['2001:db8::7', '10.0.0.7'],
    source: 'dns',
    durationMs: 12,
  });
  expect(events[0]).toEqual({ kind: 'addresses', addresses: ['2001:db8::7', '10.0.0.7'] });
  expect(evidence.equivalent).toBe('getent ahosts db.test; dig +search @10.0.0.53 db.test A db.test AAAA');
});

test('once the system has addresses a silent server is given a short grace only', async () => {
  const { evidence } = await look({
    system: { answer: GIVES('10.0.0.7'), afterMs: 10 },
    servers: { '10.0.0.53': { rcode: 'NOERROR', addresses: ['10.0.0.7'], afterMs: 5 }, '10.0.0.54': 'silent' },
  });
  expect(evidence).toMatchObject({ status: 'ok', source: 'dns', durationMs: 260 });
});

test('where the hosts file answered, DNS is given longer to contradict it', async () => {
  const { evidence } = await look({
    system: { answer: GIVES('10.9.9.9'), afterMs: 1 },
    servers: { '10.0.0.53': { rcode: 'NOERROR', addresses: ['10.0.0.7'], afterMs: 300 } },
    hosts: ['10.9.9.9'],
  });
  expect(evidence).toMatchObject({ status: 'ok', source: 'hosts', hostsFile: ['10.9.9.9'], durationMs: 300 });
  expect(evidence.servers.map(({ addresses }) => addresses)).toEqual([['10.0.0.7']]);
});

test('addresses that neither the hosts file nor DNS knows come from something else', async () => {
  const { evidence } = await look({
    system: { answer: GIVES('10.0.0.7'), afterMs: 1 },
    servers: { '10.0.0.53': { rcode: 'NXDOMAIN', afterMs: 2 } },
  });
  expect(evidence).toMatchObject({ status: 'ok', source: 'other' });
});

test('silence of every server is declared four seconds after the start, not earlier', async () => {
  const { evidence, events } = await look({
    system: 'hangs',
    servers: { '10.0.0.53': 'silent', '10.0.0.54': 'silent' },
  });
  expect(evidence).toMatchObject({ status: 'timeout', addresses: [], source: null, durationMs: 4000 });
  expect(events.filter(({ kind }) => kind === 'addresses')).toEqual([]);
});

test('an answer after three seconds and more is an answer', async () => {
  const { evidence } = await look({
    system: 'hangs',
    servers: { '10.0.0.53': { rcode: 'NOERROR', addresses: ['10.0.0.7'], afterMs: 3500 } },
  });
  expect(evidence).toMatchObject({ status: 'ok', addresses: ['10.0.0.7'], source: 'dns' });
});

test('a dead first server does not hold up what the second one knows', async () => {
  const { evidence, events } = await look({
    system: 'hangs',
    servers: { '10.0.0.53': 'silent', '10.0.0.54': { rcode: 'NOERROR', addresses: ['10.0.0.7'], afterMs: 20 } },
  });
  expect(evidence).toMatchObject({ status: 'ok', addresses: ['10.0.0.7'], source: 'dns' });
  expect(events.filter(({ kind }) => kind === 'addresses')).toEqual([{ kind: 'addresses', addresses: ['10.0.0.7'] }]);
});

test('the addresses are told a second after a server gave them, and the slow look-up is timed to its end, three times', async () => {
  const clock = createVirtualClock();
  const toldAtMs: number[] = [];
  const world: World = {
    system: { answer: GIVES('10.0.0.7'), afterMs: 5000 },
    servers: { '10.0.0.53': 'silent', '10.0.0.54': { rcode: 'NOERROR', addresses: ['10.0.0.7'], afterMs: 20 } },
  };
  const evidence = await clock.run(
    resolve(
      { target: NAME, families: [4, 6], graceMs: 500, patienceMs: 11_000 },
      { resolver: fakeResolver(world, clock), clock },
      new AbortController().signal,
      (event) => event.kind === 'addresses' && toldAtMs.push(clock.nowMs()),
    ),
  );
  expect(toldAtMs).toEqual([1020]);
  expect(evidence).toMatchObject({ status: 'ok', source: 'dns', durationMs: 5000 });
  expect(evidence.system).toEqual([
    { state: 'addresses', error: null, ms: 5000 },
    { state: 'pending', error: null, ms: 4000 },
    { state: 'pending', error: null, ms: 4000 },
  ]);
});

test('of look-ups that are only just slow each is known to be', async () => {
  const { evidence } = await look({
    system: { answer: GIVES('10.0.0.7'), afterMs: 1200 },
    servers: { '10.0.0.53': { rcode: 'NOERROR', addresses: ['10.0.0.7'], afterMs: 1200 } },
  });
  expect(evidence.system?.every(({ ms }) => (ms ?? 0) > 1000)).toBe(true);
  expect(evidence.durationMs).toBeLessThanOrEqual(2200);
});

test('a look-up that does not end is waited for as long as there is patience', async () => {
  const { evidence } = await look({
    system: 'hangs',
    servers: { '10.0.0.53': { rcode: 'NOERROR', addresses: ['10.0.0.7'], afterMs: 20 } },
  });
  expect(evidence).toMatchObject({ status: 'ok', addresses: ['10.0.0.7'], durationMs: 11_000 });
  expect(evidence.system?.map(({ state, ms }) => `${state} ${ms}`)).toEqual([
    'pending 11000',
    'pending 10000',
    'pending 10000',
  ]);
});

test('where each question by itself is quick and the look-up is not, both are asked from one port', async () => {
  const { evidence } = await look({
    system: { answer: GIVES('10.0.0.7'), afterMs: 5000 },
    servers: { '10.0.0.53': { rcode: 'NOERROR', addresses: ['10.0.0.7'], afterMs: 20 } },
    paired: { aMs: 1, aaaaMs: null, waitedMs: 2500 },
  });
  expect(evidence.paired).toEqual({ server: '10.0.0.53', aMs: 1, aaaaMs: null, waitedMs: 2500 });
});

test('a quick look-up is made once, and nothing else is asked', async () => {
  const { evidence } = await look({
    system: { answer: GIVES('10.0.0.7'), afterMs: 900 },
    servers: { '10.0.0.53': { rcode: 'NOERROR', addresses: ['10.0.0.7'], afterMs: 900 } },
    paired: { aMs: 1, aaaaMs: 1, waitedMs: 2500 },
  });
  expect(evidence.system).toEqual([{ state: 'addresses', error: null, ms: 900 }]);
  expect(evidence).not.toHaveProperty('paired');
  expect(evidence.durationMs).toBe(900);
});

test('a look-up whose time is not its own has none, and is not made again', async () => {
  const { evidence } = await look({
    system: { answer: GIVES('10.0.0.7'), afterMs: 3000 },
    servers: {},
    isTimed: false,
  });
  expect(evidence.system).toEqual([{ state: 'addresses', error: null, ms: null }]);
});

test('a dead first server does not hold up that the name does not exist', async () => {
  const { evidence } = await look({
    system: 'hangs',
    servers: { '10.0.0.53': 'silent', '10.0.0.54': { rcode: 'NXDOMAIN', afterMs: 20 } },
  });
  expect(evidence).toMatchObject({ status: 'not-found', durationMs: 1020 });
});

test('a failing server does not decide while another may still answer', async () => {
  const { evidence } = await look({
    system: 'hangs',
    servers: {
      '10.0.0.53': { rcode: 'SERVFAIL', afterMs: 5 },
      '10.0.0.54': { rcode: 'NOERROR', addresses: ['10.0.0.7'], afterMs: 2500 },
    },
  });
  expect(evidence).toMatchObject({ status: 'ok', addresses: ['10.0.0.7'] });
});

test.each([
  { name: 'NXDOMAIN of all', rcodes: ['NXDOMAIN', 'NXDOMAIN'], status: 'not-found' },
  { name: 'NXDOMAIN beside a failure', rcodes: ['SERVFAIL', 'NXDOMAIN'], status: 'not-found' },
  { name: 'an empty answer', rcodes: ['NOERROR'], status: 'no-address' },
  { name: 'an empty answer beside NXDOMAIN', rcodes: ['NXDOMAIN', 'NOERROR'], status: 'no-address' },
  { name: 'SERVFAIL', rcodes: ['SERVFAIL'], status: 'server-failure' },
  { name: 'REFUSED', rcodes: ['REFUSED', 'SERVFAIL'], status: 'server-failure' },
])('$name with a failed lookup gives $status', async ({ rcodes, status }) => {
  const servers = Object.fromEntries(rcodes.map((rcode, index) => [`10.0.0.${index}`, { rcode, afterMs: 3 }]));
  const { evidence } = await look({ system: { answer: FAILS('ENOTFOUND'), afterMs: 5 }, servers });
  expect(evidence).toMatchObject({ status, addresses: [], source: null, durationMs: 5 });
});

test('servers that all refuse are no reason to wait four seconds', async () => {
  const { evidence } = await look({
    system: { answer: FAILS('EAI_AGAIN'), afterMs: 1 },
    servers: { '10.0.0.53': { error: 'ECONNREFUSED', afterMs: 300 }, '10.0.0.54': { error: 'EPERM', afterMs: 1 } },
  });
  expect(evidence).toMatchObject({ status: 'timeout', durationMs: 300 });
  expect(evidence.servers.map(({ error }) => error)).toEqual(['ECONNREFUSED', 'EPERM']);
});

test("what the servers know and the system does not find is a failure of the system's own", async () => {
  const { evidence } = await look({
    system: { answer: FAILS('ENOTFOUND'), afterMs: 1 },
    servers: { '10.0.0.53': { rcode: 'NOERROR', addresses: ['10.0.0.7'], afterMs: 2 } },
    ownError: 'EAI_NONAME',
  });
  expect(evidence).toMatchObject({ status: 'server-failure', addresses: [] });
  expect(evidence.servers[0]?.addresses).toEqual(['10.0.0.7']);
  expect(evidence.system).toEqual([{ state: 'error', error: 'EAI_NONAME', ms: 1 }]);
});

test('where one server denies what another knows, the denial is what the system heard', async () => {
  const { evidence } = await look({
    system: { answer: FAILS('ENOTFOUND'), afterMs: 1 },
    servers: {
      '10.0.0.53': { rcode: 'NXDOMAIN', afterMs: 2 },
      '10.0.0.54': { rcode: 'NOERROR', addresses: ['10.0.0.7'], afterMs: 2 },
    },
  });
  expect(evidence).toMatchObject({ status: 'not-found', addresses: [] });
});

test('a look-up that failed for now has failed, whatever the servers know', async () => {
  const { evidence } = await look({
    system: { answer: FAILS('EAI_AGAIN'), afterMs: 1 },
    servers: { '10.0.0.53': { rcode: 'NOERROR', addresses: ['10.0.0.7'], afterMs: 2 } },
  });
  expect(evidence).toMatchObject({ status: 'server-failure', addresses: [] });
});

test('a server that cuts its answer and gives no whole one has answered', async () => {
  const { evidence } = await look({
    system: 'hangs',
    servers: { '10.0.0.53': { truncated: true, error: 'ECONNREFUSED', afterMs: 2 } },
  });
  expect(evidence.status).toBe('server-failure');
});

test('only addresses of the families asked for count', async () => {
  const { evidence } = await look(
    {
      system: { answer: FAILS('ENOTFOUND'), afterMs: 1 },
      servers: { '10.0.0.53': { rcode: 'NXDOMAIN', afterMs: 2 } },
      hosts: ['10.0.0.7'],
    },
    { families: [6] },
  );
  expect(evidence).toMatchObject({ status: 'no-address', addresses: [], hostsFile: [] });
  expect(evidence.equivalent).toBe('getent ahostsv6 db.test; dig +search @10.0.0.53 db.test AAAA');
});

test('an abort ends the lookup at once with what is known', async () => {
  const controller = new AbortController();
  const { evidence } = await look(
    {
      system: 'hangs',
      servers: {
        get '10.0.0.53'(): Said {
          controller.abort();
          return { rcode: 'NOERROR', addresses: ['10.0.0.7'], afterMs: 5 };
        },
      },
    },
    { signal: controller.signal },
  );
  expect(evidence).toMatchObject({ status: 'timeout', durationMs: 0 });
  expect(evidence.servers).toHaveLength(1);
});
