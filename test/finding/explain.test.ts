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
  isLocal: false,
  owner: 'unknown',
  otherOwners: [],
  evidence: {},
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

test('steps for every platform come first, then those of the platforms of the machine where they are done', () => {
  const remedies = [...PLATFORMS].reverse().map((platform) => remedy(platform, platform, { at: 'this-machine' }));
  const here = titles(remedies, { platforms: ['nftables', 'linux'], owner: 'this-machine' });
  expect(here.slice(0, 5)).toEqual(['network', 'nftables', 'any', 'linux', 'iptables']);
  // This machine's own platforms tell nothing of the target, unless the two are one.
  const there = remedies.map((each) => ({ ...each, at: 'target' as const }));
  expect(titles(there, { platforms: ['nftables', 'linux'], owner: 'target' }).slice(0, 4)).toEqual([
    'network',
    'any',
    'linux',
    'nftables',
  ]);
  expect(titles(there, { platforms: ['windows'], owner: 'target', isLocal: true }).slice(0, 3)).toEqual([
    'network',
    'windows',
    'any',
  ]);
});

test('a machine is of one system: steps for others are left out where its own is known', () => {
  const remedies = [remedy('windows', 'w', { at: 'this-machine' }), remedy('linux', 'l', { at: 'this-machine' })];
  expect(titles(remedies, { platforms: ['linux'], owner: 'this-machine' })).toEqual(['l']);
  expect(titles(remedies, { platforms: [], owner: 'this-machine' })).toEqual(['l', 'w']);
});

test('what is done at a place that the evidence excludes is left out; a workaround says whose fault it is for', () => {
  const remedies = [
    remedy('any', 'rule of the host', { at: 'target' }),
    remedy('any', 'smaller packets here', { at: 'this-machine', when: { owner: ['path'] } }),
    remedy('network', 'ask the network', { at: 'path' }),
    remedy('any', 'no place'),
  ];
  expect(titles(remedies, { owner: 'path' })).toEqual(['ask the network', 'no place', 'smaller packets here']);
  expect(titles(remedies, { owner: 'target' })).toEqual(['rule of the host', 'no place']);
  expect(titles(remedies, { owner: 'target', otherOwners: ['path', 'unknown'] })).toHaveLength(4);
  expect(titles(remedies, { owner: 'unknown' })).toHaveLength(4);
});

test('a step that needs a fact, or that would measure what was measured, is shown by what is known', () => {
  const remedies = [
    remedy('any', 'trace', { when: { unmeasured: ['portTrace'] } }),
    remedy('any', 'ask the last hop', { when: { known: ['passed-hop'] } }),
    remedy('any', 'find the hop', { when: { unknown: ['passed-hop'] } }),
    remedy('any', 'read the page', { when: { measured: ['http'] } }),
  ];
  const facts = factsWith({});
  expect(titles(remedies, { facts })).toEqual(['trace', 'find the hop']);
  const evidence = { portTrace: {} as never, http: {} as never };
  expect(titles(remedies, { facts: factsWith({ 'passed-hop': '2' }), evidence })).toEqual([
    'ask the last hop',
    'read the page',
  ]);
});

test('what only looks comes before what changes, and what cannot be undone is last', () => {
  const remedies = [
    remedy('any', 'restart', { at: 'target', command: 'restart', risk: 'irreversible' }),
    remedy('any', 'rule', { at: 'target', command: 'rule', risk: 'reversible', undo: 'undo' }),
    remedy('any', 'look', { at: 'target', check: 'look' }),
    remedy('any', 'elsewhere', { at: 'this-machine' }),
  ];
  expect(titles(remedies, { owner: 'target', otherOwners: ['this-machine'] })).toEqual([
    'look',
    'rule',
    'elsewhere',
    'restart',
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

test('no step is left out for their number', () => {
  const remedies = Array.from({ length: 40 }, (_, index) => remedy('linux', `linux ${index}`));
  expect(titles([...remedies, remedy('network', 'ask')])).toHaveLength(41);
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
    at: 'unknown',
    platform: 'linux',
    check: "dig 'a b'",
    command: "ping 'a b'",
    risk: 'reversible',
    undo: 'x <gateway>',
  });
  expect(steps[1]?.check).toBe('Resolve-DnsName <host>');
});
