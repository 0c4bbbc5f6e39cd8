import { expect, test } from 'vitest';
import { bindScopeOf } from '../../src/domain/bind-scope.ts';

test.each([
  ['0.0.0.0', 'all'],
  ['::', 'all'],
  ['127.0.0.1', 'loopback'],
  ['127.0.0.53', 'loopback'],
  ['::1', 'loopback'],
  ['169.254.3.4', 'link-local'],
  ['fe80::1%eth0', 'link-local'],
  ['febf::1', 'link-local'],
  ['fec0::1', 'one'],
  ['224.0.0.251', 'multicast'],
  ['239.255.255.250', 'multicast'],
  ['ff02::fb', 'multicast'],
  ['240.0.0.1', 'one'],
  ['10.1.2.3', 'one'],
  ['12.7.0.1', 'one'],
  ['2001:db8::1', 'one'],
  ['::2', 'one'],
])('%s is bound to: %s', (address, scope) => {
  expect(bindScopeOf(address)).toBe(scope);
});
