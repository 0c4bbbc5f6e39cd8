import { expect, test } from 'vitest';
import { readFlow } from '../../src/cli/catalogue/flow-files.ts';
import type { ServiceClient } from '../../src/domain/ports.ts';
import { DEFAULT_THRESHOLDS } from '../../src/domain/reading.ts';
import type { HttpAttempt } from '../../src/domain/service-evidence.ts';
import type { Scheme } from '../../src/domain/target.ts';
import { runSession } from '../../src/session/live/run-session.ts';
import { replay } from '../../src/session/replay/replay.ts';
import { diagnose } from '../../src/session/report/diagnose.ts';
import { HTTP, NO_TLS, TLS } from '../analysis/service-evidence.ts';
import { createFakeClock } from '../fake/clock.ts';
import { createFakeNetwork } from '../fake/network.ts';
import { fakePorts } from './fake-ports.ts';

const HOST = '10.9.9.9';
/** For the address, and at the time of the fake clock. */
const OWN = {
  ...TLS,
  serverName: null,
  address: HOST,
  certificates: TLS.certificates.map((each) => ({ ...each, addresses: [HOST], validFrom: null, validTo: null })),
};

const STRANGER = { ...TLS, serverName: null, address: HOST };

const reply = (attempt: HttpAttempt) => ({ attempt, location: null, cookies: [] });

type Answers = { readonly [ability in 'handshake' | 'get']?: Awaited<ReturnType<ServiceClient[ability]>> | 'never' };

async function check(answers: Answers | null, options: { readonly scheme?: Scheme; readonly flow?: string } = {}) {
  const { scheme = 'https', flow: name = 'reachability' } = options;
  const read = await readFlow(name);
  if (read.kind !== 'ok') throw new Error(`the flow ${name} is not valid`);
  const { flow } = read;
  const clock = createFakeClock();
  const network = createFakeNetwork({ clock, routers: [{ address: '10.0.1.1' }], hosts: [{ address: HOST }] });
  const asked: string[] = [];
  const say = async <E>(
    ability: keyof ServiceClient,
    answer: E | 'never' | undefined,
    signal: AbortSignal,
  ): Promise<E> => {
    asked.push(ability);
    if (answer === undefined) throw new Error(`nobody should ask for ${ability}`);
    if (answer !== 'never') return answer;
    await clock.sleep(1_000_000, signal);
    return { ...NO_TLS, state: 'silent' } as E;
  };
  const service: ServiceClient = {
    handshake: (_, signal) => say('handshake', answers?.handshake, signal),
    get: (_, signal) => say('get', answers?.get, signal),
    throughProxy: async () => null,
  };
  const house = { clock, network, ports: { 'tcp 443': { state: 'open' } } } as const;
  const ports = { ...fakePorts(house), ...(answers !== null && { service, serviceUnavailable: null }) };
  const target = { input: `${scheme}://${HOST}`, scheme, host: HOST, literal: HOST, port: 443 };
  const session = {
    flow,
    target,
    families: [4, 6],
    deadlineMs: 15_000,
    elapsedMs: 0,
    count: 20,
    answers: new Map(),
    thresholds: DEFAULT_THRESHOLDS,
    lang: 'en',
  } as const;
  const running = runSession(
    session,
    ports,
    async () => null,
    new AbortController().signal,
    () => undefined,
  );
  const result = await clock.run(running);
  const draft = diagnose(flow, result);
  const again = await replay(flow, { ...result, answers: new Map() }, 'en', () => undefined);
  expect(diagnose(flow, again).code).toBe(draft.code);
  return { result, draft, asked };
}

test('an https target is greeted by TLS, then asked', async () => {
  const { draft, asked } = await check({ handshake: OWN, get: reply(HTTP) });
  expect(asked).toEqual(['handshake', 'get']);
  expect(draft).toMatchObject({ code: 'port-open', verdict: 'healthy', observations: [] });
});

test('an http target is only asked, a plain one is not', async () => {
  expect((await check({ get: reply({ ...HTTP, status: 500 }) }, { scheme: 'http' })).draft).toMatchObject({
    code: 'http-error',
    verdict: 'degraded',
  });
  const plain = await check({}, { scheme: 'tcp' });
  expect(plain.asked).toEqual([]);
  expect(plain.draft.code).toBe('port-open');
});

test('nothing is sent through a handshake whose certificate is for another', async () => {
  const { draft, asked } = await check({ handshake: STRANGER });
  expect(asked).toEqual(['handshake']);
  expect(draft).toMatchObject({ code: 'tls-name-mismatch', verdict: 'fault', confidence: 'certain' });
});

test('the flow tls greets any port, and asks for a page only where one was named', async () => {
  const { draft, asked } = await check({ handshake: OWN }, { flow: 'tls', scheme: 'tcp' });
  expect(asked).toEqual(['handshake']);
  expect(draft.code).toBe('port-open');
});

test('where neither can be spoken, they are not checked, and not ruled out', async () => {
  const { draft } = await check(null);
  expect(draft).toMatchObject({ code: 'port-open', verdict: 'healthy' });
  for (const code of ['tls-handshake-failed', 'tls-untrusted', 'http-error'] as const) {
    expect(draft.notChecked).toContainEqual({ code, reason: 'not-permitted' });
    expect(draft.ruledOut).not.toContain(code);
  }
  expect((await check(null, { flow: 'tls' })).draft).toMatchObject({ code: 'not-permitted', verdict: 'inconclusive' });
});

test('a handshake that the deadline ends is no finding', async () => {
  const { draft, result } = await check({ handshake: 'never' });
  expect(draft).toMatchObject({ code: 'deadline', verdict: 'inconclusive', observations: [] });
  expect(result.evidence.tls?.cutShort).toBe(true);
});
