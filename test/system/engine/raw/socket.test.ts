import { expect, test } from 'vitest';
import { loadRawSocket, type RawModule } from '../../../../src/system/engine/raw/socket.ts';
import { fakeRaw } from './fake.ts';

function failing(code: string, message = code): () => Promise<RawModule> {
  return () => Promise.reject(Object.assign(new Error(message), { code }));
}

test.each([
  ['is not installed', 'ERR_MODULE_NOT_FOUND', /not installed.*--allow-scripts=raw-socket/],
  ['was installed without its addon being built', 'MODULE_NOT_FOUND', /not built.*compiler.*npm rebuild raw-socket/],
  ['was built for another Node.js', 'ERR_DLOPEN_FAILED', /another Node\.js.*npm rebuild raw-socket/],
])('a package that %s is told apart', async (_, code, hint) => {
  expect(await loadRawSocket(failing(code), 'linux')).toEqual({
    kind: 'unavailable',
    unavailable: { reason: 'not-installed', hint: expect.stringMatching(hint) },
  });
});

test('a package that fails in a way of its own is not supported, and says how it failed', async () => {
  expect(await loadRawSocket(failing('E_ODD', 'the moon is wrong'), 'linux')).toMatchObject({
    unavailable: { reason: 'not-supported', hint: expect.stringContaining('the moon is wrong') },
  });
});

test.each(['darwin', 'win32'] as const)('on %s the package is not even asked for', async (platform) => {
  const load = (): Promise<RawModule> => Promise.reject(new Error('asked'));
  expect(await loadRawSocket(load, platform)).toMatchObject({ unavailable: { reason: 'not-supported' } });
});

test('a package that loads is handed over', async () => {
  const { module } = fakeRaw();
  expect(await loadRawSocket(async () => module, 'linux')).toEqual({ kind: 'loaded', module });
});
