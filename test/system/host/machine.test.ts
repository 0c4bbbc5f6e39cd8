import { expect, test } from 'vitest';
import { systemMachine } from '../../../src/system/host/machine.ts';

const signal = new AbortController().signal;

test('loopback is local, and leads from itself to itself', async () => {
  expect(await systemMachine.route('127.0.0.1', signal)).toMatchObject({
    kind: 'route',
    local: true,
    source: '127.0.0.1',
    gateway: null,
    onLink: null,
  });
});

test('what the kernel cannot route is refused with its errno', async () => {
  expect(await systemMachine.route('fe80::1%netwhy-none', signal)).toEqual({
    kind: 'refused',
    errno: expect.stringMatching(/^E[A-Z]+$/u),
  });
});

test('loopback is never among the usable addresses', async () => {
  const addresses = await systemMachine.addresses();
  expect(addresses?.filter(({ address }) => address.startsWith('127.') || address === '::1')).toEqual([]);
});
