import { CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { explainCommand } from '../../src/cli/catalogue/explain-command.ts';
import { UserError } from '../../src/cli/common/user-error.ts';

/** Everything that the command writes. */
async function explain(...args: readonly string[]): Promise<string> {
  const written: string[] = [];
  const command = explainCommand(async (text) => void written.push(text)).exitOverride();
  command.configureOutput({ outputError: () => undefined });
  await command.parseAsync([...args, ...(args.includes('--lang') ? [] : ['--lang', 'en'])], { from: 'user' });
  return written.join('');
}

test('an entry is shown whole: what it means, why, what looks the same, what to do and how to undo it', async () => {
  const text = await explain('icmp-filtered');
  expect(text).toMatch(/^icmp-filtered: Ping is filtered; <address> is up\nVerdict: degraded\n/u);
  for (const part of [
    'What it says',
    'When it is fine',
    '  packet-loss\n',
    '  nftables\n',
    'check (only reads):',
    'undo:',
    'risk: reversible',
  ]) {
    expect(text).toContain(part);
  }
  expect(text).toContain('ip saddr <source>/32 icmp type echo-request accept');
  expect(text).not.toMatch(/\[\[|\]\]|\{[a-z-]+\}/u);
});

test('prose fits a terminal; commands stay in one piece', async () => {
  const lines = (await explain('icmp-filtered')).split('\n');
  const prose = lines.filter((line) => !line.startsWith('        '));
  expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(100);
  expect(lines.some((line) => line.includes('New-NetFirewallRule') && line.trim().endsWith('-Action Allow'))).toBe(
    true,
  );
});

test('an entry is shown in Korean when asked for', async () => {
  const text = await explain('icmp-filtered', '--lang', 'ko');
  expect(text).toContain('판정: 품질 저하');
  expect(text).toContain('살아 있습니다');
});

test('without a code all are listed, by section, each with its title', async () => {
  const text = await explain();
  expect(text).toMatch(/^Healthy\n {2}reachable +<host> is reachable\n/u);
  expect(text).toMatch(/\nThis machine\n {2}no-network +This machine has no usable network\n/u);
});

test('as JSON the entry and the list are one document each', async () => {
  const entry = JSON.parse(await explain('no-route', '--json'));
  expect(entry).toMatchObject({ code: 'no-route', verdict: 'fault' });
  expect(entry.remedies[0]).toHaveProperty('undo');
  expect(JSON.parse(await explain('--json'))[0].findings[0]).toEqual({
    code: 'reachable',
    title: '<host> is reachable',
    verdict: 'healthy',
  });
});

test('a code that is none is the mistake of the user, with the nearest one named', async () => {
  await expect(explain('icmp-filterd')).rejects.toThrow(UserError);
  await expect(explain('icmp-filterd')).rejects.toMatchObject({ hint: 'Did you mean icmp-filtered?' });
  await expect(explain('xyzzy')).rejects.toMatchObject({ hint: 'netwhy explain lists them all.' });
});

test('a language that is none is the mistake of the user', async () => {
  await expect(explain('no-route', '--lang', 'de')).rejects.toThrow(CommanderError);
});
