import fc from 'fast-check';
import { expect, test } from 'vitest';
import { proxyFor } from '../../../src/system/service/proxy/environment.ts';

const A = 'http://proxy.lab:3128';

test.each([
  [{ http_proxy: A }, 'http', { variable: 'http_proxy', scheme: 'http', host: 'proxy.lab', port: 3128 }],
  [{ HTTP_PROXY: A }, 'http', null],
  [{ HTTPS_PROXY: A }, 'https', { variable: 'HTTPS_PROXY' }],
  [{ https_proxy: 'a:1', HTTPS_PROXY: A }, 'https', { variable: 'https_proxy', host: 'a', port: 1 }],
  [
    { ALL_PROXY: 'socks5://10.0.0.9' },
    'http',
    { variable: 'ALL_PROXY', scheme: 'socks5', host: '10.0.0.9', port: 1080 },
  ],
  [{ http_proxy: 'http://[fd00::1]:80' }, 'http', { host: 'fd00::1', port: 80 }],
  [{ http_proxy: 'https://p' }, 'http', { scheme: 'https', port: 443 }],
  [{ http_proxy: 'http://u%40x:p%3a@p:1' }, 'http', { credentials: 'u@x:p:', host: 'p' }],
  [{ http_proxy: 'http://a b:c' }, 'http', { variable: 'http_proxy', kind: 'no-url' }],
  [{ http_proxy: '' }, 'http', null],
  [{}, 'http', null],
] as const)('%j for %s', (env, scheme, expected) => {
  const found = proxyFor(env, scheme, 'web.lab');
  if (expected === null) expect(found).toBeNull();
  else expect(found).toMatchObject(expected);
});

test.each([
  ['*', 'web.lab', true],
  ['web.lab', 'web.lab', true],
  ['.web.lab, other', 'a.WEB.lab.', true],
  ['eb.lab', 'web.lab', false],
  ['10.0.0.0/8', '10.9.1.1', true],
  ['10.0.0.0/8', '11.9.1.1', false],
  ['fd00::/8', 'fd00::1', true],
  ['[fd00::1]', 'fd00::1', true],
  ['nonsense/99', '10.0.0.1', false],
])('no_proxy %s lets %s through: %s', (list, host, isDirect) => {
  expect(proxyFor({ http_proxy: A, no_proxy: list }, 'http', host) === null).toBe(isDirect);
});

test('no text makes it throw', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.string(),
      (url, list) => void proxyFor({ all_proxy: url, no_proxy: list }, 'http', 'a'),
    ),
  );
});
