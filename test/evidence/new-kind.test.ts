import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

// A made-up kind of evidence is added to a copy of the sources, and the compiler says what it takes.

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TSC_MS = 120_000;

let copy = '';

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'netwhy-kind-'));
  await cp(join(ROOT, 'src'), join(copy, 'src'), { recursive: true });
  await cp(join(ROOT, 'package.json'), join(copy, 'package.json'));
  const config = JSON.parse(await readFile(join(ROOT, 'tsconfig.json'), 'utf8'));
  await writeFile(join(copy, 'tsconfig.json'), JSON.stringify({ ...config, include: ['src'] }));
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
});

afterAll(() => rm(copy, { recursive: true, force: true }));

/** What the compiler says, as file and message. */
async function complaints(): Promise<readonly string[]> {
  const tsc = promisify(execFile)(join(ROOT, 'node_modules/.bin/tsc'), [], { cwd: copy, timeout: TSC_MS });
  const said = await tsc.then(
    () => '',
    ({ stdout }: { readonly stdout: string }) => stdout,
  );
  return said.split('\n').filter((line) => /^src\S+\(\d/.test(line));
}

const filesOf = (lines: readonly string[]) => [...new Set(lines.map((line) => line.replace(/\(.*$/, '')))];

async function edit(file: string, change: (text: string) => string): Promise<void> {
  const path = join(copy, file);
  await writeFile(path, change(await readFile(path, 'utf8')));
}

const addLine = (text: string) => text.replace('  http: HTTP,\n', '  http: HTTP,\n  madeUp: MADE_UP,\n');

const FIELDS = "f.object({ ...f.timed(), word: f.word('Some word.') }, 'Made up.')";

const kind = (members: readonly string[]) => `import type { Fields } from './fields.ts';
import type { EvidenceKind, Inferred } from './kind.ts';

const schema = (f: Fields) => ${FIELDS};

export type MadeUpEvidence = Inferred<typeof schema>;

export const MADE_UP: EvidenceKind<MadeUpEvidence> = { ${members.join(', ')} };
`;

const MEMBERS = ["probe: 'route'", 'schema', 'describe: ({ word }) => [word]', 'events: () => []'] as const;

test('the compiler names each place of a new kind, and there are two', { timeout: 10 * TSC_MS }, async () => {
  // Its line in the table, and nothing else.
  await edit('src/evidence/kinds.ts', addLine);
  expect(filesOf(await complaints())).toEqual(['src/evidence/kinds.ts']);

  // Its file is named as what is missing, and each part of it that was forgotten.
  await edit('src/evidence/kinds.ts', (text) => `import { MADE_UP } from './made-up.ts';\n${text}`);
  expect(await complaints()).toEqual([expect.stringContaining("Cannot find module './made-up.ts'")]);
  await writeFile(join(copy, 'src/evidence/made-up.ts'), kind([]));
  const said = await complaints();
  expect(filesOf(said)).toEqual(['src/evidence/made-up.ts']);
  expect(said.join('\n')).toMatch(/missing the following properties.*: probe, schema, describe, events/);

  await writeFile(join(copy, 'src/evidence/made-up.ts'), kind(MEMBERS));
  expect(await complaints()).toEqual([]);
});

test('a field without a description, or a kind without the fields of every kind, does not compile', {
  timeout: 10 * TSC_MS,
}, async () => {
  const wrong = {
    'no-description': "f.object({ ...f.timed(), word: f.word() }, 'Made up.')",
    'no-time': "f.object({ word: f.word('A word.') }, 'Made up.')",
  };
  for (const [name, fields] of Object.entries(wrong)) {
    await writeFile(join(copy, `src/evidence/${name}.ts`), kind(MEMBERS).replace(FIELDS, fields));
  }
  expect(filesOf(await complaints()).toSorted()).toEqual(['src/evidence/no-description.ts', 'src/evidence/no-time.ts']);
});
