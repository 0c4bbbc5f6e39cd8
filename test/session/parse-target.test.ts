import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTarget } from '../../src/session/parse-target.ts';

const services = (name: string, protocol: string) =>
  name === 'postgresql' ? 5432 : name === 'domain' && protocol === 'udp' ? 53 : null;
const parse = (input: string) => parseTarget(input, services);

test.each([
  ['db1', { scheme: 'tcp', host: 'db1', literal: null, port: null }],
  ['DB1.Example.:5432', { scheme: 'tcp', host: 'db1.example.', literal: null, port: 5432 }],
  ['db1:postgresql', { scheme: 'tcp', host: 'db1', literal: null, port: 5432 }],
  ['192.0.2.7', { scheme: 'tcp', host: '192.0.2.7', literal: '192.0.2.7', port: null }],
  ['192.0.2.7:80', { scheme: 'tcp', host: '192.0.2.7', literal: '192.0.2.7', port: 80 }],
  ['2001:DB8:0::7', { scheme: 'tcp', host: '2001:db8::7', literal: '2001:db8::7', port: null }],
  ['[2001:db8::7]:443', { scheme: 'tcp', host: '2001:db8::7', literal: '2001:db8::7', port: 443 }],
  ['[::1]', { scheme: 'tcp', host: '::1', literal: '::1', port: null }],
  ['fe80::1%eth0', { scheme: 'tcp', host: 'fe80::1%eth0', literal: 'fe80::1%eth0', port: null }],
  ['[fe80::1%eth0]:22', { scheme: 'tcp', host: 'fe80::1%eth0', literal: 'fe80::1%eth0', port: 22 }],
  ['::ffff:192.0.2.7', { scheme: 'tcp', host: '192.0.2.7', literal: '192.0.2.7', port: null }],
  ['tcp://db1:22', { scheme: 'tcp', host: 'db1', literal: null, port: 22 }],
  ['udp://ns1:domain', { scheme: 'udp', host: 'ns1', literal: null, port: 53 }],
  ['udp://[::1]:53', { scheme: 'udp', host: '::1', literal: '::1', port: 53 }],
  ['http://www.example/a?b#c', { scheme: 'http', host: 'www.example', literal: null, port: 80 }],
  ['https://www.example', { scheme: 'https', host: 'www.example', literal: null, port: 443 }],
  ['https://www.example:8443/', { scheme: 'https', host: 'www.example', literal: null, port: 8443 }],
  ['bücher.example', { scheme: 'tcp', host: 'xn--bcher-kva.example', literal: null, port: null }],
  ['_sip.example', { scheme: 'tcp', host: '_sip.example', literal: null, port: null }],
])('%s is a target', (input, expected) => {
  expect(parse(input)).toEqual({ kind: 'ok', target: { input, ...expected } });
});

test.each([
  ['', 'empty'],
  ['   ', 'empty'],
  ['a b', 'space'],
  ['a\u001b[31mb', 'control character'],
  ['db1:70000', 'not between 1 and 65535'],
  ['db1:0', 'not between 1 and 65535'],
  ['db1:', 'missing'],
  [':80', 'host is missing'],
  ['db1:nosuch', 'neither a port number'],
  ['300.1.1.1', 'not an IPv4 address'],
  ['10.0.0', 'not an IPv4 address'],
  ['1234', 'not an IPv4 address'],
  ['0x7f.1', 'not an IPv4 address'],
  ['2001:db8::zz', 'not an IPv6 address'],
  ['[2001:db8::7', 'brackets'],
  ['[db1]:80', 'brackets are for IPv6'],
  ['fe80::1', 'needs its interface'],
  ['2001:db8::1%eth0', 'only a link-local'],
  ['224.0.0.1', 'multicast'],
  ['0.0.0.0', 'unspecified'],
  ['ff02::1', 'multicast'],
  ['ftp://x', 'not one of tcp, udp, http, https'],
  ['tcp://db1', 'needs a port'],
  ['https://user@www.example/', 'user name'],
  ['10.0.0.0/8', 'path or a network'],
  ['-oProxyCommand=x', 'begins with a dash'],
  ['db_-.example', 'not a host name'],
  ['a..b', 'not a host name'],
  [`${'a'.repeat(64)}.example`, 'longer than 63'],
  ['a.'.repeat(150), '300 characters'],
])('%j is refused, with what is wrong and an example', (input, wrong) => {
  const parsed = parse(input);
  expect(parsed.kind === 'invalid' && parsed.message).toContain(wrong);
  expect(parsed.kind === 'invalid' && parsed.example).not.toBe('');
});

test('no text throws, and no host that is accepted can be taken for an option or hold a space', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'a1.:[]%/-_@ ') })), (input) => {
      const parsed = parse(input);
      if (parsed.kind === 'ok') expect(parsed.target.host).toMatch(/^[a-z0-9_:][a-z0-9._:%@A-Z-]*$/u);
    }),
    { numRuns: 2000 },
  );
});
