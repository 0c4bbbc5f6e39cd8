import { expect, test } from 'vitest';
import { parseRouteGet } from '../../src/system/route-tool.ts';

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
