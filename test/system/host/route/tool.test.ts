import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRouteGet, parseRouteGetText, routeByTool } from '../../../../src/system/host/route/tool.ts';
import { printing } from '../../engine/tools/tools-fake.ts';
import { fixture } from '../../fixture.ts';

const signal = new AbortController().signal;

// Outputs of `ip -j route get` (iproute2 6.1).
test.each([
  {
    name: 'by a gateway, with an MTU of the route',
    json: '[{"dst":"10.5.1.1","gateway":"10.77.0.2","dev":"e0","prefsrc":"10.77.0.1","flags":[],"uid":0,"cache":[],"metrics":[{"mtu":1400}]}]',
    detail: { local: false, interface: 'e0', gateway: '10.77.0.2', source: '10.77.0.1', mtu: 1400 },
  },
  {
    name: 'with an MTU that was learned and expires',
    json: '[{"dst":"10.5.1.1","gateway":"10.77.0.2","dev":"e0","prefsrc":"10.77.0.1","flags":[],"uid":0,"cache":[],"expires":599,"metrics":[{"mtu":1300}]}]',
    detail: { local: false, interface: 'e0', gateway: '10.77.0.2', source: '10.77.0.1', mtu: null },
  },
  {
    name: 'on the link',
    json: '[{"dst":"2001:db8:77::5","from":"::","dev":"e0","protocol":"kernel","prefsrc":"2001:db8:77::1","metric":256,"flags":[],"pref":"medium"}]',
    detail: { local: false, interface: 'e0', gateway: null, source: '2001:db8:77::1', mtu: null },
  },
  {
    name: 'to this machine itself',
    json: '[{"type":"local","dst":"127.0.0.1","dev":"lo","prefsrc":"127.0.0.1","flags":[],"uid":0,"cache":["local"]}]',
    detail: { local: true, interface: 'lo', gateway: null, source: '127.0.0.1', mtu: null },
  },
  {
    name: 'of IPv4 by a gateway of IPv6 (RFC 5549)',
    json: '[{"dst":"10.6.0.1","via":{"family":"inet6","host":"fe80::5"},"dev":"e0","prefsrc":"10.77.0.1","flags":[],"uid":0,"cache":[]}]',
    detail: { local: false, interface: 'e0', gateway: 'fe80::5', source: '10.77.0.1', mtu: null },
  },
])('reads a route $name', ({ json, detail }) => {
  expect(parseRouteGet(json)).toEqual(detail);
});

test.each(['', '[]', '{}', 'null', '[null]', '10.5.1.1 via 10.77.0.2 dev e0'])('reads nothing from %j', (json) => {
  expect(parseRouteGet(json)).toBeNull();
});

const DETAIL = { local: false, interface: 'e0', gateway: null, source: '10.77.0.1', mtu: null };

test.each([
  ['busybox-ip/gateway', { ...DETAIL, gateway: '10.77.0.2' }],
  ['busybox-ip/on-link', DETAIL],
  ['busybox-ip/local', { ...DETAIL, local: true, interface: 'lo' }],
  ['busybox-ip/gateway-6', { ...DETAIL, gateway: 'fd77::2', source: 'fd77::1' }],
  ['busybox-ip/local-6', { ...DETAIL, local: true, interface: 'lo', source: '::1' }],
  ['iproute2/plain-mtu', { ...DETAIL, gateway: '10.77.0.2', mtu: 1400 }],
  ['iproute2/plain-local', { ...DETAIL, local: true, interface: 'lo', source: '127.0.0.1' }],
  ['iproute2/plain-gateway-6', { ...DETAIL, gateway: 'fd77::2', source: 'fd77::1' }],
])('reads the words of %s', (name, detail) => {
  expect(parseRouteGetText(fixture(name).stdout)).toEqual(detail);
});

test.each([
  [
    '10.8.1.1 via 10.77.0.2 dev e0 src 10.77.0.1 \n    cache expires 599sec mtu 1300',
    { gateway: '10.77.0.2', mtu: null },
  ],
  ['10.6.0.1 via inet6 fe80::5 dev e0 src 10.77.0.1', { gateway: 'fe80::5' }],
])('reads the words %j', (text, detail) => {
  expect(parseRouteGetText(text)).toMatchObject(detail);
});

test('an ip that knows no JSON is asked for words', async () => {
  const { run, ran } = printing({
    'ip -j -4 route get 10.8.1.1': ['busybox-ip/json', 1],
    'ip -4 route get 10.8.1.1': 'busybox-ip/gateway',
  });
  expect(await routeByTool('10.8.1.1', signal, run)).toEqual({
    kind: 'route',
    detail: { ...DETAIL, gateway: '10.77.0.2' },
  });
  expect(ran).toHaveLength(2);
});

test("the kernel's refusal is told in its words, and asked for once where JSON is known", async () => {
  const modern = printing({ 'ip -j -4 route get 10.66.1.1': ['iproute2/no-route', 2] });
  expect(await routeByTool('10.66.1.1', signal, modern.run)).toMatchObject({
    kind: 'refused',
    said: expect.stringContaining('No route to host'),
  });
  expect(modern.ran).toHaveLength(1);
  const busybox = printing({
    'ip -j -4 route get 10.67.1.1': ['busybox-ip/json', 1],
    'ip -4 route get 10.67.1.1': ['busybox-ip/prohibited', 2],
  });
  expect(await routeByTool('10.67.1.1', signal, busybox.run)).toMatchObject({
    kind: 'refused',
    said: expect.stringContaining('Permission denied'),
  });
  expect(await routeByTool('10.67.1.1', signal, printing({}).run)).toBeNull();
});

test('no output makes a parser throw', () => {
  const part = fc.oneof(
    fc.string(),
    fc.constantFrom('10.0.0.1 ', 'via ', 'inet6 ', 'dev ', 'src ', 'mtu ', '99999999 '),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
      parseRouteGetText(parts.join(''));
      parseRouteGet(parts.join(''));
    }),
  );
});
