import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

// A made-up kind of evidence, a probe and a code are added to a copy of the sources, and the compiler says what they take.

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const TSC_MS = 120_000;

/** One change of a file: what stands there, and what is put in its place. A file that is not there is made. */
type Edit = readonly [file: string, found: string, put: string];

const KINDS = 'src/evidence/kinds.ts';
const OUTCOMES = 'src/domain/outcome.ts';
const CODES = 'src/domain/finding-code.ts';
const WORDS = 'src/evidence/answers/probe-words.ts';
const STAGE = 'src/analysis/codes/tool.ts';

const FIELDS = "f.object({ ...f.timed(), word: f.word('Some word.') }, 'Made up.')";
const MEMBERS = "probe: 'route', schema, describe: ({ word }) => [word], command: () => '', events: () => []";

const kind = (members: string, fields = FIELDS) => `import type { Fields } from './fields.ts';
import type { EvidenceKind, Inferred } from './kind.ts';

const schema = (f: Fields) => ${fields};

export type MadeUpEvidence = Inferred<typeof schema>;

export const MADE_UP: EvidenceKind<MadeUpEvidence> = { ${members} };
`;

/** What a kind, a probe and a code take. */
const WRITTEN: Readonly<Record<'kind' | 'probe' | 'code', readonly Edit[]>> = {
  kind: [
    [KINDS, 'import { MTU }', "import { MADE_UP } from './made-up.ts';\nimport { MTU }"],
    [KINDS, '  http: HTTP,\n', '  http: HTTP,\n  madeUp: MADE_UP,\n'],
    ['src/evidence/made-up.ts', '', kind(MEMBERS)],
  ],
  probe: [
    [OUTCOMES, '  proxy: [', "  'made-up': ['made-up'],\n  proxy: ["],
    [
      'src/analysis/read.ts',
      "    case 'lookup':\n",
      "    case 'made-up':\n      return { outcome: 'made-up', ...UNREAD };\n    case 'lookup':\n",
    ],
    [
      'src/session/tasks/probes.ts',
      '  sockets: {',
      "  'made-up': { run: async () => undefined, isRecorded: () => true },\n  sockets: {",
    ],
    [
      WORDS,
      '  proxy: {\n    none',
      "  'made-up': { 'made-up': word('none', 'made up', '지어낸 것') },\n  proxy: {\n    none",
    ],
    [WORDS, "  proxy: { en: 'proxy'", "  'made-up': { en: 'made up', ko: '지어낸 것' },\n  proxy: { en: 'proxy'"],
    [WORDS, '  en: {\n', "  en: {\n    'made-up': { name: 'made up', does: 'Does nothing.' },\n"],
    [WORDS, '  ko: {\n', "  ko: {\n    'made-up': { name: '지어낸 것', does: '아무것도 하지 않습니다.' },\n"],
  ],
  code: [
    [CODES, "  multipath: 'info',\n", "  multipath: 'info',\n  'made-up': 'fault',\n"],
    [
      STAGE,
      '  deadline: {',
      "  'made-up': { place: NOWHERE, owner: () => 'nobody', judge: NOT_JUDGED, lookalikes: [] },\n  deadline: {",
    ],
  ],
};

/** The same, of which only the name is there. */
const FORGOTTEN: readonly Edit[] = [
  [KINDS, '  tls: TLS,\n', '  tls: TLS,\n  forgotten: FORGOTTEN,\n'],
  [OUTCOMES, '  lookup: [', "  forgotten: ['made-up'],\n  lookup: ["],
  [CODES, "  reachable: 'healthy',\n", "  reachable: 'healthy',\n  forgotten: 'fault',\n  'half-made': 'fault',\n"],
  // Parts of a kind and of a code.
  ['src/evidence/half-made.ts', '', kind('')],
  ['src/evidence/no-description.ts', '', kind(MEMBERS, "f.object({ ...f.timed(), word: f.word() }, 'Made up.')")],
  ['src/evidence/no-time.ts', '', kind(MEMBERS, "f.object({ word: f.word('A word.') }, 'Made up.')")],
  [STAGE, '} as const satisfies', "  'half-made': { place: NOWHERE },\n} as const satisfies"],
];

/** Where the compiler sees it, and what it says there. */
const NAMED: Readonly<Record<string, RegExp>> = {
  [KINDS]: /Cannot find name 'FORGOTTEN'/,
  'src/evidence/half-made.ts': /missing the following properties.*: probe, schema, describe, command, events/,
  'src/evidence/no-description.ts': /Expected/,
  'src/evidence/no-time.ts': /Timed/,
  'src/analysis/read.ts': /lacks ending return/,
  'src/session/tasks/probes.ts': /Property 'forgotten' is missing/,
  [WORDS]: /Property 'forgotten' is missing/,
  'src/analysis/codes/table.ts': /Property 'forgotten' is missing/,
  [STAGE]: /missing the following properties.*: owner, judge, lookalikes/,
};

let copy = '';

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'netwhy-extended-'));
  await cp(join(ROOT, 'package.json'), join(copy, 'package.json'));
  const config = JSON.parse(await readFile(join(ROOT, 'tsconfig.json'), 'utf8'));
  await writeFile(join(copy, 'tsconfig.json'), JSON.stringify({ ...config, include: ['src'] }));
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
});

afterAll(() => rm(copy, { recursive: true, force: true }));

/** What the compiler says of the sources with these changes: the file and the message of each complaint. */
async function complaints(edits: readonly Edit[]): Promise<readonly (readonly [file: string, message: string])[]> {
  await cp(join(ROOT, 'src'), join(copy, 'src'), { recursive: true });
  for (const [file, found, put] of edits) {
    const path = join(copy, file);
    const text = found === '' ? '' : await readFile(path, 'utf8');
    expect(text.split(found), `${file} holds ${found} once`).toHaveLength(found === '' ? 0 : 2);
    await writeFile(path, found === '' ? put : text.replace(found, () => put));
  }
  const tsc = promisify(execFile)(join(ROOT, 'node_modules/.bin/tsc'), [], { cwd: copy, timeout: TSC_MS });
  const said = await tsc.then(
    () => '',
    ({ stdout }: { readonly stdout: string }) => stdout,
  );
  return said.split('\n').flatMap((line) => {
    const [, file, message] = /^(src\S+)\(\d+,\d+\): (.*)$/.exec(line) ?? [];
    return file === undefined || message === undefined ? [] : [[file, message] as const];
  });
}

test('the compiler names every place that was forgotten, and none of what is whole', { timeout: TSC_MS }, async () => {
  const said = await complaints([...Object.values(WRITTEN).flat(), ...FORGOTTEN]);
  expect([...new Set(said.map(([file]) => file))].toSorted()).toEqual(Object.keys(NAMED).toSorted());
  for (const [file, message] of said)
    expect([file, message]).toEqual([file, expect.stringMatching(NAMED[file] ?? /^$/)]);
});

test('a kind takes two files, a probe four and a code two', () => {
  const places = Object.entries(WRITTEN).map(([what, edits]) => [what, new Set(edits.map(([file]) => file)).size]);
  expect(Object.fromEntries(places)).toEqual({ kind: 2, probe: 4, code: 2 });
});
