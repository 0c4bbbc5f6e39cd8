import { expect, test } from 'vitest';
import { getaddrinfoError } from '../../../src/system/dns/getaddrinfo-error.ts';

test('a name that cannot be one is told in the words of getaddrinfo', async () => {
  // Longer than a label may be (RFC 1035 2.3.4): no resolver is asked.
  expect(await getaddrinfoError('a'.repeat(70), [4, 6], new AbortController().signal)).toMatch(/^EAI_/);
});

test('a name that is found has no error, and an aborted look-up tells none', async () => {
  expect(await getaddrinfoError('localhost', [4], new AbortController().signal)).toBeNull();
  expect(await getaddrinfoError('localhost', [4], AbortSignal.abort())).toBeNull();
});
