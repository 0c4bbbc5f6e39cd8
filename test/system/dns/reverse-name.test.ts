import { expect, test } from 'vitest';
import { nameInHostsFile, reverseName } from '../../../src/system/dns/reverse-name.ts';

const never = new AbortController().signal;

test.each<[string, readonly string[], string | null]>([
  ['the name without the dot of the root', ['gw.example.'], 'gw.example'],
  ['the first of several', ['a.example', 'b.example'], 'a.example'],
  ['nothing that controls a terminal', ['\u001b[2Jgw\u202e.\u0007ex\u200bample\u009b'], '[2Jgw.example'],
  ['no blanks that would make it look like more than a name', ['gw.example (10.0.0.1) 0%'], 'gw.example(10.0.0.1)0%'],
  ['no name that would pass for an address', ['192.0.2.1', '2001:db8::1', 'real.example'], 'real.example'],
  ['no empty name', ['', '.', '\u200b'], null],
  ['none where there is none', [], null],
])('%s', async (_, names, expected) => {
  expect(await reverseName('203.0.113.7', never, async () => names)).toBe(expected);
});

test('a name is no longer than a name can be', async () => {
  const name = await reverseName('203.0.113.7', never, async () => ['a'.repeat(5000)]);
  expect(name).toHaveLength(253);
});

test('a resolver that fails has no name', async () => {
  const name = await reverseName('203.0.113.7', never, () => Promise.reject(new Error('ESERVFAIL')));
  expect(name).toBeNull();
});

test('a resolver that never answers is given up when the signal aborts', async () => {
  const end = new AbortController();
  const name = reverseName('203.0.113.7', end.signal, () => new Promise(() => undefined));
  end.abort();
  expect(await name).toBeNull();
  expect(await reverseName('203.0.113.7', end.signal, async () => ['late.example'])).toBeNull();
});

test('the zone of a link-local address is not asked for', async () => {
  const asked: string[] = [];
  await reverseName('fe80::1%eth0', never, async (address) => {
    asked.push(address);
    return [];
  });
  expect(asked).toEqual(['fe80::1']);
});

test('the hosts file gives the first name of the line with the address', () => {
  const text =
    '# 192.0.2.1 not.this\n127.0.0.1 localhost\n192.0.2.1  gw.example gw # the router\n2001:DB8:0::1 six.example\n';
  expect(nameInHostsFile(text, '192.0.2.1')).toBe('gw.example');
  expect(nameInHostsFile(text, '2001:db8::1')).toBe('six.example');
  expect(nameInHostsFile(text, '192.0.2.2')).toBeNull();
});
