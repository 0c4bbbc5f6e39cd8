import { expect, test } from 'vitest';
import { hostsSources, lookupSetup } from '../../../src/system/dns/lookup-setup.ts';

test.each([
  { text: 'passwd: files\nhosts:          files dns\n', sources: ['files', 'dns'] },
  {
    text: 'hosts: mymachines resolve [!UNAVAIL=return] files myhostname dns',
    sources: ['mymachines', 'resolve', 'files', 'myhostname', 'dns'],
  },
  { text: 'hosts: files # dns is off\n', sources: ['files'] },
  { text: '# hosts: files dns\n', sources: null },
  { text: '', sources: null },
])('$text looks in $sources', ({ text, sources }) => {
  expect(hostsSources(text)).toEqual(sources);
});

test('the upstreams of the stub of systemd-resolved are those of its own list', () => {
  const files = { nsswitch: 'hosts: files dns', resolvedUpstreams: 'nameserver 10.0.0.53\nnameserver 10.0.0.54\n' };
  const stub = { servers: ['127.0.0.53'], isConfigured: true };
  expect(lookupSetup(stub, files)).toMatchObject({ upstreams: ['10.0.0.53', '10.0.0.54'] });
  expect(lookupSetup({ ...stub, servers: ['10.0.0.53'] }, files)).toMatchObject({ upstreams: [] });
  expect(lookupSetup(stub, { ...files, resolvedUpstreams: '' })).toMatchObject({ upstreams: [] });
});
