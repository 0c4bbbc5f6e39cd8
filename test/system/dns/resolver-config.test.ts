import { expect, test } from 'vitest';
import { parseResolverConfig, type ResolverEnvironment } from '../../../src/system/dns/resolver-config.ts';

const NOWHERE: ResolverEnvironment = { hostname: 'box', localDomain: undefined, options: undefined };

test('servers are kept in order, three at most, each in its shortest form', () => {
  const text = `; a comment
# another
nameserver 10.0.0.53
nameserver\t2001:0db8::0053
nameserver nonsense
 nameserver 10.0.0.99
nameserver fe80::1%eth0
nameserver 10.0.0.54
`;
  expect(parseResolverConfig(text, NOWHERE).servers).toEqual(['10.0.0.53', '2001:db8::53', 'fe80::1%eth0']);
});

test('without a server the C library asks this machine', () => {
  expect(parseResolverConfig('', NOWHERE)).toEqual({
    servers: ['127.0.0.1'],
    isConfigured: false,
    search: [],
    ndots: 1,
    useTcp: false,
    noTldQuery: false,
  });
});

test.each([
  {
    name: 'the last of search and domain',
    text: 'search a.test b.test\ndomain c.test.',
    environment: {},
    search: ['c.test'],
  },
  {
    name: 'all words of search',
    text: 'domain c.test\nsearch a.test b.test',
    environment: {},
    search: ['a.test', 'b.test'],
  },
  { name: 'the domain of the host name', text: '', environment: { hostname: 'box.lab.test' }, search: ['lab.test'] },
  {
    name: 'the environment',
    text: 'search a.test',
    environment: { localDomain: 'x.test y.test' },
    search: ['x.test', 'y.test'],
  },
  { name: 'nothing for the root', text: 'search .', environment: { hostname: 'box.lab.test' }, search: [] },
])('the search list is $name', ({ text, environment, search }) => {
  expect(parseResolverConfig(text, { ...NOWHERE, ...environment }).search).toEqual(search);
});

test('options are read from the file and from the environment, the last one counts', () => {
  const text = 'options ndots:5 use-vc\noptions no-tld-query timeout:1';
  expect(parseResolverConfig(text, NOWHERE)).toMatchObject({ ndots: 5, useTcp: true, noTldQuery: true });
  expect(parseResolverConfig(text, { ...NOWHERE, options: 'ndots:2' })).toMatchObject({ ndots: 2 });
  expect(parseResolverConfig('options ndots:99', NOWHERE)).toMatchObject({ ndots: 15 });
});
