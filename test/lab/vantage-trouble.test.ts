import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { hintOf } from '../../src/evidence/obstacles/describe.ts';
import { chain } from './kit/chain.ts';
import { run } from './kit/exec.ts';
import { check, expectDiagnosis, netwhy, reportOf } from './kit/netwhy.ts';
import { PROGRAM } from './kit/program.ts';
import { type SshdOptions, startSshd } from './kit/sshd.ts';

// What is between here and the target's sockets goes wrong: it is told as such, and the run goes on without them.

const PORT = 8080;

async function farChain(options: SshdOptions = {}) {
  const net = await chain({ routers: 0 });
  await startSshd(net.client, net.server, net.target(), options);
  return { ...net, asked: `${net.target()}:${PORT}` };
}

/** Programs on PATH ahead of the machine's own, as sh scripts. */
function fakes(scripts: Readonly<Record<string, string>>): { readonly folder: string; readonly PATH: string } {
  const folder = mkdtempSync(join(tmpdir(), 'netwhy-fakes-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return { folder, PATH: `${folder}:${process.env['PATH']}` };
}

/** A process that has ended stays in the table until its parent, or whoever inherited it, has looked. */
function isRunning(pid: string): boolean {
  return existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
}

test.each([
  ['a changed host key', { known: 'changed' }, 'not-permitted', /host key is not the one in known_hosts/],
  ['an unknown host key', { known: 'none' }, 'not-permitted', /does not know the host key/],
  ['a key that is not accepted', { accepts: false }, 'not-permitted', /did not accept your key/],
  ['an account without a shell', { config: ['ForceCommand /usr/sbin/nologin'] }, 'not-supported', /no POSIX shell/],
  ['a shell that is none', { config: ['ForceCommand cat'] }, 'not-answered', /did not answer in time/],
  ['megabytes of noise', { config: ['ForceCommand yes'] }, 'not-answered', /far more than a socket table/],
  ['a connection that dies', { config: ['ForceCommand kill -9 $PPID'] }, 'not-answered', /closed the ssh connection/],
] as const)('%s is told as such, and is no negative result', async (_, options, reason, hint) => {
  const net = await farChain(options);
  const checked = await check(net.client, net.asked, '--on', 'ssh://far', '--deadline', '6');
  expectDiagnosis(checked, { code: 'port-closed', verdict: 'fault' });
  const { evidence, notChecked } = checked.report;
  expect(evidence.sockets).toMatchObject({ host: 'ssh://far', listening: null, unavailable: { reason } });
  expect(hintOf(evidence.sockets?.unavailable, 'en')).toMatch(hint);
  // Somebody was told to look there: it is no missing vantage.
  const told = reason === 'not-supported' ? 'not-answered' : reason;
  expect(notChecked).toContainEqual({ code: 'not-listening', reason: told });
});

test('a server that does not listen is told as a refused connection', async () => {
  const net = await farChain();
  const checked = await check(net.client, net.asked, '--on', `ssh://${net.target()}:2222`);
  expectDiagnosis(checked, { code: 'port-closed', verdict: 'fault' });
  expect(hintOf(checked.report.evidence.sockets?.unavailable, 'en')).toMatch(/refused the connection/);
});

test.each([
  ['a banner before the login', (folder: string) => [`Banner ${folder}/noise`]],
  ['a message and escape codes on the way in', (folder: string) => [`ForceCommand cat ${folder}/noise; exec sh`]],
  ['a message that does not end its line', () => ['ForceCommand printf "Last login: never"; exec sh']],
  ['something that looks like the answer', () => ['ForceCommand echo "== tcp"; echo "== end"; exec sh']],
] as const)('%s is told apart from the answer', async (_, config) => {
  const noise = fakes({ noise: `\u001b[2J\u001b]0;owned\u0007${'Authorised use only. '.repeat(2000)}` });
  const net = await farChain({ config: config(noise.folder) });
  const finished = await netwhy(net.client, ['check', net.asked, '--on', 'ssh://far']);
  expect(finished.stdout).toContain('not-listening · ');
  for (const control of ['\u001b', '\u0007']) expect(finished.stdout).not.toContain(control);
  expect(finished.stderr).not.toContain('Authorised');
});

test('an ssh that hangs is ended with what it started, and the run goes on', async () => {
  const net = await farChain();
  const { folder, PATH } = fakes({ ssh: 'sleep 1000 & echo $! >"$0.child"; echo $$ >"$0.pid"; wait' });
  const finished = await netwhy(net.client, ['check', net.asked, '--on', 'ssh://far', '--deadline', '3', '--json'], {
    env: { PATH },
  });
  const { evidence, diagnosis } = reportOf(finished);
  expect(finished.wallMs).toBeLessThan(5000);
  expect(diagnosis.code).toBe('port-closed');
  expect(hintOf(evidence.sockets?.unavailable, 'en')).toBe('ssh://far did not answer in time.');
  for (const file of ['ssh.pid', 'ssh.child']) {
    const pid = readFileSync(join(folder, file), 'utf8').trim();
    expect(isRunning(pid), `${file} has ended`).toBe(false);
  }
});

const SSH_OPTIONS = [
  'BatchMode=yes',
  'ClearAllForwardings=yes',
  'ForwardAgent=no',
  'ForwardX11=no',
  'GSSAPIDelegateCredentials=no',
  'Tunnel=no',
  'AddKeysToAgent=no',
  'UpdateHostKeys=no',
  'StrictHostKeyChecking=yes',
  'PermitLocalCommand=no',
  'RemoteCommand=none',
  'RequestTTY=no',
  'ServerAliveInterval=5',
  'ServerAliveCountMax=2',
  'LogLevel=ERROR',
  'ConnectTimeout=8',
  'ControlMaster=no',
].flatMap((option) => ['-o', option]);

test.each([
  ['ssh://app2', 'ssh', ['-T', ...SSH_OPTIONS, '--', 'app2', 'sh']],
  ['ssh://ann@app2:2022', 'ssh', ['-T', ...SSH_OPTIONS, '-l', 'ann', '-p', '2022', '--', 'app2', 'sh']],
  ['ssh://[fe80::1%eth0]', 'ssh', ['-T', ...SSH_OPTIONS, '--', 'fe80::1%eth0', 'sh']],
  ['docker://web-1', 'docker', ['exec', '--interactive', '--', 'web-1', 'sh']],
  ['kubectl://web-0', 'kubectl', ['exec', '--stdin', 'web-0', '--', 'sh']],
  ['kubectl://shop/web-0', 'kubectl', ['exec', '--stdin', '--namespace=shop', 'web-0', '--', 'sh']],
  [
    'kubectl://shop/web-0/nginx',
    'kubectl',
    ['exec', '--stdin', '--namespace=shop', '--container=nginx', 'web-0', '--', 'sh'],
  ],
] as const)('%s starts a shell with exactly these arguments, and is read', async (vantage, tool, args) => {
  const net = await chain({ routers: 0 });
  const { folder, PATH } = fakes({ [tool]: 'printf "%s\\n" "$@" >"$0.args"; exec sh' });
  const finished = await netwhy(net.client, ['check', `${net.target()}:${PORT}`, '--on', vantage, '--json'], {
    env: { PATH },
  });
  const { evidence } = reportOf(finished);
  expect(
    readFileSync(join(folder, `${tool}.args`), 'utf8')
      .trimEnd()
      .split('\n'),
  ).toEqual(args);
  expect(evidence.sockets).toMatchObject({ host: vantage, ownsTarget: false, listening: expect.any(Array) });
});

test.each([
  ['docker', 'docker://gone', 'echo "Error response from daemon: No such container: gone" >&2; exit 1', /no container/],
  [
    'kubectl',
    'kubectl://shop/gone',
    `echo 'Error from server (NotFound): pods "gone" not found' >&2; exit 1`,
    /no pod gone/,
  ],
  [
    'docker',
    'docker://bare',
    'echo \'OCI runtime exec failed: exec: "sh": executable file not found in $PATH\' >&2; exit 127',
    /no POSIX shell/,
  ],
] as const)('%s that says of %s what is wrong', async (tool, vantage, script, hint) => {
  const net = await chain({ routers: 0 });
  const { PATH } = fakes({ [tool]: script });
  const finished = await netwhy(net.client, ['check', `${net.target()}:${PORT}`, '--on', vantage, '--json'], {
    env: { PATH },
  });
  expect(hintOf(reportOf(finished).evidence.sockets?.unavailable, 'en')).toMatch(hint);
});

test('a tool that is not installed here is named', async () => {
  const net = await chain({ routers: 0 });
  const asked = [PROGRAM, 'check', `${net.target()}:${PORT}`, '--on', 'docker://web', '--json'];
  const finished = await run(net.client, ['env', 'PATH=/nonexistent:.:relative', process.execPath, ...asked]);
  expect(reportOf(finished).evidence.sockets?.unavailable).toEqual({
    reason: 'not-installed',
    obstacles: [{ code: 'tool-missing', tool: 'docker' }],
  });
});

test.each([
  'ssh://-oProxyCommand=reboot',
  'ssh://-l@host',
  'ssh://host;reboot',
  'ssh://user name@host',
  'docker://--privileged',
  'kubectl://-n/pod',
  'kubectl://ns/pod/-c',
  '-oProxyCommand=x',
  'telnet://host',
])('%s is refused before anything is started', async (vantage) => {
  const net = await chain({ routers: 0 });
  const { folder, PATH } = fakes(Object.fromEntries(['ssh', 'docker', 'kubectl'].map((tool) => [tool, ': >"$0.ran"'])));
  const finished = await netwhy(net.client, ['check', net.target(), `--on=${vantage}`], { env: { PATH } });
  expect(finished).toMatchObject({ exitCode: 64, stdout: '' });
  expect(finished.stderr).toMatch(/^netwhy: --on: .+\n {2}A vantage looks like \S+\n$/);
  for (const tool of ['ssh', 'docker', 'kubectl']) expect(existsSync(join(folder, `${tool}.ran`))).toBe(false);
});

test('what is run on a vantage is shown word for word before it is, and only when that was asked for', async () => {
  const net = await farChain();
  const finished = await netwhy(net.client, ['check', net.asked, '--on', 'ssh://far', '--explain-commands', '--json']);
  expect(reportOf(finished).diagnosis.code).toBe('not-listening');
  expect(finished.stderr).toContain(`  $ ssh -T ${SSH_OPTIONS.join(' ')} -- far sh\n`);
  expect(finished.stderr).toContain('ss -H -l -n -t -u -e -p');
  const quiet = await netwhy(net.client, ['check', net.asked, '--on', 'ssh://far', '--json']);
  expect(quiet.stderr).toBe('');
});
