import { expect, test } from 'vitest';
import { examine } from '../../../src/analysis/doctor/doctor.ts';
import type { CapabilityId, Examined } from '../../../src/domain/doctor.ts';
import type { LoopbackTrial, MachineFacts } from '../../../src/domain/machine-facts.ts';
import { engine, machine, ordinaryUser } from '../machine-facts.ts';

function find(id: CapabilityId, facts: MachineFacts): Examined {
  const found = examine(facts).examined.find((each) => each.id === id);
  if (found === undefined) throw new Error(`${id} was not examined`);
  return found;
}

function commandsOf({ grants }: Examined): string {
  return grants.map(({ command }) => command).join('\n');
}

const silent: readonly LoopbackTrial[] = [4, 6].map((family) => ({
  family: family as 4 | 6,
  kind: 'echo',
  result: { kind: 'silent' },
}));
const CLOSED = engine('kernel', { lacks: ['echo'] });

test('with every engine whole the checkup is full and costs nothing', () => {
  expect(examine(machine())).toMatchObject({ verdict: 'full', undecided: [], unsure: [] });
});

test('a missing vantage or a missing ss makes nothing reduced', () => {
  const facts = machine({ tools: { ip: '/sbin/ip', ssh: '/usr/bin/ssh' } });
  expect(examine(facts).verdict).toBe('full');
  expect(find('docker', facts)).toMatchObject({ state: 'missing', undecided: [] });
});

test('without raw sockets a whole kernel engine loses no diagnosis', () => {
  const facts = ordinaryUser([engine('kernel'), engine('system'), engine('sockets')]);
  expect(examine(facts)).toMatchObject({ verdict: 'reduced', undecided: [], unsure: [] });
  expect(find('raw', facts)).toMatchObject({ state: 'missing', cause: 'not-permitted', undecided: [], unsure: [] });
});

test('with sockets alone the codes that need echo, path or ICMP errors are lost', () => {
  const { verdict, undecided, unsure } = examine(ordinaryUser([engine('sockets')]));
  expect(verdict).toBe('reduced');
  expect(undecided).toEqual(expect.arrayContaining(['packet-loss', 'routing-loop', 'port-rejected']));
  expect(undecided).not.toContain('port-open');
  expect(unsure).toContain('reachable');
});

test('no answer from any engine is nothing', () => {
  const engines = machine().engines.map((each) => ({ ...each, trials: silent }));
  expect(examine(machine({ engines })).verdict).toBe('nothing');
  expect(find('sockets', machine({ engines }))).toMatchObject({ cause: 'loopback-silent' });
});

test('a family that the machine does not have is not held against an engine', () => {
  const trials = engine('raw').trials.map((trial) =>
    trial.family === 6 ? { ...trial, result: { kind: 'refused', code: 'EADDRNOTAVAIL' } as const } : trial,
  );
  const engines = [engine('raw', { trials })];
  expect(find('raw', machine({ engines, families: { 4: 'global', 6: 'absent' } })).state).toBe('full');
  expect(find('raw', machine({ engines }))).toMatchObject({ state: 'reduced', detail: '::1 EADDRNOTAVAIL' });
});

test('a closed ping_group_range is told with its value, and opened and closed again by sysctl', () => {
  const facts = ordinaryUser([CLOSED, engine('sockets')], { pingGroups: { first: 1, last: 0, isCovered: false } });
  const kernel = find('kernel', facts);
  expect(kernel).toMatchObject({ state: 'reduced', cause: 'ping-group-closed', detail: '1 0' });
  expect(kernel.undecided).toContain('packet-loss');
  expect(kernel.undecided).not.toContain('routing-loop');
  expect(kernel.grants[0]).toMatchObject({
    command: 'sudo sysctl -w net.ipv4.ping_group_range="0 2147483647"',
    undo: 'sudo sysctl -w net.ipv4.ping_group_range="1 0"',
  });
});

test('a user namespace is offered a range of groups that it maps', () => {
  expect(commandsOf(find('kernel', ordinaryUser([CLOSED], { isUserNamespace: true })))).toContain('"0 0"');
});

test('the right is offered on a copy of node, never on node itself', () => {
  const commands = commandsOf(find('raw', ordinaryUser([])));
  expect(commands).toContain('setcap cap_net_raw+ep ~/node-raw');
  expect(commands).not.toMatch(/setcap \S+ [^~]/u);
});

test('where nothing may gain a right, no file capability and no sudo is offered', () => {
  const facts = ordinaryUser([], { mayGainNetRaw: false, noNewPrivileges: true, container: 'docker' });
  expect(find('raw', facts).cause).toBe('no-new-privileges');
  expect(commandsOf(find('raw', facts))).toBe('docker run --cap-add NET_RAW …');
});

test.each([
  ['not-built', {}, 'sudo apt-get install -y g++ make python3\ncd /opt/netwhy\nnpm rebuild raw-socket'],
  ['other-abi', { 'c++': '/c', make: '/m', python3: '/p' }, 'cd /opt/netwhy\nnpm rebuild raw-socket'],
] as const)('an addon that is %s is built in place, with what builds it', (state, tools, commands) => {
  const engines = [engine('raw', { package: { state, detail: 'x' }, trials: [] })];
  const facts = machine({ isRoot: false, tools, engines });
  expect(find('raw', facts)).toMatchObject({ state: 'missing', cause: state });
  expect(commandsOf(find('raw', facts))).toBe(commands);
});

test.each([
  ['debian', 'apt-get install -y iputils-ping traceroute mtr-tiny'],
  ['rpm', 'dnf install -y iputils traceroute mtr'],
  ['alpine', 'apk add iputils traceroute mtr'],
] as const)('on %s the missing tools are installed by its packages', (distribution, command) => {
  const engines = [engine('system', { refusal: { isPermission: false, said: null }, trials: [] })];
  expect(commandsOf(find('system', machine({ distribution, tools: {}, engines })))).toBe(command);
});

test('a distribution that nobody knows gets a line for each usual kind', () => {
  const facts = machine({ distribution: null, tools: {} });
  expect(find('ip', facts).grants.map(({ command }) => command)).toEqual([
    'apt-get install -y iproute2',
    'dnf install -y iproute',
    'apk add iproute2',
  ]);
});

test('on Windows the rule for Time Exceeded is shown as what it is: not looked at', () => {
  const facts = machine({ platform: 'win32' });
  expect(find('time-exceeded', facts).state).toBe('unknown');
  expect(commandsOf(find('time-exceeded', facts))).toContain('protocol=icmpv4:11,any');
  expect(examine(machine()).examined.some(({ id }) => id === 'time-exceeded')).toBe(false);
});
