import { expect, test } from 'vitest';
import { systemResolver } from '../../../src/system/dns/resolver.ts';

const signal = new AbortController().signal;

test('the system gives localhost as an address of loopback, each once', async () => {
  const answer = await systemResolver.system('localhost', [4], signal);
  expect(answer).toEqual({ kind: 'addresses', addresses: ['127.0.0.1'] });
});

test('nobody waits for the system after an abort', async () => {
  const controller = new AbortController();
  const answer = systemResolver.system('localhost', [4, 6], controller.signal);
  controller.abort();
  expect(await answer).toEqual({ kind: 'cancelled' });
  expect(await systemResolver.system('localhost', [4], AbortSignal.abort())).toEqual({ kind: 'cancelled' });
});

test('there is always somebody to ask', async () => {
  expect((await systemResolver.servers()).length).toBeGreaterThan(0);
});
