import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { parseReport } from '../../src/evidence/report/parse.ts';
import { allGone, openTerminal, type Terminal, type TerminalOptions } from '../e2e/terminal.ts';
import { type Chain, chain } from './kit/chain.ts';
import { filter, sh, within } from './kit/exec.ts';
import type { Namespace } from './kit/namespaces.ts';
import { serve } from './kit/services.ts';

/** The wizard on the client of a chain. */
function wizard(net: Chain, args: readonly string[], options: TerminalOptions = {}): Terminal {
  return wizardOn(net.client, args, options);
}

function wizardOn(namespace: Namespace, args: readonly string[], options: TerminalOptions = {}): Terminal {
  return openTerminal(args, { columns: 120, rows: 40, ...options, within: within(namespace) });
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'netwhy-lab-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const dropBehind = (net: Chain, hop: number) => filter(net.router(hop), 'forward', `ip daddr ${net.target()} drop`);

test('a path that ends: the complaint, the target, the questions, the drawn path, the report', async () => {
  const net = await chain({ routers: 4 });
  dropBehind(net, 2);
  const terminal = wizard(net, []);
  await terminal.waitFor('❯ 1 I cannot reach');
  terminal.press('Enter');
  await terminal.waitFor('What can you not reach?');
  terminal.type(net.target());
  await terminal.waitFor(`✓ ${net.target()}, no port`);
  terminal.press('Enter');
  await terminal.waitFor(/✗ host \(ping\) +no answer/u);
  await terminal.waitFor(`FAULT  Nothing answers behind ${net.hop(2)}`);
  await terminal.waitFor(`you ── ${net.hop(1)} (gw) ── ${net.hop(2)} ── ✗ … ${net.target()}`);
  terminal.press('q');
  await terminal.waitFor('exit=2 modes=same');
  expect(terminal.transcript()).toContain('path-blackhole');
});

test('a question to a person is answered one way, and then the other, on the same evidence', async () => {
  const net = await chain({ routers: 2 });
  const terminal = wizard(net, [`${net.target()}:5432`]);
  await terminal.waitFor(/FAULT[\s\S]*a answer {2}Enter skip/u);
  terminal.press('a');
  await terminal.waitFor(/❯ 1 .*[\s\S]* 3 Nothing listens/u);
  terminal.press('3');
  await terminal.waitFor('not-listening');
  const first = terminal.screen().join('\n');
  terminal.press('b');
  await terminal.waitFor('Go back to (measurements stay):');
  terminal.press('Enter');
  await terminal.waitFor('❯ 1 Yes, check it');
  terminal.press('4');
  await terminal.waitFor('listening-on-loopback');
  expect(terminal.screen().join('\n')).not.toBe(first);
  terminal.press('q');
  await terminal.waitFor('exit=2 modes=same');
});

test('a question of a probe is answered by hand, which nothing measured is claimed for, and taken back', async () => {
  const net = await chain({ routers: 2 });
  await serve(net.server, { kind: 'tcp', host: net.target(), port: 5432 });
  filter(net.server, 'input', 'icmp type echo-request drop');
  filter(net.server, 'input', 'tcp dport 5432 reject with tcp reset');
  const folder = temporaryFolder();
  const terminal = wizard(net, [`${net.target()}:5432`, '--answer', 'on-target=unknown']);
  await terminal.waitFor('FAULT');
  await terminal.waitFor('port-closed');
  terminal.press('b');
  await terminal.waitFor(/3 Is the host reachable\? no answer/);
  await terminal.waitFor(/4 Does the port answer.* refuses/);
  terminal.press('4');
  await terminal.waitFor('❯ 1 as measured: refuses');
  await terminal.waitFor('2 open');
  terminal.press('2');
  await terminal.waitFor('INCONCLUSIVE  As answered by hand: ');
  await terminal.waitFor('open, by hand');
  terminal.press('s');
  await terminal.waitFor('Save the report as');
  terminal.press('C-u');
  terminal.type(join(folder, 'hand.json'));
  terminal.press('Enter');
  await terminal.waitFor('Saved in');
  const saved = parseReport(JSON.parse(readFileSync(join(folder, 'hand.json'), 'utf8')));
  if (saved.kind !== 'ok') throw new Error(saved.problems.join('\n'));
  expect(saved.report).toMatchObject({ verdict: 'inconclusive', diagnosis: { confidence: 'possible', where: null } });
  expect(saved.report.diagnosis.summary).toContain('was answered by hand: open (measured: refuses)');
  expect(saved.report.diagnosis.alternatives[0]?.code).toBe('port-closed');
  terminal.press('b');
  await terminal.waitFor(/4 Does the port answer.* open, by hand/);
  terminal.press('4');
  await terminal.waitFor('❯ 1 as measured: refuses');
  terminal.press('Enter');
  await terminal.waitFor('FAULT');
  terminal.press('q');
  await terminal.waitFor('exit=2 modes=same');
});

test('an answer by hand that leads to probes which have not run lets them run, and what they find stands beside it', async () => {
  const net = await chain({ routers: 2 });
  const terminal = wizard(net, [net.target()]);
  await terminal.waitFor('HEALTHY');
  terminal.press('b');
  await terminal.waitFor(/3 Is the host reachable\? answers/);
  terminal.press('3');
  await terminal.waitFor('❯ 1 as measured: answers');
  terminal.press('Up');
  await terminal.waitFor('❯ 9 blocked by this machine');
  terminal.press('Escape');
  await terminal.waitFor('❯ 3 Is the host reachable?');
  terminal.press('3');
  await terminal.waitFor(/ 6 no answer, /);
  terminal.press('6');
  await terminal.waitFor('INCONCLUSIVE  As answered by hand: ');
  await terminal.waitFor(/no answer, by hand/);
  await terminal.waitFor('that is where the measurements lead');
  terminal.press('q');
  await terminal.waitFor('exit=3 modes=same');
});

test('again after a repair: what has changed is told first', async () => {
  const net = await chain({ routers: 2 });
  await serve(net.server, { kind: 'tcp', host: net.target(), port: 5432 });
  filter(net.server, 'input', 'tcp dport 5432 drop');
  const terminal = wizard(net, [`${net.target()}:5432`, '--answer', 'on-target-filtered=unknown']);
  await terminal.waitFor('FAULT');
  sh(net.server, 'nft flush ruleset');
  terminal.press('r');
  await terminal.waitFor('Since the last run');
  await terminal.waitFor(/→ FAULT → HEALTHY/);
  terminal.press('q');
  await terminal.waitFor('exit=0 modes=same');
});

test('small requests work, large transfers hang: the sizes and how far large packets came are shown', async () => {
  const net = await chain({ routers: 3 });
  sh(net.router(2), 'ip link set eth1 mtu 1400');
  filter(net.router(2), 'output', 'icmp type destination-unreachable drop');
  const terminal = wizard(net, ['--flow', 'mtu', net.target()]);
  await terminal.waitFor(/Size +1500 […✗]/);
  await terminal.waitFor(/path-mtu-blackhole/);
  terminal.press('q');
  await terminal.waitFor(/exit=[12] modes=same/);
});

test('a name that does not resolve: each resolver and what it says', async () => {
  const resolver = '10.9.1.1';
  const net = await chain({ routers: 1, names: { resolvers: [resolver] } });
  await serve(net.server, { kind: 'dns', host: resolver, zone: { '*': { rcode: 'NXDOMAIN' } } });
  const terminal = wizard(net, ['--flow', 'name', 'db1.example']);
  await terminal.waitFor('name-not-found');
  terminal.press('q');
  await terminal.waitFor('exit=2 modes=same');
});

test('others cannot reach a service here: its listener, and for whom it listens', async () => {
  const net = await chain({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host: '127.0.0.1', port: 5432 });
  const terminal = wizardOn(net.server, []);
  await terminal.waitFor('2 Others cannot reach a service on this machine');
  terminal.press('2');
  await terminal.waitFor('What can you not reach?');
  terminal.type(`${net.target()}:5432`);
  await terminal.waitFor(`✓ ${net.target()}`);
  terminal.press('Enter');
  await terminal.waitFor(/✗ sockets/u);
  await terminal.waitFor('FAULT');
  terminal.press('q');
  await terminal.waitFor('exit=2 modes=same');
  expect(terminal.transcript()).toContain('listening-on-loopback');
});

test('others cannot reach a service here, and it answers here: a person says what the others see, and takes it back', async () => {
  const net = await chain({ routers: 1 });
  await serve(net.server, { kind: 'tcp', host: '0.0.0.0', port: 5432 });
  const terminal = wizardOn(net.server, ['--flow', 'inbound', `${net.target()}:5432`]);
  await terminal.waitFor(/HEALTHY[\s\S]*a answer/u);
  terminal.press('a');
  await terminal.waitFor('❯ 1 They get in now');
  terminal.press('2');
  await terminal.waitFor('FAULT  A firewall blocks port 5432');
  // Nobody said who the others are.
  await terminal.waitFor('On the host, let <source> in');
  terminal.press('b');
  await terminal.waitFor('Go back to (measurements stay):');
  terminal.press('Enter');
  await terminal.waitFor('❯ 1 They get in now');
  terminal.press('1');
  await terminal.waitFor('HEALTHY');
  terminal.press('q');
  await terminal.waitFor('exit=0 modes=same');
});

test('it is slow: echoes to every hop, and where the delay begins', async () => {
  const net = await chain({ routers: 3, wires: { 2: { toServer: { delayMs: 450 } } } });
  const terminal = wizard(net, ['--flow', 'slow', net.target()]);
  await terminal.waitFor('high-latency');
  terminal.press('q');
  await terminal.waitFor(/exit=[12] modes=same/);
});

test('guided, nothing is sent before a person lets it, and each step says what it will do', async () => {
  const net = await chain({ routers: 1 });
  const terminal = wizard(net, ['--guided', net.target()]);
  await terminal.waitFor(/→ Asks every configured resolver[\s\S]*Enter goes on/);
  terminal.press('Enter');
  await terminal.waitFor(/→ Reads this machine's own interfaces/);
  terminal.press('Space');
  await terminal.waitFor(/→ Sends echo requests/);
  expect(terminal.screen().join('\n')).not.toMatch(/Echo +\d/);
  terminal.press('Enter');
  await terminal.waitFor(/Echo +\d+\/\d+/);
  // The same words stand at every step: the number of lines that are answered tells one from the next.
  const answered = () => terminal.screen().filter((line) => /^[ │├└─]*[✓✗?!] /u.test(line)).length;
  for (let done = answered(); ; done = answered()) {
    await terminal.waitFor(/Enter goes on|HEALTHY/);
    if (/HEALTHY/.test(terminal.screen().join('\n'))) break;
    terminal.press('Enter');
    await vi.waitFor(() => expect(answered()).toBeGreaterThan(done), { timeout: 20_000, interval: 50 });
  }
  terminal.press('q');
  await terminal.waitFor('exit=0 modes=same');
});

test('the window changes its size in the middle of a trace, and the table goes with it', async () => {
  const net = await chain({ routers: 6 });
  dropBehind(net, 5);
  const terminal = wizard(net, [net.target()]);
  await terminal.waitFor(new RegExp(`3 +${net.hop(3)}`));
  terminal.resize(40, 12);
  await terminal.waitFor(/netwhy 10\.9\.\d\.1[\s\S]*q quit/);
  terminal.resize(200, 60);
  await terminal.waitFor(/FAULT[\s\S]*you ── /);
  terminal.press('q');
  await terminal.waitFor('exit=2 modes=same');
});

test('Ctrl-C in the middle of a trace leaves the terminal as it was', async () => {
  const net = await chain({ routers: 6 });
  dropBehind(net, 5);
  const terminal = wizard(net, [net.target()]);
  await terminal.waitFor(new RegExp(`3 +${net.hop(3)}`));
  const pids = terminal.pids();
  terminal.press('C-c');
  await terminal.waitFor('exit=130 modes=same');
  expect([terminal.isCursorVisible(), terminal.isAlternate()]).toEqual([true, false]);
  await allGone(pids);
});

test('keys hammered while probes are at work disturb nobody', async () => {
  const net = await chain({ routers: 4 });
  dropBehind(net, 3);
  const terminal = wizard(net, [net.target()]);
  await terminal.waitFor(/[◐◓◑◒] /u);
  for (let round = 0; round < 20; round += 1) terminal.press('Down', 'PPage', 'x', 'c', 's', 'Tab', '7', 'Left', 'End');
  await terminal.waitFor('FAULT');
  terminal.press('q');
  await terminal.waitFor('exit=2 modes=same');
});

test('a hop whose name has escape codes in it is a hop with a name', async () => {
  const net = await chain({ routers: 3, names: { hosts: ['10.9.0.1 gw\u001b[2J\u001b]0;owned\u0007evil'] } });
  dropBehind(net, 2);
  const terminal = wizard(net, [net.target()], { columns: 140 });
  await terminal.waitFor(/10\.9\.0\.1[\s\S]*gw.*evil/);
  expect(terminal.screen()[0]).toMatch(/^netwhy/);
  await terminal.waitFor('FAULT');
  terminal.press('q');
  await terminal.waitFor('exit=2 modes=same');
});

test('the report goes to the clipboard and into files, which are not written over by accident', async () => {
  const net = await chain({ routers: 2 });
  dropBehind(net, 1);
  const cwd = temporaryFolder();
  const terminal = wizard(net, [net.target()], { cwd });
  await terminal.waitFor('FAULT');
  terminal.press('c');
  await terminal.waitFor('Markdown sent to the clipboard');
  expect(terminal.clipboard()).toMatch(/^### ✗ Fault: /);
  terminal.press('s');
  await terminal.waitFor('Save the report as');
  terminal.press('C-u');
  terminal.type('why.json');
  terminal.press('Enter');
  await terminal.waitFor('Saved in why.json');
  const saved = readFileSync(join(cwd, 'why.json'), 'utf8');
  expect(parseReport(JSON.parse(saved)).kind).toBe('ok');
  terminal.press('s');
  await terminal.waitFor('Save the report as');
  terminal.press('C-u');
  terminal.type('why.json');
  terminal.press('Enter');
  await terminal.waitFor('! why.json is there already');
  terminal.press('Escape');
  terminal.press('q');
  await terminal.waitFor('exit=2 modes=same');

  const replayed = openTerminal(['replay', '--tui', 'why.json'], { cwd, columns: 120, rows: 40 });
  await replayed.waitFor(/recorded 20\d\d-|At work/);
  await replayed.waitFor(`FAULT  Nothing answers behind ${net.hop(1)}`);
  replayed.press('q');
  await replayed.waitFor('exit=2 modes=same');
});
