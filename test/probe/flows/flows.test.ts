import { expect, test } from 'vitest';
import type { ConnectAttempt } from '../../../src/domain/evidence.ts';
import type { Answer, Probe, Prober, SendOptions } from '../../../src/domain/prober.ts';
import { flows } from '../../../src/probe/flows/flows.ts';
import { type Behaviour, fakeConnector } from '../connect/connect-fakes.ts';
import { createVirtualClock } from '../virtual-clock.ts';

const ADDRESS = '10.0.0.5';
const OPEN: Answer = { kind: 'reply', from: ADDRESS, rttMs: 1, replyTtl: 63 };
const CLOSED: Answer = { kind: 'reset', from: ADDRESS, rttMs: 1, replyTtl: 63 };
const SILENT: Answer = { kind: 'silent', waitedMs: 300 };

type Syn = Extract<Probe, { readonly kind: 'syn' }>;

function house(answer: (syn: Syn, tries: number, options: SendOptions) => Answer, method: Prober['method'] = 'raw') {
  const sent: Syn[] = [];
  const prober: Prober = {
    method,
    lacks: {},
    send: async (probe, options) => {
      if (probe.kind !== 'syn') throw new Error('only SYNs are sent');
      const tries = sent.filter(({ sourcePort }) => sourcePort === probe.sourcePort).length;
      sent.push(probe);
      return answer(probe, tries, options);
    },
    watch: () => () => {},
    close: () => {},
  };
  return { prober, sent };
}

function first(state: ConnectAttempt['state'], rest: Partial<ConnectAttempt> = {}): ConnectAttempt {
  return {
    address: ADDRESS,
    port: 443,
    protocol: 'tcp',
    state,
    ms: 1,
    error: null,
    icmp: null,
    dropped: null,
    ...rest,
  };
}

async function run(one: ConnectAttempt, prober: Prober | null, options: { port?: number; again?: Behaviour } = {}) {
  const clock = createVirtualClock();
  const { connector, requests } = fakeConnector(clock, () => options.again ?? { state: 'open' });
  const evidence = await clock.run(
    flows(
      {
        address: ADDRESS,
        port: options.port ?? 443,
        first: () => one,
        settled: Promise.resolve(),
        rttMs: 1,
        timeoutMs: 2000,
        watchMs: 250,
      },
      { connector, prober, clock, random: () => 0 },
      new AbortController().signal,
    ),
  );
  return { evidence, requests };
}

test('where all is well there is one SYN for each of a handful of source ports, and no connection', async () => {
  const { prober, sent } = house(() => OPEN);
  const { evidence, requests } = await run(first('open'), prober);
  expect([sent.length, new Set(sent.map(({ sourcePort }) => sourcePort)).size]).toEqual([5, 5]);
  expect(requests).toEqual([]);
  expect(evidence?.attempts.map(({ state, replyTtl }) => [state, replyTtl])).toEqual(Array(5).fill(['open', 63]));
});

test('a port that people log in to is asked twice', async () => {
  const { prober, sent } = house(() => OPEN);
  await run(first('open'), prober, { port: 22 });
  expect(sent).toHaveLength(2);
});

test('a refusal everywhere is asked for once', async () => {
  const { prober, sent } = house(() => CLOSED);
  await run(first('closed'), prober);
  expect(sent).toHaveLength(5);
});

test('source ports that are silent where others are not are asked four times, the others three', async () => {
  const dead = new Set([65_000, 65_014]);
  const { prober, sent } = house(({ sourcePort }) => (dead.has(sourcePort ?? 0) ? SILENT : OPEN));
  await run(first('open'), prober);
  const tries = (port: number) => sent.filter(({ sourcePort }) => sourcePort === port).length;
  expect([65_000, 65_007, 65_014, 65_021, 65_028].map(tries)).toEqual([4, 3, 4, 3, 3]);
});

test('silence everywhere is asked for once more, and whether it is a matter of TCP options', async () => {
  const { prober, sent } = house(({ bare }) => (bare ? OPEN : SILENT));
  const { evidence } = await run(first('filtered'), prober);
  expect(sent.filter(({ bare }) => bare)).toHaveLength(2);
  expect(sent.filter(({ bare }) => !bare)).toHaveLength(10);
  expect(evidence?.attempts.filter(({ how }) => how === 'bare-syn').map(({ state }) => state)).toEqual([
    'open',
    'open',
  ]);
});

test('an engine that cannot leave the options out does not try', async () => {
  const { prober, sent } = house(() => SILENT, 'kernel');
  await run(first('filtered'), prober);
  expect(sent.filter(({ bare }) => bare)).toEqual([]);
});

test('an ICMP error ends it, as a router has few', async () => {
  const error = { kind: 'prohibited', from: '10.0.0.1', type: 3, code: 13 } as const;
  const { prober, sent } = house(({ sourcePort }) =>
    sourcePort === 65_000 ? { kind: 'icmp-error', error, rttMs: 1, replyTtl: 64, mtu: null } : OPEN,
  );
  const { evidence } = await run(first('open'), prober);
  expect(sent).toHaveLength(5);
  expect(evidence?.attempts[0]).toMatchObject({ state: 'rejected', icmp: error });
});

test('who answers from elsewhere is told', async () => {
  const { prober } = house((_syn, _tries, { onStray }) => {
    onStray?.('10.9.0.20', 8443);
    return SILENT;
  });
  const { evidence } = await run(first('filtered'), prober);
  expect(evidence?.stray).toEqual({ address: '10.9.0.20', port: 8443 });
});

test('connections that were dropped are asked for as connections', async () => {
  const { prober } = house(() => OPEN);
  const { evidence, requests } = await run(first('open', { dropped: 'reset' }), prober, {
    again: { state: 'open', dropped: 'reset' },
  });
  expect(requests.map(({ watchMs }) => watchMs)).toEqual([250, 250, 250]);
  expect(evidence?.attempts.filter(({ how }) => how === 'connect').map(({ dropped }) => dropped)).toEqual([
    'reset',
    'reset',
    'reset',
  ]);
});

test.each([null, 'system'] as const)('without an engine for SYNs (%s) there are three connections', async (method) => {
  const prober = method === null ? null : house(() => OPEN, method).prober;
  const { evidence, requests } = await run(first('open'), prober);
  expect(requests).toHaveLength(3);
  expect(evidence?.method).toBe('sockets');
});
