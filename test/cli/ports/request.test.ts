import { expect, test } from 'vitest';
import { UserError } from '../../../src/cli/common/user-error.ts';
import { processOf, readPortsRequest } from '../../../src/cli/ports/request.ts';

const NAMES = new Map([
  [1, 'systemd'],
  [70, 'postgres'],
  [80, 'kube-controller'],
  [90, '4711'],
  [91, 'my "proc'],
]);

function mistakeOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof UserError) return `${error.message} ${error.hint}`;
    throw error;
  }
  throw new Error('It was taken.');
}

test.each([
  ['443', { tcp: 443, udp: 443 }, '443'],
  ['00443', { tcp: 443, udp: 443 }, '443'],
  ['https', { tcp: 443 }, '443 (https)'],
  ['mongodb', { tcp: 27017, udp: 27017 }, '27017 (mongodb)'],
])('%s is a port', (text, port, label) => {
  const request = readPortsRequest(text, { color: false, on: 'local' });
  expect(request.filter.port).toMatchObject(port);
  expect(request.asked.port).toBe(label);
});

test.each([
  ['0', 'from 1 to 65535'],
  ['65536', 'from 1 to 65535'],
  ['99999999999999999999', 'from 1 to 65535'],
  ['htps', 'netwhy ports https'],
  ['-', '/etc/services'],
  ['', '/etc/services'],
  ['\u001b[2J', '/etc/services'],
])('%j is no port, and what would be right is said', (text, hint) => {
  const mistake = mistakeOf(() => readPortsRequest(text, { color: false, on: 'local' }));
  expect(mistake).toContain(hint);
  expect(mistake).not.toMatch(/\p{Cc}/u);
});

test.each([
  ['listen', ['listen']],
  ['LISTEN,TIME_WAIT', ['listen', 'time-wait']],
  ['estab', ['established']],
  ['FIN_WAIT2', ['fin-wait-2']],
  ['unconn, close-wait', ['unconnected', 'close-wait']],
])('--state %s', (state, states) => {
  expect(readPortsRequest(undefined, { color: false, on: 'local', state }).filter.states).toEqual(states);
});

test('a state that is none is told with the nearest one', () => {
  expect(mistakeOf(() => readPortsRequest(undefined, { color: false, on: 'local', state: 'time-wiat' }))).toContain(
    '--state time-wait',
  );
  expect(mistakeOf(() => readPortsRequest(undefined, { color: false, on: 'local', state: '' }))).toContain(
    'States: listen',
  );
  expect(mistakeOf(() => readPortsRequest(undefined, { color: false, on: 'local', state: 'constructor' }))).toContain(
    'no state',
  );
});

test.each([
  ['70', { pid: 70 }],
  ['postgres', { name: 'postgres' }],
  ['kube-controller-manager', { name: 'kube-controller' }],
])('--process %s', (text, process) => {
  expect(processOf(text, NAMES)).toEqual(process);
});

test.each([
  ['postgre', '--process postgres'],
  ['my proc', '--process "my \\"proc"'],
  ['71', 'ps -e'],
  ['something-else', 'ps -e'],
])('--process %s runs nowhere, and what would be right is said', (text, hint) => {
  expect(mistakeOf(() => processOf(text, NAMES))).toContain(hint);
});

test('where processes cannot be listed, every name is taken', () => {
  expect(processOf('nginx', new Map())).toEqual({ name: 'nginx' });
});

test.each([
  [{ ipv4: true, ipv6: true }, '-4 and -6'],
  [{ json: true, watch: true }, '--json and --watch'],
  [{ quiet: true, watch: true }, '--quiet and --watch'],
  [{ on: 'ssh://db1', watch: true }, '--watch looks at this machine only'],
] as const)('%j contradict each other', (options, mistake) => {
  expect(mistakeOf(() => readPortsRequest(undefined, { color: false, on: 'local', ...options }))).toContain(mistake);
});
