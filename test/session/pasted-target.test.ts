import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pastedTarget, withoutLogin } from '../../src/session/pasted-target.ts';

test.each([
  ['10.0.0.1 5432', '10.0.0.1:5432'],
  ['2001:db8::7 443', '[2001:db8::7]:443'],
  ['ssh root@10.0.0.1', '10.0.0.1:22'],
  ['ssh -i ~/.ssh/key -p 2222 root@db1', 'db1:2222'],
  ['root@db1.example', 'db1.example:22'],
  ['postgres://u:p@db/x', 'db:5432'],
  ['postgresql://u:p%40x@db.example:6543/x?sslmode=require', 'db.example:6543'],
  ['jdbc:mysql://db/x', 'db:3306'],
  ['redis://:secret@[2001:db8::7]/0', '[2001:db8::7]:6379'],
  ['https://u:p@www.example.com/a', 'https://www.example.com/a'],
  ['telnet db1 25', 'db1:25'],
  ['nc -vz db1 25', 'db1:25'],
  ['curl -v https://www.example.com/', 'https://www.example.com/'],
  ['ping 192.0.2.7', '192.0.2.7'],
  ['db1.example:5432', 'db1.example:5432'],
  ['udp://ns1:53', 'udp://ns1:53'],
  ['unknown://db/x', 'unknown://db/x'],
  ['', ''],
])('%j is taken as %j', (pasted, target) => {
  expect(pastedTarget(pasted)).toBe(target);
});

test('no password is left of a URL, whatever it holds', () => {
  const secret = fc.stringMatching(/^[a-zA-Z0-9!$%:.]{8,20}$/u);
  fc.assert(
    fc.property(secret, (password) => {
      expect(withoutLogin(`amqp://me:${password}@mq/x`)).toBe('amqp://mq/x');
      expect(pastedTarget(`amqp://me:${password}@mq/x`)).toBe('mq:5672');
    }),
  );
});

test('a megabyte is as quick as a line', () => {
  const before = performance.now();
  expect(pastedTarget('x'.repeat(1_000_000))).toHaveLength(1_000_000);
  expect(withoutLogin(`a://${'x'.repeat(1_000_000)}`)).toHaveLength(1_000_004);
  expect(performance.now() - before).toBeLessThan(5000);
});
