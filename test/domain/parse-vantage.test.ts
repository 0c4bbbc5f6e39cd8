import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseVantage } from '../../src/domain/parse-vantage.ts';
import { vantageText } from '../../src/domain/vantage.ts';

test.each([
  ['local', { kind: 'local' }],
  ['ssh://app2', { kind: 'ssh', user: null, host: 'app2', port: null }],
  ['ssh://ann@app2.example:2222', { kind: 'ssh', user: 'ann', host: 'app2.example', port: 2222 }],
  ['ssh://ann@corp.example@app2', { kind: 'ssh', user: 'ann@corp.example', host: 'app2', port: null }],
  ['ssh://10.0.0.7:22', { kind: 'ssh', user: null, host: '10.0.0.7', port: 22 }],
  ['ssh://[2001:db8::7]:22', { kind: 'ssh', user: null, host: '2001:db8::7', port: 22 }],
  ['ssh://[fe80::1%eth0]', { kind: 'ssh', user: null, host: 'fe80::1%eth0', port: null }],
  ['docker://web_1.a-b', { kind: 'docker', container: 'web_1.a-b' }],
  ['kubectl://web-0', { kind: 'kubectl', namespace: null, pod: 'web-0', container: null }],
  ['kubectl://shop/web-0', { kind: 'kubectl', namespace: 'shop', pod: 'web-0', container: null }],
  ['kubectl://shop/web-0/nginx', { kind: 'kubectl', namespace: 'shop', pod: 'web-0', container: 'nginx' }],
  ['kubectl:///web-0/nginx', { kind: 'kubectl', namespace: null, pod: 'web-0', container: 'nginx' }],
])('%s', (text, vantage) => {
  expect(parseVantage(text)).toEqual({ kind: 'ok', vantage });
});

test.each([
  ['', 'does not say how'],
  ['app2', 'does not say how'],
  ['telnet://app2', '"telnet" is no way'],
  ['ssh://', 'the host is missing'],
  ['ssh://@app2', 'the user name is missing'],
  ['ssh://ann:secret@app2', 'holds no password'],
  ['ssh://app2/tmp', 'without a path'],
  ['ssh://app2:0', 'a port is a number'],
  ['ssh://app2:', 'a port is a number'],
  ['ssh://app2:65536', 'a port is a number'],
  ['ssh://2001:db8::7', 'stands in brackets'],
  ['ssh://[app2]', 'is no host'],
  ['ssh://-oProxyCommand=x', 'taken for an option'],
  ['ssh://-l@app2', 'taken for an option'],
  ['ssh://a b', 'holds no space'],
  ['ssh://a\u001b[2J', 'holds no character U+001B'],
  ['ssh://bücher', 'holds no character U+00FC'],
  ['ssh://a$(reboot)', 'is no host'],
  ['ssh://a`b`@c', 'is no user name'],
  ['docker://', 'the container is missing'],
  ['docker://-x', 'taken for an option'],
  ['docker://a/b', 'is no container'],
  ['kubectl://Shop/web', 'is no namespace'],
  ['kubectl://shop/-web', 'taken for an option'],
  ['kubectl://a/b/c/d', 'at most a namespace'],
  [`ssh://${'a'.repeat(600)}`, 'at most 512 characters'],
])('%j is refused, and says why and what would be right', (text, why) => {
  const parsed = parseVantage(text);
  expect(parsed).toMatchObject({ kind: 'invalid', message: expect.stringContaining(why) });
  if (parsed.kind === 'invalid') expect(parseVantage(parsed.example).kind).toBe('ok');
});

test('whatever is accepted is written as it is read, and holds nothing that a shell or an option parser would read', () => {
  const piece = fc.stringMatching(/^[-a-z0-9@:/.[\]%$`;'"\\ _]{0,12}$/);
  fc.assert(
    fc.property(fc.constantFrom('ssh://', 'docker://', 'kubectl://', ''), piece, piece, (scheme, a, b) => {
      const parsed = parseVantage(`${scheme}${a}${b}`);
      if (parsed.kind === 'invalid') return;
      expect(parseVantage(vantageText(parsed.vantage))).toEqual(parsed);
      for (const part of Object.values(parsed.vantage)) {
        expect(String(part ?? '')).not.toMatch(/^-|[\s$`;'"\\|&<>(){}*?!#~]/);
      }
    }),
    { numRuns: 3000 },
  );
});
