import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillCommand } from '../../src/finding/fill-command.ts';
import { factsWith } from './sample-facts.ts';

test('a plain value is inserted as it is', () => {
  const facts = factsWith({ address: 'fe80::1%eth0', source: '192.0.2.1', port: '443' });
  expect(fillCommand('nft x {source}/32 {port} {address}', facts)).toBe('nft x 192.0.2.1/32 443 fe80::1%eth0');
});

test('what is not known shows as a placeholder', () => {
  expect(fillCommand('ip route add default via {gateway}', factsWith({}))).toBe('ip route add default via <gateway>');
});

test('braces that are no facts stay: shorthand of AWS, sets of nft, Go templates', () => {
  const facts = factsWith({ source: '192.0.2.1' });
  const command = `aws 'IpRanges=[{CidrIp={source}/32}]'; nft '{ a, b }'; docker -f '{{.Config}}'`;
  expect(fillCommand(command, facts)).toBe(
    `aws 'IpRanges=[{CidrIp=192.0.2.1/32}]'; nft '{ a, b }'; docker -f '{{.Config}}'`,
  );
});

test('a bracketed IPv6 target is quoted, so that no shell expands it', () => {
  expect(fillCommand('netwhy check {target}', factsWith({ target: '[2001:db8::7]:443' }))).toBe(
    "netwhy check '[2001:db8::7]:443'",
  );
});

test('a value that looks like an option is never inserted', () => {
  expect(fillCommand('ping {host}', factsWith({ host: '-f' }))).toBe('ping <host>');
  expect(fillCommand("ping '{host}'", factsWith({ host: '-f x' }))).toBe("ping '<host>'");
});

test('in PowerShell, whose quoting differs, a value that needs quoting is never inserted', () => {
  expect(fillCommand('Resolve-DnsName {host}', factsWith({ host: 'a;b' }), 'powershell')).toBe(
    'Resolve-DnsName <host>',
  );
  expect(fillCommand('Resolve-DnsName {host}', factsWith({ host: 'a.b' }), 'powershell')).toBe('Resolve-DnsName a.b');
});

test.each([
  ['bare', 'printf %s {host}'],
  ['in single quotes', "printf %s '{host}'"],
  ['in double quotes', 'printf %s "{host}"'],
  ['after an escaped quote', "printf %s \\'{host}"],
  ['in double quotes inside single ones', `printf %s 'name="{host}"'`],
])('a shell takes a hostile value as one literal word: %s', (_, template) => {
  const around = execFileSync('sh', ['-c', fillCommand(template, factsWith({ host: 'X' }))], { encoding: 'utf8' });
  const hostile = fc.array(
    fc.constantFrom('a', "'", '"', '\\', '$', '`', '$(id)', ';', '|', '&', '*', ' ', '{', '<', '#'),
    {
      minLength: 1,
      maxLength: 12,
    },
  );
  fc.assert(
    fc.property(hostile, (parts) => {
      const value = parts.join('');
      const command = fillCommand(template, factsWith({ host: value }));
      expect(execFileSync('sh', ['-c', command], { encoding: 'utf8' })).toBe(around.replace('X', () => value));
    }),
    { numRuns: 40 },
  );
});

test.each(['a\n$ id', 'a\rb', 'a\u001b[2Jb', 'a\u202eb'])('what cannot be seen whole is never inserted: %j', (host) => {
  expect(fillCommand('ping {host}', factsWith({ host }))).toBe('ping <host>');
});
