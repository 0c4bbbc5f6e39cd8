import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import type { Report } from '../../../src/evidence/report/report.ts';
import { toText } from '../../../src/report/check/text.ts';
import { BLACKHOLE, HEALTHY, INCONCLUSIVE, LOOPBACK_KO } from '../reports.ts';

const PLAIN = { color: false, columns: 80, lang: 'en', ascii: false, verbose: true } as const;

/** Escape sequences that colour a line (SGR). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const SGR = /\u001b\[[0-9;]*m/g;

test.each([
  ['healthy', HEALTHY, 'en'],
  ['a fault with a trace', BLACKHOLE, 'en'],
  ['inconclusive', INCONCLUSIVE, 'en'],
  ['a fault', LOOPBACK_KO, 'ko'],
  ['a fault with a trace', BLACKHOLE, 'ko'],
] as const)('%s reads well at 80 and at 40 columns (%#)', (_, report, lang) => {
  expect(toText(report, { ...PLAIN, lang })).toMatchSnapshot('80');
  expect(toText(report, { ...PLAIN, lang, columns: 40 })).toMatchSnapshot('40');
});

test.each([32, 40, 61, 80, 200])('no line but a command is wider than %d columns', (columns) => {
  for (const report of [HEALTHY, BLACKHOLE, INCONCLUSIVE, LOOPBACK_KO]) {
    const commands = new Set([
      ...Object.values(report.evidence).map(({ equivalent }) => `$ ${equivalent}`),
      ...report.diagnosis.nextSteps.flatMap(({ check, command, undo }) =>
        [check, command, undo].flatMap((text) => text?.split('\n') ?? []),
      ),
    ]);
    const lines = toText(report, { ...PLAIN, columns }).split('\n');
    const isCommand = (line: string) => commands.has(line.trim()) || /^ *\$ |\\$/u.test(line.slice(0, 99));
    expect(lines.filter((line) => stringWidth(line) > columns && !isCommand(line))).toEqual([]);
  }
});

test('a command stays in one piece to be copied', () => {
  expect(toText(BLACKHOLE, { ...PLAIN, columns: 30 })).toContain('       sudo ip route add 10.9.3.0/24 via 10.9.2.2\n');
});

test('colour adds nothing but colour', () => {
  for (const report of [HEALTHY, BLACKHOLE, LOOPBACK_KO]) {
    const colored = toText(report, { ...PLAIN, color: true });
    expect(colored).toMatch(SGR);
    expect(colored.replace(SGR, '')).toBe(toText(report, PLAIN));
  }
});

test('without UTF-8 an English report is ASCII through and through', () => {
  for (const report of [HEALTHY, BLACKHOLE, INCONCLUSIVE]) {
    expect(toText(report, { ...PLAIN, ascii: true })).toMatch(/^[\n\x20-\x7e]*$/);
  }
});

test('the first line stands alone: verdict and title', () => {
  expect(toText(BLACKHOLE, PLAIN).split('\n')[0]).toBe(
    '✗ Fault: Nothing past 10.9.2.1 answers on the way to db.internal',
  );
});

test('what could not be measured is said to be so, and never shown as a number', () => {
  const text = toText(INCONCLUSIVE, PLAIN);
  expect(text).toContain('could not be measured: This user may open no raw socket');
  expect(text).not.toContain('0 of 0');
});

test('what the target does not ask is no question', () => {
  const step = { question: 'Does the service do what it promises?', answer: 'unknown', durationMs: 0, next: null };
  const withStep = (outcome: string) => ({
    ...HEALTHY,
    steps: [...HEALTHY.steps, { ...step, id: 'service', outcome }],
  });
  expect(toText(withStep('not-asked'), PLAIN)).toBe(toText(HEALTHY, PLAIN));
  expect(toText(withStep('unmeasured'), PLAIN)).toContain(step.question);
});

test('a healthy verdict names what is ruled out without going into reasons', () => {
  const text = toText(HEALTHY, PLAIN);
  expect(text).toContain('name-not-found, gateway-unreachable, port-closed');
  expect(text).not.toContain('The gateway answers.');
});

test('steps for more platforms than fit are pointed at', () => {
  const step = BLACKHOLE.diagnosis.nextSteps[1];
  if (step === undefined) throw new Error('the report has no second step');
  const platforms = ['any', 'linux', 'nftables', 'iptables', 'ufw', 'firewalld', 'windows', 'aws'];
  const nextSteps = platforms.map((platform) => ({ ...step, platform }));
  const report: Report = { ...BLACKHOLE, diagnosis: { ...BLACKHOLE.diagnosis, nextSteps } };
  expect(toText(report, PLAIN)).toContain('Also for windows, aws: see netwhy explain path-blackhole');
});

test('the command to look again is only offered where it can be pasted as it is', () => {
  const asked = (input: string) => toText({ ...BLACKHOLE, target: { ...BLACKHOLE.target, input } }, PLAIN);
  expect(asked('[2001:db8::7]:443')).toContain('netwhy check [2001:db8::7]:443\n');
  expect(asked('$(reboot)')).not.toContain('netwhy check');
  expect(asked('--answer')).not.toContain('netwhy check');
});
