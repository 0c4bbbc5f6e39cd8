import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { ALL_CODES } from '../../src/domain/finding-code.ts';
import type { Report } from '../../src/evidence/report/report.ts';
import { type Built, FAULTS, type Fault } from './faults.ts';
import { run, sh } from './kit/exec.ts';
import { judged } from './kit/netwhy.ts';
import { asOrdinaryUser, canBeAnybody, programForAnybody, withoutTools } from './kit/user.ts';

/** How somebody runs netwhy: with which engine, who, and what the machine allows and has. */
type Rung = {
  readonly title: string;
  readonly engine: 'raw' | 'kernel' | 'system' | 'sockets';
  readonly isRoot: boolean;
  /** net.ipv4.ping_group_range of the namespace. */
  readonly pingGroups: '1 0' | '0 2147483647';
  readonly hidden: readonly string[];
};

const CLOSED = '1 0';
const OPEN = '0 2147483647';

const RUNGS: readonly Rung[] = [
  { title: 'sockets', engine: 'sockets', isRoot: false, pingGroups: CLOSED, hidden: [] },
  { title: 'kernel, no ICMP', engine: 'kernel', isRoot: false, pingGroups: CLOSED, hidden: [] },
  { title: 'kernel', engine: 'kernel', isRoot: false, pingGroups: OPEN, hidden: [] },
  { title: 'ping, traceroute', engine: 'system', isRoot: false, pingGroups: CLOSED, hidden: ['mtr-packet'] },
  {
    title: 'mtr-packet',
    engine: 'system',
    isRoot: false,
    pingGroups: OPEN,
    hidden: ['ping', 'traceroute', 'tracepath'],
  },
  { title: 'raw, root', engine: 'raw', isRoot: true, pingGroups: OPEN, hidden: [] },
];

/** Who runs at once, as most of a run is waiting. Raw sockets hear what is for the others: they run alone. */
const TOGETHER: readonly ((rung: Rung) => boolean)[] = [
  ({ pingGroups }) => pingGroups === CLOSED,
  ({ pingGroups, engine }) => pingGroups === OPEN && engine !== 'raw',
  ({ engine }) => engine === 'raw',
];

/** What a rung makes of a fault; `not-decidable` is honest, and none of these is wrong. */
type Cell = 'certain' | 'likely' | 'possible' | 'not-decidable';

const ENGINES_PAGE = fileURLToPath(new URL('../../docs/engines.md', import.meta.url));
const MARKS = { begin: '<!-- rungs: written by test/lab/rungs.test.ts -->', end: '<!-- /rungs -->' } as const;
const WORDS: Readonly<Record<Cell, string>> = { certain: '●', likely: '◐', possible: '○', 'not-decidable': '–' };
/** From the weakest: a code is worth on a rung what its worst fault is. */
const ORDER: readonly Cell[] = ['not-decidable', 'possible', 'likely', 'certain'];

const IS_RECORDING = process.env['NETWHY_RECORD'] === '1';
/** A busy machine loses answers: what is less than the table says is looked at again, what is wrong is wrong at once. */
const MOST_RUNS = 3;

const program = programForAnybody();
const printed = readTable(readFileSync(ENGINES_PAGE, 'utf8'));
const rungs = canBeAnybody() ? RUNGS : RUNGS.filter(({ isRoot }) => isRoot);
const cells = new Map<string, Map<Rung, Cell>>();

test.each(FAULTS.map((fault) => [`${fault.code}: ${fault.name}`, fault] as const))(
  '%s is told by every rung as it is, or as less',
  async (_, fault) => {
    const shared = fault.isSpent ? null : await fault.build();
    const wrong: (string | null)[] = [];
    for (const now of TOGETHER.map((isOne) => rungs.filter(isOne))) {
      wrong.push(
        ...(await Promise.all(now.map(async (rung) => tryRung(rung, fault, shared ?? (await fault.build()))))),
      );
    }
    expect(wrong.filter((each) => each !== null)).toEqual([]);
  },
);

test('the page prints a row for every fault and a column for every rung, and no other', () => {
  const rows = [...new Set(FAULTS.map(rowOf))];
  expect(new Set(printed.keys())).toEqual(new Set(rows.flatMap((row) => RUNGS.map(({ title }) => `${row} ${title}`))));
});

// With NETWHY_RECORD=1 the table is written anew.
afterAll(() => {
  if (!IS_RECORDING) return;
  const page = readFileSync(ENGINES_PAGE, 'utf8');
  const begin = page.indexOf(MARKS.begin) + MARKS.begin.length;
  const end = page.indexOf(MARKS.end);
  if (begin < MARKS.begin.length || end < begin) throw new Error('the page has no place for the table');
  writeFileSync(ENGINES_PAGE, `${page.slice(0, begin)}\n\n${tableOf()}\n${page.slice(end)}`);
});

