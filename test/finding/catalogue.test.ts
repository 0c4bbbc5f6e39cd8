import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CODE_RULES } from '../../src/analysis/codes/table.ts';
import { ALL_CODES, isFindingCode } from '../../src/domain/finding-code.ts';
import type { Language } from '../../src/domain/verdict.ts';
import { reportJsonSchema } from '../../src/evidence/report/json-schema.ts';
import type { CatalogueEntry, Platform } from '../../src/finding/entry.ts';
import { explainDiagnosis } from '../../src/finding/explain.ts';
import { fillCommand } from '../../src/finding/fill-command.ts';
import { loadEntry } from '../../src/finding/load-entry.ts';
import { factsWith, IPV4_FACTS, IPV6_FACTS } from './sample-facts.ts';

const FOLDER = new URL('../../findings/', import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
const LANGUAGES: readonly Language[] = ['en', 'ko'];

const textOf = (file: string) => readFileSync(new URL(file, FOLDER), 'utf8');

function entryOf(code: string): CatalogueEntry {
  const loaded = loadEntry(textOf(`${code}.yaml`), `${code}.yaml`);
  if (loaded.kind === 'invalid') throw new Error(loaded.problems.join('\n'));
  return loaded.entry;
}

const explainWith = (entry: CatalogueEntry, facts: typeof IPV4_FACTS, lang: Language, family: 4 | 6) =>
  explainDiagnosis(entry, {
    facts,
    lang,
    alternatives: entry.alternatives,
    where: null,
    family,
    protocol: 'tcp',
    platforms: [],
    isLocal: false,
    owner: 'unknown',
    otherOwners: [],
    evidence: {},
  });

test('every code that can be found has an entry, and every entry has a code', () => {
  const wanted = ALL_CODES.map((code) => `${code}.yaml`);
  expect(wanted.filter((file) => !FILES.includes(file))).toEqual([]);
  expect(FILES.filter((file) => !isFindingCode(file.replace('.yaml', '')))).toEqual([]);
});

test.each(ALL_CODES)('%s: the catalogue has words for every cause that looks the same, and for no other', (code) => {
  const named = (causes: readonly { readonly code: string; readonly cause?: string | undefined }[]) =>
    causes.map(({ code: other, cause }) => [other, cause]);
  expect(named(entryOf(code).alternatives)).toEqual(named(CODE_RULES[code].lookalikes));
});

test.each(FILES)('%s: every remedy says where it is done, and asks for kinds of evidence that there are', (file) => {
  const { properties } = reportJsonSchema() as { properties: { evidence: { properties: object } } };
  const kinds = Object.keys(properties.evidence.properties);
  for (const { at, when, title } of entryOf(file.replace('.yaml', '')).remedies) {
    expect(at, title.en).toBeDefined();
    expect([...(when?.measured ?? []), ...(when?.unmeasured ?? [])].filter((kind) => !kinds.includes(kind))).toEqual(
      [],
    );
  }
});

test.each(FILES)('%s is sound', (file) => {
  const loaded = loadEntry(textOf(file), file);
  expect(loaded.kind === 'invalid' ? loaded.problems : []).toEqual([]);
});

test.each(FILES)(
  '%s: nothing is left to fill in when everything is known, and nothing is empty when nothing is',
  (file) => {
    const entry = entryOf(file.replace('.yaml', ''));
    for (const lang of LANGUAGES) {
      for (const [facts, family] of [
        [IPV4_FACTS, 4],
        [IPV6_FACTS, 6],
        [factsWith({}), 4],
      ] as const) {
        const { title, summary, explanation, alternatives, nextSteps } = explainWith(entry, facts, lang, family);
        const texts = [
          title,
          summary,
          explanation,
          ...alternatives.map(({ why }) => why),
          ...nextSteps.map((step) => step.title),
        ];
        for (const text of texts) expect(text).toMatch(/^(?!.*(\[\[|\]\]|\{[a-z-]+\}| {2}|\s[.,])).*\S.*$/su);
      }
    }
  },
);

test.each(FILES)('%s: Korean sentences are Korean and polite', (file) => {
  const { explanation, summary } = entryOf(file.replace('.yaml', ''));
  expect(explanation.ko.trim()).toMatch(/(니다|시오)(\([^)]*\))?\.$/u);
  expect(summary.ko).toMatch(/[가-힣]/u);
});

/** Every command as a person would paste it; those of PowerShell apart. */
function commandsOf(
  file: string,
  facts: typeof IPV4_FACTS,
): readonly { readonly platform: Platform; readonly line: string }[] {
  return entryOf(file.replace('.yaml', '')).remedies.flatMap(({ platform, check, command, undo }) =>
    [check, command, undo].flatMap((line) =>
      line === null
        ? []
        : [{ platform, line: fillCommand(line, facts, platform === 'windows' ? 'powershell' : 'posix') }],
    ),
  );
}

