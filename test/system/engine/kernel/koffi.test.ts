import { expect, test } from 'vitest';
import { systemClock } from '../../../../src/system/clock.ts';
import { loadKoffi } from '../../../../src/system/engine/kernel/koffi.ts';
import { openKernelProber } from '../../../../src/system/engine/kernel/prober.ts';

const failing = (code: string | null) => async () => {
  throw Object.assign(new Error('Cannot load it\nat somewhere'), code === null ? {} : { code });
};

test.each([
  ['ERR_MODULE_NOT_FOUND', 'not-installed', 'package-not-installed', undefined],
  ['MODULE_NOT_FOUND', 'not-installed', 'package-not-installed', undefined],
  ['ERR_DLOPEN_FAILED', 'not-supported', 'package-broken', 'Cannot load it'],
  [null, 'not-supported', 'package-broken', 'Cannot load it'],
] as const)(
  'koffi that fails with %s is unavailable with its reason, and no crash',
  async (error, reason, code, said) => {
    const opening = await openKernelProber(systemClock, () => loadKoffi(failing(error), 'linux'));
    const obstacle = { code, tool: 'koffi', ...(said !== undefined && { said }) };
    expect(opening).toEqual({ kind: 'unavailable', unavailable: { reason, obstacles: [obstacle] } });
  },
);

test('elsewhere than on Linux it is not tried', async () => {
  const opening = await openKernelProber(systemClock, () => loadKoffi(failing(null), 'darwin'));
  expect(opening).toMatchObject({ kind: 'unavailable', unavailable: { reason: 'not-supported' } });
});

test('a C library that lacks a call is unavailable', async () => {
  const opening = await openKernelProber(systemClock, async () => ({
    kind: 'loaded',
    koffi: {
      load: () => {
        throw new Error('no such symbol');
      },
    } as never,
  }));
  expect(opening).toMatchObject({ kind: 'unavailable', unavailable: { reason: 'not-supported' } });
});