/** Notes what the rung makes of the fault. Gives what it said where that is not true, or less than the page says; else null. */
async function tryRung(rung: Rung, fault: Fault, { on, ask }: Built): Promise<string | null> {
  sh(on, `echo "${rung.pingGroups}" > /proc/sys/net/ipv4/ping_group_range`);
  for (let left = MOST_RUNS; ; left -= 1) {
    const report = await checkOn(rung, on, ask);
    const cell = cellOf(report, fault);
    if (cell === null) return `${rung.title}, not true: ${digest(report)}`;
    const isAsPrinted = isExpected(rowOf(fault), rung, cell);
    if (!isAsPrinted && left > 1) continue;
    note(rowOf(fault), rung, cell);
    return isAsPrinted ? null : `${rung.title}, less than the page says: ${digest(report)}`;
  }
}

async function checkOn(rung: Rung, on: string, ask: readonly string[]): Promise<Report> {
  const command = [...program, 'check', ...ask, '--json', '--engine', rung.engine];
  const asked = withoutTools(rung.hidden, rung.isRoot ? command : asOrdinaryUser(command));
  return judged(await run(on, asked)).report;
}

/** What the report is worth, measured against the truth; null: it is wrong. */
function cellOf(report: Report, { code, alsoTrue = [] }: Fault): Cell | null {
  const { diagnosis, findings, notChecked } = report;
  if (diagnosis.code === code) return diagnosis.confidence;
  const isTold = findings.some((finding) => finding.code === code);
  const isOpen =
    diagnosis.alternatives.some((other) => other.code === code) || notChecked.some((other) => other.code === code);
  const isLess = report.verdict === 'inconclusive' || diagnosis.confidence !== 'certain';
  if (isTold && alsoTrue.some((other) => other === diagnosis.code)) return 'certain';
  if (isTold) return null;
  return isOpen && (isLess || alsoTrue.some((other) => other === diagnosis.code)) ? 'not-decidable' : null;
}

/** Whether the cell is no less than what docs/engines.md says; everything is while a table is recorded. */
function isExpected(row: string, rung: Rung, cell: Cell): boolean {
  const before = printed.get(`${row} ${rung.title}`);
  return IS_RECORDING || (before !== undefined && ORDER.indexOf(cell) >= ORDER.indexOf(before));
}

/** The cells of the table in ENGINES_PAGE, by code and title. */
function readTable(page: string): ReadonlyMap<string, Cell> {
  const text = page.slice(page.indexOf(MARKS.begin), page.indexOf(MARKS.end));
  const [titles = [], ...rows] = text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((part) => part.trim().replaceAll('`', '')));
  const found = new Map<string, Cell>();
  for (const row of rows) {
    for (const [column, word] of row.entries()) {
      const cell = ORDER.find((each) => WORDS[each] === word);
      if (cell !== undefined) found.set(`${row[1]} ${titles[column]}`, cell);
    }
  }
  return found;
}

function rowOf({ code, row }: Pick<Fault, 'code' | 'row'>): string {
  return row ?? code;
}

function note(row: string, rung: Rung, cell: Cell): void {
  const known = cells.get(row) ?? new Map<Rung, Cell>();
  const before = known.get(rung) ?? 'certain';
  known.set(rung, ORDER.indexOf(cell) < ORDER.indexOf(before) ? cell : before);
  cells.set(row, known);
}

function tableOf(): string {
  const named = FAULTS.map((fault) => ({ code: fault.code, row: rowOf(fault) }));
  const listed = ALL_CODES.flatMap((code) => [
    ...new Set(named.filter((each) => each.code === code).map(({ row }) => row)),
  ]);
  const rows = [
    ['code', ...RUNGS.map(({ title }) => title)],
    ['---', ...RUNGS.map(() => '---')],
    ...listed.map((row) => [
      row.replace(/^[a-z0-9-]+/u, '`$&`'),
      ...RUNGS.map((rung) => WORDS[cells.get(row)?.get(rung) ?? 'not-decidable']),
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return `${rows
    .map(
      (row) =>
        `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0, cell === '---' ? '-' : ' ')).join(' | ')} |`,
    )
    .join('\n')}\n`;
}

/** What one needs to see to know why. */
function digest({ diagnosis, findings, notChecked, steps, evidence }: Report): string {
  return JSON.stringify({
    said: `${diagnosis.code} (${diagnosis.confidence})`,
    alternatives: diagnosis.alternatives.map(({ code }) => code),
    findings: findings.map(({ code }) => code),
    notChecked: notChecked.map(({ code, reason }) => `${code}: ${reason}`),
    way: steps.map(({ id, outcome }) => `${id}: ${outcome}`).join(' > '),
    evidence,
  });
}
