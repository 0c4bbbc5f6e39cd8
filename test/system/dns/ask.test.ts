import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ServerAnswer } from '../../../src/domain/evidence.ts';
import { askServer, type Question } from '../../../src/system/dns/ask.ts';
import {
  aliasAnswerTo,
  answerTo,
  cutAnswerTo,
  type FakeDnsServer,
  failureWithWords,
  type Rcode,
  type Respond,
  startDnsServer,
} from './server.ts';

const PLAIN = [{ name: 'db.test', asTyped: true }];
const SEARCHED = [
  { name: 'db.a.test', asTyped: false },
  { name: 'db.b.test', asTyped: false },
  { name: 'db', asTyped: true },
];

let abort = new AbortController();
let running: FakeDnsServer | null = null;

beforeEach(() => {
  abort = new AbortController();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  abort.abort();
  running?.close();
  running = null;
  vi.useRealTimers();
});

async function serve(respond: Respond, overTcp = true): Promise<FakeDnsServer> {
  running = await startDnsServer(respond, overTcp);
  return running;
}

function ask({ server }: FakeDnsServer, question: Partial<Question> = {}): Promise<ServerAnswer> {
  return askServer({ server, candidates: PLAIN, families: [4, 6], useTcp: false, ...question }, abort.signal);
}

/** Lets the timers that are due in the meantime fire until the promise settles. */
async function settled<T>(promise: Promise<T>): Promise<T> {
  let done = false;
  void promise.finally(() => {
    done = true;
  });
  while (!done) {
    await new Promise((resolve) => setImmediate(resolve));
    vi.advanceTimersByTime(1);
  }
  return promise;
}

const inWorld = (world: Readonly<Record<string, Rcode | string>>): Respond => {
  return (asked) => {
    const said = world[`${asked.name} ${asked.type}`] ?? 'NXDOMAIN';
    return said === 'NOERROR' || said === 'NXDOMAIN' || said === 'SERVFAIL' || said === 'REFUSED'
      ? [answerTo(asked, said)]
      : [answerTo(asked, 'NOERROR', said)];
  };
};

test('both families are asked, each from a query of its own', async () => {
  const server = await serve(inWorld({ 'db.test A': '10.0.0.7', 'db.test AAAA': '2001:db8::7' }));
  const answer = await settled(ask(server));
  expect(answer).toMatchObject({ rcode: 'NOERROR', addresses: ['10.0.0.7', '2001:db8::7'], error: null, sent: 2 });
  expect(answer.ms).toBeGreaterThan(0);
  expect(server.asked.map(({ type }) => type).sort()).toEqual(['A', 'AAAA']);
});

test.each([
  { world: {}, rcode: 'NXDOMAIN', why: 'nothing of the name exists' },
  { world: { 'db.test A': 'NOERROR', 'db.test AAAA': 'NOERROR' }, rcode: 'NOERROR', why: 'the name is empty' },
  { world: { 'db.test A': 'NOERROR' }, rcode: 'NOERROR', why: 'the server contradicts itself about the name' },
  {
    world: { 'db.test A': 'SERVFAIL', 'db.test AAAA': 'NOERROR' },
    rcode: 'SERVFAIL',
    why: 'a failure may hide an address',
  },
  {
    world: { 'db.test A': 'REFUSED', 'db.test AAAA': 'REFUSED' },
    rcode: 'REFUSED',
    why: 'the server does not want to',
  },
])('the result is $rcode when $why', async ({ world, rcode }) => {
  expect(await settled(ask(await serve(inWorld(world))))).toMatchObject({ rcode, addresses: [], error: null });
});

test('a server that denies a name for one family is asked for the other before it is believed', async () => {
  const server = await serve(inWorld({ 'db.test A': '10.0.0.7' }));
  expect(await settled(ask(server, { families: [6] }))).toMatchObject({ rcode: 'NOERROR', addresses: [], sent: 2 });
});

