import { expect, test } from 'vitest';
import { type CatalogueEntry, PLATFORMS, type Remedy } from '../../src/finding/entry.ts';
import { type ExplainOptions, explainDiagnosis } from '../../src/finding/explain.ts';
import { factsWith, IPV4_FACTS } from './sample-facts.ts';

const both = (text: string) => ({ en: text, ko: `${text} (ko)` });

const remedy = (platform: Remedy['platform'], title: string, more: Partial<Remedy> = {}): Remedy => ({
  platform,
  title: both(title),
  check: null,
  command: null,
  risk: 'none',
  undo: null,
  ...more,
});

const entry = (more: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
  code: 'icmp-filtered',
  title: both('{address} is up'),
  summary: both('{received} of {sent}'),
  explanation: both('Because of {proof}.'),
  fine: both('Fine if meant.'),
  alternatives: [
    { code: 'packet-loss', why: both('ping {address}') },
    { code: 'path-blackhole', why: both('trace') },
  ],
  ruledOut: both('answers'),
  remedies: [],
  ...more,
});

const options = (more: Partial<ExplainOptions> = {}): ExplainOptions => ({
  facts: IPV4_FACTS,
  lang: 'en',
  alternatives: [],
  where: null,
  family: 4,
  protocol: 'tcp',
  platforms: [],
  ...more,
});

const titles = (remedies: readonly Remedy[], more: Partial<ExplainOptions> = {}) =>
  explainDiagnosis(entry({ remedies }), options(more)).nextSteps.map(({ title }) => title);

test('texts are filled in the language asked for, and the explanation ends on when it is fine', () => {
  const explained = explainDiagnosis(entry(), options());
  expect(explained.title).toBe('198.51.100.7 is up');
  expect(explained.explanation).toBe('Because of TCP 22: SYN-ACK. Fine if meant.');
  expect(explainDiagnosis(entry(), options({ lang: 'ko' })).title).toBe('198.51.100.7 is up (ko)');
});

test('the alternatives are those that the evidence leaves, each with the words of its cause', () => {
  const alternatives = [
    { code: 'packet-loss', why: both('ping {address}') },
    { code: 'path-blackhole', why: both('trace') },
    { code: 'path-blackhole', cause: 'proxy', why: both('count the hops') },
  ] as const;
  const open = (more: Partial<ExplainOptions>) => explainDiagnosis(entry({ alternatives }), options(more)).alternatives;
  expect(open({})).toEqual([]);
  expect(open({ alternatives: [{ code: 'packet-loss' }] })).toEqual([
    { code: 'packet-loss', why: 'ping 198.51.100.7' },
  ]);
  expect(open({ alternatives: [{ code: 'path-blackhole', cause: 'proxy' }] })).toEqual([
    { code: 'path-blackhole', why: 'count the hops' },
  ]);
});

test('the place fills the facts that name it where they are not known', () => {
  const facts = factsWith({ 'where-address': '192.0.2.9' });
  const explained = explainDiagnosis(
    entry({ summary: both('hop {where-hop}, {where-address}') }),
    options({ facts, where: { hop: 3, address: '192.0.2.1' } }),
  );
  expect(explained.summary).toBe('hop 3, 192.0.2.9');
});

test('detected platforms come first, in their own order, then the rest in the fixed order', () => {
  const remedies = [...PLATFORMS].reverse().map((platform) => remedy(platform, platform));
  expect(titles(remedies, { platforms: ['nftables', 'linux'] }).slice(0, 5)).toEqual([
    'nftables',
    'linux',
    'any',
    'iptables',
    'ufw',
  ]);
});

test('a remedy for one family or transport is shown only for that one', () => {
  const remedies = [
    remedy('linux', 'v4', { family: 4 }),
    remedy('linux', 'v6', { family: 6 }),
    remedy('linux', 'tcp', { protocol: 'tcp' }),
    remedy('linux', 'udp', { protocol: 'udp' }),
  ];
  expect(titles(remedies)).toEqual(['v4', 'tcp']);
  expect(titles(remedies, { family: 6, protocol: 'udp' })).toEqual(['v6', 'udp']);
  expect(titles(remedies, { family: null })).toEqual(['v4', 'v6', 'tcp']);
});

test('at most twelve steps: later remedies of other platforms go first', () => {
  const remedies = PLATFORMS.flatMap((platform) => [
    remedy(platform, `${platform} 1`),
    remedy(platform, `${platform} 2`),
  ]);
  const shown = titles(remedies, { platforms: ['network'] });
  expect(shown).toHaveLength(12);
  expect(shown.slice(0, 3)).toEqual(['network 1', 'network 2', 'any 1']);
  expect(shown).not.toContain('linux 2');
});

test('steps of a detected platform are never left out', () => {
  const remedies = Array.from({ length: 15 }, (_, index) => remedy('linux', `linux ${index}`));
  expect(titles([...remedies, remedy('any', 'any')], { platforms: ['linux'] })).toHaveLength(15);
});

test('commands are filled, quoted for the shell of their platform', () => {
  const facts = factsWith({ host: 'a b' });
  const remedies = [
    remedy('linux', 'l', { check: 'dig {host}', command: 'ping {host}', risk: 'reversible', undo: 'x {gateway}' }),
    remedy('windows', 'w', { check: 'Resolve-DnsName {host}' }),
  ];
  const steps = explainDiagnosis(entry({ remedies }), options({ facts })).nextSteps;
  expect(steps[0]).toEqual({
    title: 'l',
    platform: 'linux',
    check: "dig 'a b'",
    command: "ping 'a b'",
    risk: 'reversible',
    undo: 'x <gateway>',
  });
  expect(steps[1]?.check).toBe('Resolve-DnsName <host>');
});
