import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { chain } from './kit/chain.ts';
import { filter, sh } from './kit/exec.ts';
import { check, expectDiagnosis, netwhy } from './kit/netwhy.ts';
import { serve } from './kit/services.ts';

/** A file with what somebody pasted. */
function paste(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'netwhy-paste-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'pasted.txt');
  writeFileSync(file, text);
  return file;
}

const COMMANDS = ['ss -ltunp', 'netstat -tulnp', 'netstat -an'] as const;

test.each(COMMANDS)('%s, pasted: the port that refuses is bound to loopback', async (command) => {
  const net = await chain({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host: '127.0.0.1', port: 5432 });
  const file = paste(sh(net.server, command));
  const checked = await check(net.client, `${net.target()}:5432`, '--sockets', file);
  expectDiagnosis(checked, { code: 'listening-on-loopback', verdict: 'fault', confidence: 'likely' });
  expect(checked.report.evidence.sockets).toMatchObject({ host: 'pasted', ownsTarget: null });
});

test('nothing listens, as the paste shows, and a firewall in front is not to blame', async () => {
  const net = await chain({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 22 });
  const file = paste(`root@db1:~# ss -ltn\r\n${sh(net.server, 'ss -ltn').replaceAll('\n', '\r\n')}root@db1:~# `);
  expectDiagnosis(await check(net.client, `${net.target()}:5432`, '--sockets', file), {
    code: 'not-listening',
    verdict: 'fault',
    confidence: 'likely',
  });
});

test('a listener that the paste shows and that does not answer: a firewall', async () => {
  const net = await chain({ routers: 5 });
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 5432 });
  filter(net.router(3), 'forward', 'tcp dport 5432 drop');
  const file = paste(sh(net.server, 'ss -ltn'));
  expectDiagnosis(await check(net.client, `${net.target()}:5432`, '--sockets', file), {
    code: 'firewall-blocks-port',
    verdict: 'fault',
    confidence: 'likely',
    where: { hop: 3, address: net.hop(3) },
  });
});

test.each([
  ['connections only', 'ss -tn state established', 'ESTAB 0 0 10.0.0.1:22 10.0.0.2:50000\n'],
  ['a filtered list', "ss -ltn 'sport = :22'", "ss -ltn 'sport = :22'\nLISTEN 0 128 0.0.0.0:22 0.0.0.0:*\n"],
])('%s prove nothing about a port that is not in them', async (_, __, text) => {
  const net = await chain({ routers: 0 });
  const checked = await check(net.client, `${net.target()}:5432`, '--sockets', paste(text));
  expectDiagnosis(checked, { code: 'port-closed', verdict: 'fault' });
  expect(checked.report.evidence.sockets?.listening).toBeNull();
  expect(checked.report.notChecked.map(({ code }) => code)).toContain('not-listening');
});

test('what is none of the tools is told, with the commands to run, and nothing is sent', async () => {
  const net = await chain({ routers: 0 });
  const target = `${net.target()}:5432`;
  const told = await netwhy(net.client, ['check', target, '--sockets', paste('bash: ss: command not found\n')]);
  expect(told.exitCode).toBe(64);
  expect(told.stderr).toContain('no output of ss, netstat or lsof');
  expect(told.stderr).toContain('ss -ltunp');
  const both = await netwhy(net.client, ['check', target, '--sockets', paste(''), '--on', 'local']);
  expect(both.exitCode).toBe(64);
  const none = await netwhy(net.client, ['check', target, '--sockets', '/no/such/file']);
  expect(none.stderr).toContain('ENOENT');
});
