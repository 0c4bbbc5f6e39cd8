import { afterEach, expect, test } from 'vitest';
import { askTogether } from '../../../src/system/dns/ask-together.ts';
import { answerTo, type FakeDnsServer, startDnsServer } from './server.ts';

let running: FakeDnsServer | null = null;
afterEach(() => running?.close());

const never = new AbortController().signal;

test('both questions are answered, each in its own time', async () => {
  running = await startDnsServer((asked) => [answerTo(asked, 'NOERROR')], false);
  const { aMs, aaaaMs } = (await askTogether(running.server, 'db.test', never)) ?? {};
  expect(aMs).toBeGreaterThanOrEqual(0);
  expect(aaaaMs).toBeGreaterThanOrEqual(0);
  expect(running.asked.map(({ type }) => type)).toEqual(['A', 'AAAA']);
});

test('the question that is not answered has no time', async () => {
  running = await startDnsServer((asked) => (asked.type === 'A' ? [answerTo(asked, 'NOERROR')] : []), false);
  expect(await askTogether(running.server, 'db.test', never)).toMatchObject({
    server: '127.0.0.1',
    aaaaMs: null,
    waitedMs: 2500,
  });
});

test('an answer with another identifier is none', async () => {
  running = await startDnsServer((asked) => [answerTo({ ...asked, id: asked.id ^ 0x5555 }, 'NOERROR')], false);
  expect(await askTogether(running.server, 'db.test', never)).toMatchObject({ aMs: null, aaaaMs: null });
});

test('where nothing can be asked, and after an abort, nothing is told', async () => {
  running = await startDnsServer(() => [], false);
  const { server } = running;
  running.close();
  running = null;
  expect(await askTogether(server, 'db.test', never)).toBeNull();
  expect(await askTogether(server, 'db.test', AbortSignal.abort())).toBeNull();
});