test('search domains are tried in order until one has an address', async () => {
  const server = await serve(inWorld({ 'db.b.test A': '10.0.0.7', 'db.b.test AAAA': 'NOERROR' }));
  const answer = await settled(ask(server, { candidates: SEARCHED }));
  expect(answer).toMatchObject({ rcode: 'NOERROR', addresses: ['10.0.0.7'], name: 'db.b.test' });
  expect(server.asked.slice(0, 4).map(({ name }) => name)).not.toContain('db');
});

test('where a name with a suffix has the address, the word on the name as typed is asked for as well', async () => {
  const world = { 'db.b.test A': '10.0.0.7', 'db.b.test AAAA': 'NOERROR', 'db A': '203.0.113.9', 'db AAAA': 'NOERROR' };
  const server = await serve(inWorld(world));
  expect(await settled(ask(server, { candidates: SEARCHED }))).toMatchObject({
    addresses: ['10.0.0.7'],
    sent: 6,
    typed: { rcode: 'NOERROR', addresses: ['203.0.113.9'] },
  });
});

test('what was said of the name as typed before a suffix had the address is not asked for again', async () => {
  const candidates = [
    { name: 'db.x', asTyped: true },
    { name: 'db.x.a.test', asTyped: false },
  ];
  const server = await serve(inWorld({ 'db.x.a.test A': '10.0.0.7', 'db.x.a.test AAAA': 'NOERROR' }));
  expect(await settled(ask(server, { candidates }))).toMatchObject({
    name: 'db.x.a.test',
    sent: 4,
    typed: { rcode: 'NXDOMAIN', addresses: [] },
  });
});

test('each type has its own time and its own word', async () => {
  const server = await serve(inWorld({ 'db.test A': '10.0.0.7', 'db.test AAAA': 'NOERROR' }));
  const { records } = await settled(ask(server));
  expect(records?.map(({ type, rcode, sent }) => ({ type, rcode, sent }))).toEqual([
    { type: 'A', rcode: 'NOERROR', sent: 1 },
    { type: 'AAAA', rcode: 'NOERROR', sent: 1 },
  ]);
  expect(records?.every(({ ms }) => ms !== null)).toBe(true);
});

test('a server that fails is asked once more, with EDNS, for its words', async () => {
  const server = await serve((asked) => [failureWithWords(asked, 22, 'No \u001b[31mreachable\u202e authority')]);
  expect(await settled(ask(server, { families: [4] }))).toMatchObject({
    rcode: 'SERVFAIL',
    sent: 2,
    extendedErrors: [{ code: 22, text: 'No  [31mreachable  authority' }],
  });
});

test('an alias is told with all its names', async () => {
  const server = await serve((asked) => [aliasAnswerTo(asked, 'NXDOMAIN', 'cdn.test', 'gone\u001b.test')]);
  expect(await settled(ask(server, { families: [4, 6] }))).toMatchObject({
    rcode: 'NXDOMAIN',
    chain: ['cdn.test', 'gone\\027.test'],
  });
});

test('NXDOMAIN of a searched name needs the word on every candidate', async () => {
  const denied = await serve(inWorld({}));
  expect(await settled(ask(denied, { candidates: SEARCHED }))).toMatchObject({ rcode: 'NXDOMAIN', sent: 6 });
  denied.close();
  const empty = await serve(inWorld({ 'db.b.test A': 'NOERROR', 'db.b.test AAAA': 'NOERROR', 'db A': 'SERVFAIL' }));
  expect(await settled(ask(empty, { candidates: SEARCHED }))).toMatchObject({ rcode: 'NOERROR', addresses: [] });
});

test('the word on the name as typed counts when it was asked first', async () => {
  const candidates = [
    { name: 'db.test', asTyped: true },
    { name: 'db.test.a.test', asTyped: false },
  ];
  const world = { 'db.test.a.test A': 'SERVFAIL', 'db.test.a.test AAAA': 'SERVFAIL' };
  expect(await settled(ask(await serve(inWorld(world)), { candidates }))).toMatchObject({ rcode: 'NXDOMAIN' });
});

