import { expect, test } from 'vitest';
import { isForwarder, isTargetSearching } from '../../src/analysis/forwarding.ts';
import type { ConnectAttempt } from '../../src/domain/evidence.ts';

test.each([
  ['docker-proxy', true, true],
  ['socat', false, true],
  ['nginx', false, false],
  [null, false, false],
] as const)('%s passes on what the kernel got: %s; what it let in itself: %s', (process, byRule, byItself) => {
  expect([isForwarder({ process }, false), isForwarder({ process }, true)]).toEqual([byRule, byItself]);
});

function attempt(ms: number, from = '10.0.0.5', kind: 'host-unreachable' | 'prohibited' = 'host-unreachable') {
  const address = from.includes(':') ? '2001:db8::5' : '10.0.0.5';
  const icmp = { kind, from, type: 3, code: 1 };
  const asked = {
    address,
    port: 80,
    protocol: 'tcp',
    state: 'rejected',
    error: 'EHOSTUNREACH',
    dropped: null,
  } as const;
  return { ...asked, ms, icmp } satisfies ConnectAttempt;
}

test.each([
  ['the target, after three seconds', attempt(3060), true],
  ['the target, at once, as a rule does', attempt(2), false],
  ['a router on the way', attempt(3060, '10.0.0.1'), false],
  ['the target, which forbids', attempt(3060, '10.0.0.5', 'prohibited'), false],
  // connect() is told of any error of IPv6 with the first retransmission.
  ['an IPv6 target, with the first retransmission', attempt(1030, '2001:db8::5'), false],
  ['an IPv6 target, after three seconds', attempt(3060, '2001:db8::5'), true],
] as const)('host unreachable from %s: a search for a machine behind is %s', (_, asked, expected) => {
  expect(isTargetSearching(asked)).toBe(expected);
});
