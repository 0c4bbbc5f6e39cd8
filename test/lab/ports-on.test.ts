import { expect, test } from 'vitest';
import { chain } from './kit/chain.ts';
import { netwhy } from './kit/netwhy.ts';
import { serve } from './kit/services.ts';
import { BARE_TOOLS, startSshd } from './kit/sshd.ts';

test.each([
  { side: 'ss', tools: undefined, backlog: expect.any(Number) },
  { side: '/proc/net alone', tools: BARE_TOOLS, backlog: null },
])('$side: the sockets of another machine are listed over ssh', async ({ tools, backlog }) => {
  const net = await chain({ routers: 1 });
  await startSshd(net.client, net.server, net.target(), tools === undefined ? {} : { tools });
  await serve(net.server, { kind: 'tcp', host: '127.0.0.1', port: 5432 }, { kind: 'tcp', host: '::', port: 8080 });
  const listed = await netwhy(net.client, ['ports', '--json', '--listening', '--on', 'ssh://far']);
  expect(listed.exitCode, listed.stderr).toBe(0);
  const { host, sockets } = JSON.parse(listed.stdout);
  expect(host).toBe('ssh://far');
  expect(sockets).toContainEqual(
    expect.objectContaining({
      protocol: 'tcp',
      state: 'listen',
      local: { address: '127.0.0.1', port: 5432 },
      backlog,
      // The name of the main thread, which newer versions of Node change.
      owners: [expect.objectContaining({ process: expect.stringMatching(/node|MainThread/u) })],
    }),
  );
  expect(sockets.map((row: { local: { port: number } }) => row.local.port)).toEqual(expect.arrayContaining([22, 8080]));
  const none = await netwhy(net.client, ['ports', '81', '--on', 'ssh://far']);
  expect(none.exitCode).toBe(2);
});

test('a vantage that cannot be reached is no empty list', async () => {
  const net = await chain({ routers: 0 });
  const told = await netwhy(net.client, ['ports', '--on', `ssh://${net.target()}`]);
  expect(told.exitCode).toBe(3);
  expect(told.stdout + told.stderr).toContain('refused');
});

test('what is no vantage is told before anything is started', async () => {
  const net = await chain({ routers: 0 });
  const told = await netwhy(net.client, ['ports', '--on', 'ssh://-oProxyCommand=x']);
  expect(told.exitCode).toBe(64);
});
