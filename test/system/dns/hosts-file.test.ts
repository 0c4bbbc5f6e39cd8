import { expect, test } from 'vitest';
import { addressesInHostsFile } from '../../../src/system/dns/hosts-file.ts';

const HOSTS = `# The machine itself
127.0.0.1\tlocalhost
::1       localhost ip6-localhost # both
10.0.0.7  db.test DB  db1
10.0.0.7  db.test
 2001:0DB8:0:0::7 db.test
#10.0.0.8 db.test
fe80::1%eth0 router.test
not-an-address broken.test
10.0.0.9
`;

test.each([
  { host: 'localhost', addresses: ['127.0.0.1', '::1'] },
  { host: 'db.test', addresses: ['10.0.0.7', '2001:db8::7'] },
  { host: 'DB.Test', addresses: ['10.0.0.7', '2001:db8::7'] },
  { host: 'db1', addresses: ['10.0.0.7'] },
  { host: 'router.test', addresses: ['fe80::1%eth0'] },
  { host: 'both', addresses: [] },
  { host: 'broken.test', addresses: [] },
  { host: 'b', addresses: [] },
  { host: '10.0.0.9', addresses: [] },
])('$host has $addresses', ({ host, addresses }) => {
  expect(addressesInHostsFile(HOSTS, host)).toEqual(addresses);
});
