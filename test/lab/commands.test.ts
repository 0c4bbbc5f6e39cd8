import { setTimeout as pause } from 'node:timers/promises';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { type Chain, chain } from './kit/chain.ts';
import { icmpCounter } from './kit/counters.ts';
import { filter, run, sh, start } from './kit/exec.ts';
import { expectNoStackTrace, netwhy } from './kit/netwhy.ts';
import { allowPing, ORDINARY_USER } from './kit/ordinary-user.ts';
import { PROGRAM } from './kit/program.ts';
import { unlimited } from './kit/unlimited.ts';

const FAMILIES = [4, 6] as const;

/** As root without the capability that raw sockets need. */
const WITHOUT_RAW = ['setpriv', '--bounding-set=-net_raw', '--inh-caps=-net_raw'];

/** Sends what is for the server's link back from a router to the one before it. */
function loopAt(net: Chain, hop: number): void {
  sh(net.router(hop), `ip route replace 10.9.5.0/24 via 10.9.${hop - 1}.2`);
}

async function json(net: Chain, ...args: readonly string[]) {
  const finished = await netwhy(net.client, [...args, '--json']);
  expectNoStackTrace(finished);
  return { exitCode: finished.exitCode, document: JSON.parse(finished.stdout) };
}

test.each(FAMILIES)('IPv%i: a healthy path shows every router and its name, and the target answers', async (family) => {
  const names = [`10.9.0.1 first.test`, `fd09:0:0:1::1 first.test`];
  const net = await chain({ routers: 5, names: { hosts: names } });
  const finished = await netwhy(net.client, ['trace', net.target(family)]);
  expect(finished, finished.stdout).toMatchObject({ exitCode: 0, stderr: '' });
  const rows = finished.stdout.split('\n').filter((line) => /^ {1,2}\d+ {2}/u.test(line));
  expect(rows).toHaveLength(6);
  for (const [index, row] of rows.entries()) expect(row).toContain(net.hop(index + 1, family));
  expect(rows[0]).toContain('(first.test)');
  expect(finished.stdout).toContain(`${net.target(family)} answers, 6 hops away`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: nothing is drawn twice where no terminal is
  expect(finished.stdout).not.toMatch(/\u001b/u);
});

test('--json is one document with the evidence, the names and the words', async () => {
  const net = await chain({ routers: 2, names: { hosts: ['10.9.0.1 first.test'] } });
  const { exitCode, document } = await json(net, 'trace', net.target());
  expect(exitCode).toBe(0);
  expect(document).toMatchObject({
    schema: 'netwhy.trace/v1',
    target: { host: net.target(), address: net.target(), family: 4 },
    verdict: { outcome: 'reached' },
    resolve: { status: 'literal' },
    route: { gateway: net.hop(1) },
    trace: { method: 'raw', protocol: 'icmp', outcome: 'reached' },
    names: { [net.hop(1)]: 'first.test' },
  });
  expect(document.trace.hops.map(({ addresses }: { addresses: string[] }) => addresses)).toEqual(
    [1, 2, 3].map((hop) => [net.hop(hop)]),
  );
  const unnamed = await json(net, 'trace', net.target(), '--no-names');
  expect(unnamed.document.names).toEqual({});
});

test('dead resolvers cost the names and no more than a second', async () => {
  const net = await chain({ routers: 2, names: { resolvers: ['10.9.0.77', '10.9.0.78'] } });
  const unnamed = await netwhy(net.client, ['trace', net.target(), '--no-names']);
  const named = await netwhy(net.client, ['trace', net.target()]);
  expect(named.exitCode).toBe(0);
  expect(named.wallMs - unnamed.wallMs).toBeLessThan(2000);
});

test('where the path stops is told as the last hop that answered, not as a cause', async () => {
  const net = await chain({ routers: 5 });
  filter(net.router(3), 'forward', `ip daddr ${net.target()} drop`);
  const finished = await netwhy(net.client, ['trace', net.target()]);
  expect(finished.exitCode).toBe(2);
  const words = finished.stdout.replace(/\s+/gu, ' ');
  expect(words).toContain(`Nothing answers from behind hop 3 (${net.hop(3)})`);
  expect(words).toContain(`netwhy check ${net.target()}`);
});

test('a loop is told with the routers that make it', async () => {
  const net = await chain({ routers: 5 });
  loopAt(net, 4);
  const finished = await netwhy(net.client, ['trace', net.target()]);
  expect(finished.exitCode).toBe(2);
  expect(finished.stdout).toContain('A routing loop from hop 3 on: 10.9.2.1 → 10.9.3.1 → 10.9.2.1');
});

test('a router that sends no errors is a harmless gap', async () => {
  const net = await chain({ routers: 5 });
  filter(net.router(2), 'output', 'icmp type time-exceeded drop');
  const finished = await netwhy(net.client, ['trace', net.target()]);
  expect(finished.exitCode, finished.stdout).toBe(0);
  expect(finished.stdout).toMatch(/^ {2}2 {2}no answer/mu);
  expect(finished.stdout).toContain('Hop 2 did not answer, and hops behind did');
});

test('who forbids or cannot deliver is named with its hop', async () => {
  const net = await chain({ routers: 5 });
  filter(net.router(3), 'forward', `ip daddr ${net.target()} reject with icmp type admin-prohibited`);
  const forbidden = await netwhy(net.client, ['trace', net.target()]);
  expect(forbidden.exitCode).toBe(2);
  expect(forbidden.stdout.replace(/\s+/gu, ' ')).toContain(
    `Hop 3 (${net.hop(3)}) reports that this is forbidden (ICMP 3/13)`,
  );
  const pinged = await netwhy(net.client, ['ping', net.target()]);
  expect(pinged.exitCode).toBe(2);
  expect(pinged.stdout).toContain(`From ${net.hop(3)}: prohibited (ICMP 3/13) ×`);
});

test('--max-hops that ends before the target claims no end of the path', async () => {
  const net = await chain({ routers: 5 });
  const { exitCode, document } = await json(net, 'trace', net.target(), '--max-hops', '3');
  expect(exitCode).toBe(2);
  expect(document.trace.hops).toHaveLength(3);
  expect(document.verdict.says).toContain('the path goes on behind it');
});

test('a trace by TCP finds the port that a filter drops, where one by ICMP goes through', async () => {
  const net = await chain({ routers: 5 });
  filter(net.router(3), 'forward', 'tcp dport 443 drop');
  const byTcp = await json(net, 'trace', `${net.target()}:443`);
  expect(byTcp.exitCode).toBe(2);
  expect(byTcp.document).toMatchObject({
    verdict: { outcome: 'stopped', where: { hop: 3, address: net.hop(3) } },
    trace: { protocol: 'tcp', port: 443 },
  });
  expect((await json(net, 'trace', net.target())).exitCode).toBe(0);
  const closed = await json(net, 'trace', net.target(), '--protocol', 'tcp', '--port', '81');
  expect(closed.exitCode).toBe(0);
  expect(closed.document.verdict.notes.join()).toContain('answers with a reset');
  expect((await json(net, 'trace', net.target(), '--protocol', 'udp')).exitCode).toBe(0);
});

test('ping counts, measures and tells in words', async () => {
  const net = await chain({ routers: 1 });
  const finished = await netwhy(net.client, ['ping', net.target(), '--count', '3']);
  expect(finished, finished.stdout).toMatchObject({ exitCode: 0, stderr: '' });
  expect(finished.stdout.match(/icmp_seq=\d ttl=63 time=/gu)).toHaveLength(3);
  expect(finished.stdout).toContain('3 sent, 3 answered, 0 % lost (95 % interval 0 – ');
  expect(finished.stdout).toContain(`${net.target()} answers echo`);
});

test.each(FAMILIES)(
  'IPv%i: ping --json has the loss with its interval, and exactly the echoes that were asked for',
  async (family) => {
    const net = await chain({ routers: 1, wires: { 1: { toServer: { loseEvery: 4 } } } });
    const { exitCode, document } = await json(net, 'ping', net.target(family), '--count', '20');
    expect(exitCode).toBe(0);
    expect(document).toMatchObject({
      schema: 'netwhy.ping/v1',
      target: { host: net.target(family), family },
      verdict: { outcome: 'lossy' },
      ping: { sent: 20 },
    });
    const { lossPercent, lossInterval } = document.ping;
    expect(lossPercent).toBeGreaterThan(10);
    expect(lossInterval.low).toBeLessThan(lossPercent);
    expect(lossInterval.high).toBeGreaterThan(lossPercent);
  },
);

test('a silent host is not answered, and not called down', async () => {
  const net = await chain({ routers: 1 });
  filter(net.server, 'input', 'icmp type echo-request drop');
  const finished = await netwhy(net.client, ['ping', net.target(), '--count', '3']);
  expect(finished.exitCode).toBe(2);
  expect(finished.stdout).toContain('3 sent, 0 answered, 100 % lost');
  expect(finished.stdout).toContain('does not answer echo');
  expect((await netwhy(net.client, ['ping', net.target(), '--count', '1', '--quiet'])).stdout).toBe('');
});

test('a deadline ends a ping with what is known', async () => {
  const net = await chain({ routers: 1 });
  const finished = await netwhy(net.client, ['ping', net.target(), '--count', '1000', '--deadline', '1', '--json']);
  const { ping } = JSON.parse(finished.stdout);
  expect(finished.exitCode).toBe(0);
  expect(ping).toMatchObject({ cutShort: true });
  expect(ping.received).toBeLessThan(100);
});

test.each(['ping', 'trace'])('%s: a name that does not exist could not be tried', async (command) => {
  const net = await chain({ routers: 1, names: { resolvers: ['10.9.1.1'] } });
  const { exitCode, document } = await json(net, command, 'nowhere.test');
  expect(exitCode).toBe(3);
  expect(document).toMatchObject({ target: { address: null }, verdict: null, [command]: null });
});

test.each(['ping', 'trace'])('%s: no way to the address could not be tried, and the errno is told', async (command) => {
  const net = await chain({ routers: 1 });
  sh(net.client, 'ip route del default');
  const finished = await netwhy(net.client, [command, '192.0.2.1']);
  expect(finished.exitCode, finished.stdout).toBe(3);
  expect(finished.stdout).toContain('ENETUNREACH');
});

test.each(['ping', 'trace'])("%s: this machine's own firewall is told, and no loss is made of it", async (command) => {
  const net = await chain({ routers: 1 });
  filter(net.client, 'output', 'icmp type echo-request drop');
  const finished = await netwhy(net.client, [command, net.target()]);
  expect(finished.exitCode, finished.stdout).toBe(3);
  expect(finished.stdout).toContain('own firewall');
  expect(finished.stdout).not.toContain('%');
});

test('ping where this machine allows no echo at all says how to grant it', async () => {
  const net = await chain({ routers: 1 });
  const finished = await run(net.client, [...WITHOUT_RAW, process.execPath, PROGRAM, 'ping', net.target()]);
  expect(finished.exitCode, finished.stdout).toBe(3);
  const words = finished.stdout.replace(/\s+/gu, ' ');
  expect(words).toContain('setcap cap_net_raw+ep');
  expect(words).toContain('sysctl -w net.ipv4.ping_group_range="0 0"');
  expectNoStackTrace(finished);
});

test.each(FAMILIES)('IPv%i: an ordinary user pings and traces by the kernel engine', async (family) => {
  const net = await chain({ routers: 2 });
  allowPing(net.client);
  unlimited(net);
  const asUser = [...ORDINARY_USER, process.execPath, PROGRAM];
  const to = net.target(family);
  const pinged = await run(net.client, [...asUser, 'ping', to, '--count', '3', '--json']);
  expect(JSON.parse(pinged.stdout).ping).toMatchObject({ method: 'kernel', received: 3, replyTtl: 62 });
  for (const protocol of ['icmp', 'udp', 'tcp']) {
    const { stdout } = await run(net.client, [...asUser, 'trace', to, '--protocol', protocol, '--json']);
    const { trace } = JSON.parse(stdout);
    expect(trace, protocol).toMatchObject({ method: 'kernel', protocol, outcome: 'reached' });
    expect(trace.hops.map(({ addresses }: { addresses: string[] }) => addresses)).toEqual(
      [1, 2, 3].map((hop) => [net.hop(hop, family)]),
    );
  }
});

test.each([
  [['ping', '192.0.2.7:80']],
  [['ping', '192.0.2.7', '--count', '0']],
  [['ping', '192.0.2.7', '-6']],
  [['ping', '10.0.0.256']],
  [['trace', '192.0.2.7', '--port', '80', '--protocol', 'icmp']],
  [['trace', '192.0.2.7', '--once', '--watch']],
  [['trace', '192.0.2.7', '--json', '--markdown']],
  [['trace', '192.0.2.7', '--max-hops', '99']],
  [['trace', '192.0.2.7', '--protocol', 'sctp']],
  [['trace']],
])('%j is a usage error, and nothing is sent', async (args) => {
  const net = await chain({ routers: 0 });
  const finished = await netwhy(net.client, args);
  expect(finished).toMatchObject({ exitCode: 64, stdout: '' });
  expect(finished.stderr).toMatch(/^netwhy: .+\n/u);
  expectNoStackTrace(finished);
  expect(icmpCounter(net.client, 'OutEchos')).toBe(0);
});

test.each(['ping', 'trace'])('an interrupt ends %s with 130 and what is known', async (command) => {
  const net = await chain({ routers: 5 });
  filter(net.router(3), 'forward', `ip daddr ${net.target()} drop`);
  const child = start(net.client, [process.execPath, PROGRAM, command, net.target()]);
  let stdout = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  while (icmpCounter(net.client, 'OutEchos') < 3) await pause(10);
  child.kill('SIGINT');
  const exitCode = await new Promise((resolve) => child.once('close', resolve));
  expect(exitCode).toBe(130);
  expect(stdout).toContain(command === 'ping' ? 'sent, 0 answered' : net.hop(3));
  expect(stdout.toLowerCase()).toContain('ended early');
});

/** Runs a trace on a terminal of this size, and presses Ctrl-C after a while. */
function onTerminal(net: Chain, args: readonly string[], columns = 90, seconds = 30) {
  const program = [process.execPath, PROGRAM, 'trace', ...args].join(' ');
  const inside = `script -qec "stty cols ${columns} rows 20; exec ${program}" /dev/null`;
  // The exit code comes through the pipe on a line of its own.
  const person = `{ sleep ${seconds} & wait $!; printf '\\003'; sleep 1; } | { ${inside}; echo "exit=$?"; }`;
  return run(net.client, ['sh', '-c', person], { env: { TERM: 'xterm' } });
}

const CURSOR_BACK = '\u001b[?25h';

test('--watch goes on until Ctrl-C, asks no router for more than one error a second, and leaves its table behind', async () => {
  const net = await chain({ routers: 3 });
  const errors = () => icmpCounter(net.router(1), 'OutTimeExcds');
  const before = errors();
  const { stdout, wallMs } = await onTerminal(net, [net.target(), '--watch'], 90, 4);
  expect(stdout).toContain('exit=130');
  expect(errors() - before).toBeGreaterThanOrEqual(2);
  expect(errors() - before).toBeLessThanOrEqual(Math.ceil(wallMs / 1000));
  const [drawn = '', after = ''] = stdout.split(`${CURSOR_BACK}\u001b[?1049l`);
  expect(drawn).toContain('\u001b[?1049h\u001b[?25l');
  expect(after).toContain(`${net.target()} answers, 4 hops away`);
});

test('on a terminal the table that grows is replaced by the finished one', async () => {
  const net = await chain({ routers: 5 });
  filter(net.router(3), 'forward', `ip daddr ${net.target()} drop`);
  const { stdout } = await onTerminal(net, [net.target(), '--no-color'], 90, 3);
  expect(stdout).toContain('tracing …');
  const [drawn = '', after = ''] = stdout.split(CURSOR_BACK);
  expect(drawn).toContain('\u001b[J');
  expect(after.match(/Path to/gu)).toHaveLength(1);
  expect(after).toContain('Nothing answers from behind');
  expect(after).toContain('exit=2');
});

test('NO_COLOR and a narrow terminal: no colours, and no line is longer than the terminal', async () => {
  const net = await chain({ routers: 3 });
  const { stdout } = await onTerminal(net, [net.target(6), '--no-color', '--lang', 'ko'], 40, 2);
  const after = stdout.split(CURSOR_BACK).at(-1) ?? '';
  expect(after).toContain('응답합니다');
  expect(after).not.toContain('\u001b[');
  for (const line of after.split(/\r?\n/u)) expect(stringWidth(line), line).toBeLessThanOrEqual(40);
});