test('a lost query goes out again after one second and after two, and then no more', async () => {
  const server = await serve(() => []);
  const answer = ask(server, { families: [4] });
  await server.heard(1);
  vi.advanceTimersByTime(1000);
  await server.heard(2);
  vi.advanceTimersByTime(1000);
  await server.heard(3);
  vi.advanceTimersByTime(10_000);
  abort.abort();
  expect(await answer).toMatchObject({ rcode: null, ms: null, error: null, sent: 3 });
  expect(new Set(server.asked.map(({ id }) => id)).size).toBe(1);
});

test('the answer to an early query counts although a later one went out', async () => {
  let first: Buffer | null = null;
  const server = await serve((asked) => {
    first ??= answerTo(asked, 'NOERROR', '10.0.0.7');
    return server.asked.length < 2 ? [] : [first];
  });
  const answer = ask(server, { families: [4] });
  await server.heard(1);
  vi.advanceTimersByTime(1000);
  expect(await answer).toMatchObject({ addresses: ['10.0.0.7'], sent: 2 });
});

test('garbage is passed over, and the answer behind it counts', async () => {
  const server = await serve((asked) => [
    Buffer.from('not DNS'),
    answerTo({ ...asked, id: asked.id ^ 1 }, 'NOERROR', '10.6.6.6'),
    answerTo({ ...asked, name: 'evil.test' }, 'NOERROR', '10.6.6.6'),
    answerTo(asked, 'NOERROR', '10.0.0.7'),
  ]);
  expect(await ask(server, { families: [4] })).toMatchObject({ addresses: ['10.0.0.7'], error: null });
});

test('a server that sends nothing but garbage is malformed in the end', async () => {
  const server = await serve(() => [Buffer.from('not DNS')]);
  const answer = ask(server, { families: [4] });
  await server.answered;
  // Two turns of the event loop, so that one poll for input lies between them.
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  abort.abort();
  expect(await answer).toMatchObject({ rcode: null, ms: null, error: 'malformed' });
});

test('an answer that does not fit is asked for again over TCP', async () => {
  const server = await serve((asked) => [
    asked.over === 'udp' ? cutAnswerTo(asked) : answerTo(asked, 'NOERROR', '10.0.0.7'),
  ]);
  expect(await ask(server, { families: [4] })).toMatchObject({ rcode: 'NOERROR', addresses: ['10.0.0.7'], sent: 2 });
  expect(server.asked.map(({ over }) => over)).toEqual(['udp', 'tcp']);
});

test('a server that cuts its answers and takes no TCP has given one that cannot be used', async () => {
  const server = await serve((asked) => [cutAnswerTo(asked)], false);
  expect(await ask(server, { families: [4] })).toMatchObject({
    rcode: null,
    addresses: [],
    error: 'ECONNREFUSED',
    truncated: true,
  });
});

test('a server that cuts its answers over TCP as well never gives a whole one', async () => {
  const server = await serve((asked) => [cutAnswerTo(asked)]);
  expect(await ask(server, { families: [4] })).toMatchObject({ rcode: null, error: 'malformed', truncated: true });
});

test('use-vc asks over TCP only', async () => {
  const server = await serve((asked) => [answerTo(asked, 'NOERROR', '10.0.0.7')]);
  expect(await ask(server, { families: [4], useTcp: true })).toMatchObject({ addresses: ['10.0.0.7'], sent: 1 });
  expect(server.asked.map(({ over }) => over)).toEqual(['tcp']);
});

test('a port unreachable is asked once more before it is believed', async () => {
  const server = await startDnsServer(() => [], false);
  server.close();
  expect(await settled(ask(server, { families: [4] }))).toMatchObject({ rcode: null, error: 'ECONNREFUSED', sent: 2 });
});

test('an abort before the start sends nothing', async () => {
  const server = await serve(() => []);
  abort.abort();
  expect(await ask(server)).toMatchObject({ rcode: null, error: null, sent: 0 });
  expect(server.asked).toEqual([]);
});
