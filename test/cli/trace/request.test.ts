import { Command } from 'commander';
import { expect, test } from 'vitest';
import { UserError } from '../../../src/cli/common/user-error.ts';
import { addTraceOptions, readTraceRequest } from '../../../src/cli/trace/request.ts';

function read(...args: readonly string[]) {
  const command = addTraceOptions(
    new Command()
      .argument('<host>')
      .exitOverride()
      .configureOutput({ writeErr: () => {} }),
  );
  command.parse(args, { from: 'user' });
  return readTraceRequest(command.args[0] ?? '', command.opts());
}

test.each([
  [['192.0.2.7'], 'icmp', null],
  [['192.0.2.7:443'], 'tcp', 443],
  [['https://www.example/'], 'tcp', 443],
  [['udp://192.0.2.7:53'], 'udp', 53],
  [['192.0.2.7', '--port', '22'], 'tcp', 22],
  [['192.0.2.7', '--protocol', 'udp'], 'udp', null],
  [['192.0.2.7:53', '--protocol', 'udp'], 'udp', 53],
] as const)('%j is traced by %s', (args, protocol, port) => {
  expect(read(...args)).toMatchObject({ protocol, port });
});

test.each([
  [['192.0.2.7:443', '--protocol', 'icmp'], /ICMP has no ports/],
  [['192.0.2.7:443', '--port', '80'], /port 443, and --port says 80/],
  [['192.0.2.7', '--watch', '--json'], /--json and --watch exclude each other/],
  [['192.0.2.7', '-4', '-6'], /exclude each other/],
  [['2001:db8::7', '-4'], /not an IPv4 address/],
  [['192.0.2.7/24'], /a path or a network/],
] as const)('%j is refused in words', (args, message) => {
  expect(() => read(...args)).toThrow(UserError);
  expect(() => read(...args)).toThrow(message);
});

test.each([
  ['--max-hops', '0'],
  ['--max-hops', '65'],
  ['--flows', '7'],
  ['--port', '65536'],
  ['--deadline', '0'],
])('%s %s is out of bounds', (...option) => {
  expect(() => read('192.0.2.7', ...option)).toThrow(/must be between/);
});
