import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { chain } from './kit/chain.ts';
import { icmpCounter } from './kit/counters.ts';
import { filter, start } from './kit/exec.ts';
import { ip } from './kit/ip.ts';
import { newNamespaces } from './kit/namespaces.ts';
import { check, expectDiagnosis, netwhy, reportOf } from './kit/netwhy.ts';
import { PROGRAM } from './kit/program.ts';
import { serve } from './kit/services.ts';

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'netwhy-lab-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('--quiet says nothing and exits with the verdict', async () => {
  const net = await chain({ routers: 1 });
  for (const [target, exitCode] of [
    [net.target(), 0],
    [`${net.target()}:81`, 2],
  ] as const) {
    const finished = await netwhy(net.client, ['check', target, '--quiet']);
    expect(finished).toMatchObject({ exitCode, stdout: '', stderr: '' });
  }
});

test('without --json the verdict and the cause are told in words', async () => {
  const net = await chain({ routers: 1 });
  const finished = await netwhy(net.client, ['check', `${net.target()}:81`]);
  expect(finished.exitCode).toBe(2);
  expect(finished.stdout).toContain('port-closed');
  expect(finished.stdout).toContain(net.target());
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no colour where no terminal is
  expect(finished.stdout).not.toMatch(/\u001b/);
});

test('--fail-on moves the threshold of the exit code and not the verdict', async () => {
  const net = await chain({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 443 });
  filter(net.server, 'input', 'icmp type echo-request drop');
  for (const [failOn, exitCode] of [
    ['fault', 0],
    ['degraded', 1],
    ['never', 0],
  ] as const) {
    const finished = await netwhy(net.client, ['check', net.target(), '--json', '--fail-on', failOn]);
    expect(finished.exitCode, failOn).toBe(exitCode);
    expect(reportOf(finished).diagnosis.code).toBe('icmp-filtered');
  }
});

test('--save and replay: the same verdict without a packet', async () => {
  const net = await chain({ routers: 5 });
  filter(net.router(3), 'forward', 'ip daddr 10.9.5.1 drop');
  const file = join(newFolder(), 'report.json');
  const first = await check(net.client, `${net.target()}:443`, '--save', file);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(first.report);

  const [nowhere = ''] = newNamespaces(['empty']);
  ip('netns', 'add', nowhere);
  const again = await netwhy(nowhere, ['replay', file, '--json']);
  expect(again.exitCode, again.stderr).toBe(first.exitCode);
  const { diagnosis, verdict, findings, ruledOut, notChecked, evidence } = reportOf(again);
  expect({ diagnosis, verdict, findings, ruledOut, notChecked, evidence }).toEqual({
    diagnosis: first.report.diagnosis,
    verdict: first.report.verdict,
    findings: first.report.findings,
    ruledOut: first.report.ruledOut,
    notChecked: first.report.notChecked,
    evidence: first.report.evidence,
  });
});

test.each([
  ['nothing', 'not-listening'],
  ['loopback', 'listening-on-loopback'],
  ['all', 'firewall-blocks-port'],
  ['unknown', 'port-closed'],
] as const)('--answer on-target=%s makes a closed port %s', async (answer, code) => {
  const net = await chain({ routers: 1 });
  const checked = await check(net.client, `${net.target()}:81`, '--answer', `on-target=${answer}`);
  expectDiagnosis(checked, { code, verdict: 'fault' });
});

test.each([
  ['-4', 4],
  ['-6', 6],
] as const)('%s keeps to its family', async (option, family) => {
  const net = await chain({ routers: 1, names: { resolvers: ['10.9.1.1'] } });
  await serve(
    net.server,
    { kind: 'dns', host: '10.9.1.1', zone: { 'dual.test': { a: ['10.9.1.1'], aaaa: ['fd09:0:0:2::1'] } } },
    { kind: 'tcp', host: '::', port: 80 },
  );
  const checked = await check(net.client, 'dual.test:80', option);
  expectDiagnosis(checked, { code: 'port-open', verdict: 'healthy' });
  expect(checked.report.target).toMatchObject({ family, address: net.target(family) });
  const tried = checked.report.evidence.connect?.attempts.map((attempt) => attempt.address.includes(':'));
  expect(new Set(tried)).toEqual(new Set([family === 6]));
});

test('--count sends so many echoes', async () => {
  const net = await chain({ routers: 0 });
  const { report } = await check(net.client, net.target(), '--count', '3');
  expect(report.evidence.ping).toMatchObject({ sent: 3, received: 3 });
});

test('--redact leaves no address and no name behind', async () => {
  const net = await chain({ routers: 5, names: { resolvers: ['10.9.5.1'] } });
  await serve(net.server, { kind: 'dns', host: '10.9.5.1', zone: { 'secret.test': { a: ['10.9.5.1'] } } });
  const finished = await netwhy(net.client, ['check', 'secret.test:81', '--json', '--redact']);
  expect(finished.exitCode, finished.stderr).toBe(2);
  expect(finished.stdout).not.toContain('10.9.');
  expect(finished.stdout).not.toContain('secret');
});

test('--lang ko explains in Korean, and the codes stay', async () => {
  const net = await chain({ routers: 0 });
  const { report } = await check(net.client, `${net.target()}:81`, '--lang', 'ko');
  expect(report.diagnosis.code).toBe('port-closed');
  expect(report.diagnosis.title).toMatch(/[가-힣]/);
});

test.each(['raw', 'sockets'] as const)('--engine %s comes to the same end on a healthy host', async (engine) => {
  const net = await chain({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 80 });
  const checked = await check(net.client, `${net.target()}:80`, '--engine', engine);
  expectDiagnosis(checked, { code: 'port-open', verdict: 'healthy' });
});

test('an interrupt ends the run with 130', async () => {
  const net = await chain({ routers: 5 });
  filter(net.router(3), 'forward', 'ip daddr 10.9.5.1 drop');
  const child = start(net.client, [process.execPath, PROGRAM, 'check', net.target(), '--json']);
  while (icmpCounter(net.client, 'OutEchos') === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGINT');
  const exitCode = await new Promise((resolve) => child.once('exit', resolve));
  expect(exitCode).toBe(130);
});
