import { expect, test } from 'vitest';
import { systemClock } from '../../../../src/system/clock.ts';
import { loadKoffi } from '../../../../src/system/engine/kernel/koffi.ts';
import { openKernelProber } from '../../../../src/system/engine/kernel/prober.ts';

const failing = (code: string | null) => async () => {
  throw Object.assign(new Error('Cannot load it\nat somewhere'), code === null ? {} : { code });
};

test.each([
  ['ERR_MODULE_NOT_FOUND', 'not-installed', '--omit=optional'],
  ['MODULE_NOT_FOUND', 'not-installed', '--omit=optional'],
  ['ERR_DLOPEN_FAILED', 'not-supported', 'does not run here: Cannot load it ('],
  [null, 'not-supported', 'does not load: Cannot load it ('],
] as const)('koffi that fails with %s is unavailable with its reason, and no crash', async (code, reason, words) => {
  const opening = await openKernelProber(systemClock, () => loadKoffi(failing(code), 'linux'));
  expect(opening).toMatchObject({ kind: 'unavailable', unavailable: { reason } });
  expect(opening.kind === 'unavailable' && opening.unavailable.hint).toContain(words);
});

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
