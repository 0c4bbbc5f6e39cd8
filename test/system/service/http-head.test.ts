import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LARGEST_HEAD, readHead } from '../../../src/system/service/line/http-head.ts';

const read = (text: string) => readHead(Buffer.from(text, 'latin1'));

test('an answer with its headers, of which a few are kept', () => {
  const head = read(
    'HTTP/1.1 302 Found\r\nServer: lab\u001b[2J\r\nLOCATION: https://a.example/b?token=1#c\r\nSet-Cookie: x=1; Path=/\r\n\r\nbody',
  );
  expect(head).toEqual({
    kind: 'head',
    status: 302,
    reason: 'Found',
    headers: {
      server: 'lab[2J',
      via: null,
      date: null,
      contentType: null,
      location: 'https://a.example/b',
      retryAfter: null,
    },
    location: 'https://a.example/b?token=1#c',
    cookies: ['x=1'],
  });
});

test('interim answers are passed over', () => {
  expect(read('HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204\r\n\r\n')).toMatchObject({
    kind: 'head',
    status: 204,
    reason: null,
  });
  expect(read('HTTP/1.1 100 Continue\r\n\r\n').kind).toBe('more');
});

test.each([
  ['220 mail.example ESMTP\r\n', { kind: 'not-http', said: '220 mail.example ESMTP' }],
  ['\u0015\u0003\u0001\u0000\u0002\u0002\u0046', { kind: 'not-http', said: 'TLS' }],
  ['HTTP/2 200 OK\r\n\r\n', { kind: 'not-http', said: 'HTTP/2 200 OK' }],
  ['HTTP/1.1 2 OK\r\n\r\n', { kind: 'not-http', said: 'HTTP/1.1 2 OK' }],
  ['\u0000\u0000\u0006\u0004\u0000\u0000\u0000\u0000\u0000\u0000', { kind: 'http2-only', said: null }],
  ['\u0000\u0001', { kind: 'not-http', said: null }],
  ['HTT', { kind: 'more' }],
  ['', { kind: 'more' }],
] as const)('%j', (text, head) => {
  expect(read(text)).toEqual(head);
});

test('a head that never ends is given up', () => {
  expect(read(`HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(LARGEST_HEAD / 6)}`)).toEqual({ kind: 'too-long', status: 200 });
  expect(read(`HTTP/1.1 200 ${'O'.repeat(LARGEST_HEAD)}`)).toEqual({ kind: 'too-long', status: null });
});

test('no bytes make it throw, and what is kept is short and printable', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.uint8Array({ maxLength: 400 }).map((rest) => Buffer.concat([Buffer.from('HTTP/1.1 200 '), rest])),
    fc
      .uint8Array({ maxLength: 400 })
      .map((rest) => Buffer.concat([Buffer.from('HTTP/1.0 500 x\r\nServer:'), rest, Buffer.from('\r\n\r\n')])),
  );
  fc.assert(
    fc.property(bytes, (each) => {
      const text = JSON.stringify(readHead(Buffer.from(each)));
      expect(text).toMatch(/^[\x20-\x7e]*$/u);
      expect(text.length).toBeLessThan(2000);
    }),
  );
});
