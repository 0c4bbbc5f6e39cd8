import { expect, test } from 'vitest';
import { lookUpByGetent } from '../../../src/system/dns/resolver-getent.ts';

const now = () => performance.now();
const ask = (host: string, families: readonly (4 | 6)[], signal = new AbortController().signal) =>
  lookUpByGetent(host, families, now, signal);

test('the loopback name has the loopback address of the family asked for, once', async () => {
  expect(await ask('localhost', [4])).toEqual({ kind: 'addresses', addresses: ['127.0.0.1'] });
});

test('an IPv4 address in IPv6 clothes is no address of the family', async () => {
  expect(await ask('127.0.0.1', [6])).not.toMatchObject({ addresses: [expect.stringContaining('ffff')] });
});

test('a look-up that is called off says so', async () => {
  const off = new AbortController();
  off.abort();
  expect(await ask('localhost', [4, 6], off.signal)).toEqual({ kind: 'cancelled' });
});