test.each(FILES)('%s: a shell can read every command', (file) => {
  for (const facts of [IPV4_FACTS, IPV6_FACTS]) {
    for (const { platform, line } of commandsOf(file, facts)) {
      if (platform === 'windows') continue;
      const script = line.replaceAll(/<[a-z][a-z0-9 -]*>/gu, 'placeholder');
      expect(() => execFileSync('sh', ['-n', '-c', script], { stdio: 'pipe' }), line).not.toThrow();
    }
  }
});

test.each(FILES)('%s: what checks only reads', (file) => {
  const changes =
    /\b(insert|add|delete|flush|reload|restart|authorize|revoke|create|-w|-I|-D|--set\w+|New-Net\w+|Set-\w+|Remove-\w+)\b/u;
  for (const { check } of entryOf(file.replace('.yaml', '')).remedies) {
    expect((check ?? '').replaceAll('arping -c 3 -I', '')).not.toMatch(changes);
  }
});

/** Commands that are often seen, and are wrong. */
const WRONG: readonly (readonly [string, RegExp])[] = [
  ['the IPv4 type number for ICMPv6 on Windows', /icmpv6:8\b|ICMPv6 -IcmpType 8\b/u],
  ['a ufw command for ICMP, which ufw refuses', /ufw [^\n]*proto (icmp|ipv6-icmp)/u],
  ['an iptables rule appended behind a final drop', /ip6?tables -A\b/u],
  ['an nft rule appended behind a final drop', /nft add rule/u],
  ['a security group with ICMP code 8', /FromPort=8,ToPort=8\b/u],
  ['a security group open to all', /0\.0\.0\.0\/0,|CidrIp(v6)?=(0\.0\.0\.0|::)\/0|--cidr 0\.0\.0\.0\/0/u],
];

test.each(FILES.flatMap((file) => WRONG.map(([what, pattern]) => [file, what, pattern] as const)))(
  '%s has not %s',
  (file, _, pattern) => {
    expect(textOf(file)).not.toMatch(pattern);
  },
);

test('a network ACL always gets the reply entry beside the request', () => {
  for (const file of FILES) {
    for (const { line } of commandsOf(file, IPV4_FACTS)) {
      if (!line.includes('create-network-acl-entry')) continue;
      expect([line.includes('--ingress'), line.includes('--egress')], line).toEqual([true, true]);
    }
  }
});

test('a rule of Azure always names the destination ports, whose default is 80', () => {
  for (const file of FILES) {
    for (const { line } of commandsOf(file, IPV4_FACTS)) {
      if (line.includes('nsg rule create')) expect(line).toContain('--destination-port-ranges');
    }
  }
});

test('firewalld is never changed permanently alone: the running rules change too', () => {
  for (const file of FILES) {
    for (const { line } of commandsOf(file, IPV4_FACTS)) {
      const changes = line.split('\n').filter((one) => /firewall-cmd .*--(add|remove)-/u.test(one));
      const permanent = changes.filter((one) => one.includes('--permanent'));
      expect(changes.length - permanent.length, line).toBeGreaterThanOrEqual(permanent.length);
    }
  }
});

test.each(['4', '6'] as const)(
  'icmp-filtered has a remedy for each firewall, with the type of echo, over IPv%s',
  (family) => {
    const remedies = entryOf('icmp-filtered').remedies.filter((remedy) => String(remedy.family ?? family) === family);
    const platforms = new Set(remedies.map(({ platform }) => platform));
    for (const platform of [
      'linux',
      'nftables',
      'iptables',
      'ufw',
      'firewalld',
      'windows',
      'macos',
      'aws',
      'azure',
      'gcp',
      'kubernetes',
    ]) {
      expect(platforms).toContain(platform);
    }
    const text = JSON.stringify(remedies);
    expect(text).toContain(family === '4' ? 'icmp_echo_ignore_all' : 'net.ipv6.icmp.echo_ignore_all');
    expect(text).toContain(family === '4' ? 'FromPort=8,ToPort=-1' : 'FromPort=128,ToPort=-1');
    expect(text).toContain(family === '4' ? '-IcmpType 8 ' : '-IcmpType 128 ');
  },
);

test('an allowed source is a single address, never everybody', () => {
  for (const file of FILES) {
    for (const { line } of commandsOf(file, IPV4_FACTS)) {
      expect(line).not.toMatch(/-RemoteAddress Any|--source-ranges=0\.0\.0\.0/u);
      if (/New-NetFirewallRule .*Inbound/u.test(line)) expect(line).toContain('-RemoteAddress');
    }
  }
});
