import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { chain } from './kit/chain.ts';
import { sh } from './kit/exec.ts';
import { expectNoStackTrace, netwhy } from './kit/netwhy.ts';

const LABEL_OF_63 = 'a'.repeat(63);

test.each([
  ['an empty target', ['']],
  ['a target of spaces', ['   ']],
  ['no target', []],
  ['two targets', ['10.9.0.1', '10.9.0.2']],
  ['port 70000', ['10.9.0.1:70000']],
  ['port 0', ['10.9.0.1:0']],
  ['a negative port', ['10.9.0.1:-1']],
  ['a service nobody knows', ['10.9.0.1:no-such-service']],
  ['a name of 300 characters', [`${'abcdefghi.'.repeat(30)}x`]],
  ['a label of 64 characters', [`${LABEL_OF_63}a.test`]],
  ['an address with a part too many', ['10.9.0.1.1']],
  ['an address with a part out of range', ['10.9.0.256']],
  ['an IPv6 address with two gaps', ['fd09::1::2']],
  ['an open bracket', ['[fd09::1']],
  ['a scheme nobody knows', ['gopher://10.9.0.1']],
  ['a URL without a host', ['https://']],
  ['a name with a space', ['web test']],
  ['a name with a control character', ['web\u001b[2Jtest']],
  ['an option nobody knows', ['10.9.0.1', '--frobnicate']],
  ['an empty deadline', ['10.9.0.1', '--deadline', '']],
  ['a negative deadline', ['10.9.0.1', '--deadline', '-5']],
  ['a deadline in words', ['10.9.0.1', '--deadline', 'soon']],
  ['no echo at all', ['10.9.0.1', '--count', '0']],
  ['an engine nobody knows', ['10.9.0.1', '--engine', 'steam']],
  ['a flow nobody knows', ['10.9.0.1', '--flow', 'no-such-flow']],
  ['an answer to no question', ['10.9.0.1', '--answer', 'nonsense']],
  ['an answer to a question that is not in the flow', ['10.9.0.1', '--answer', 'no-such-node=yes']],
  ['an answer by hand that the probe does not have', ['10.9.0.1', '--answer', 'reachable=toString']],
  ['a language nobody speaks', ['10.9.0.1', '--lang', 'tlh']],
  ['a vantage that is none', ['10.9.0.1', '--on', 'ftp://somewhere']],
])('%s is a usage error and sends nothing', async (_, args) => {
  const net = await chain({ routers: 0 });
  sh(net.client, "nft 'add table inet count; add chain inet count out { type filter hook output priority 0; }'");
  sh(
    net.client,
    "nft 'add rule inet count out meta l4proto { tcp, udp } counter; add rule inet count out icmp type echo-request counter'",
  );
  const finished = await netwhy(net.client, ['check', ...args, '--json']);
  expect(finished, finished.stderr).toMatchObject({ exitCode: 64 });
  expect(finished.stderr).not.toBe('');
  expectNoStackTrace(finished);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
  expect(finished.stderr).not.toMatch(/\u001b/);
  expect(sh(net.client, 'nft list ruleset').match(/packets \d+/g)).toEqual(['packets 0', 'packets 0']);
});

test('a bad target is told with what is wrong and an example', async () => {
  const net = await chain({ routers: 0 });
  const { stderr } = await netwhy(net.client, ['check', '10.9.0.1:70000']);
  expect(stderr).toContain('70000');
  expect(stderr).toMatch(/e\.g\.|example|like/i);
});

test.each([
  ['that is no YAML', 'flow: [', 1],
  ['with a key nobody knows', 'flow: mine\ntitle: { en: a, ko: b }\nstart: a\nnodez: {}\n', 4],
  ['that is empty', '', 1],
])('a flow file %s is refused with its line', async (_, text, line) => {
  const net = await chain({ routers: 0 });
  const folder = mkdtempSync(join(tmpdir(), 'netwhy-flow-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'broken.yaml');
  writeFileSync(file, text);
  const finished = await netwhy(net.client, ['check', '10.9.0.1', '--flow', file]);
  expect(finished.exitCode, finished.stderr).toBe(64);
  expect(finished.stderr).toContain(`broken.yaml:${line}`);
  expectNoStackTrace(finished);
});
