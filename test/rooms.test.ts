import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const SOURCE = fileURLToPath(new URL('../src/', import.meta.url));

/** The house, in one table: which rooms and which libraries a room may import. Nothing else states it. */
const ROOMS: Readonly<Record<string, { readonly rooms: readonly string[]; readonly packages: readonly string[] }>> = {
  domain: { rooms: [], packages: [] },
  text: { rooms: [], packages: [] },
  packet: { rooms: ['domain', 'text'], packages: [] },
  flow: { rooms: ['domain', 'text'], packages: ['yaml', 'zod'] },
  finding: { rooms: ['domain', 'evidence', 'text'], packages: ['yaml', 'zod'] },
  evidence: { rooms: ['domain', 'text'], packages: ['zod'] },
  probe: { rooms: ['domain', 'evidence'], packages: [] },
  analysis: { rooms: ['domain', 'evidence'], packages: [] },
  system: {
    rooms: ['domain', 'packet', 'evidence', 'text'],
    packages: ['node:*', 'dns-packet', 'koffi', 'raw-socket', 'systeminformation'],
  },
  report: { rooms: ['domain', 'evidence', 'finding', 'text'], packages: [] },
  session: { rooms: ['domain', 'evidence', 'probe', 'analysis', 'flow', 'finding'], packages: [] },
  tui: {
    rooms: ['domain', 'evidence', 'session', 'finding', 'text'],
    packages: ['ink', 'react', 'node:process', 'node:stream', 'node:events'],
  },
  cli: {
    rooms: [
      'domain',
      'text',
      'evidence',
      'packet',
      'probe',
      'analysis',
      'flow',
      'finding',
      'system',
      'report',
      'session',
      'tui',
    ],
    packages: ['node:*', 'commander', 'yaml', '../package.json'],
  },
};

/** Libraries that touch nothing: text and addresses. Domain does without them too. */
const PURE_PACKAGES = ['ipaddr.js', 'get-east-asian-width'];

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.tsx?$/.test(file));

test('there is something to check in every room', () => {
  expect(files.length).toBeGreaterThan(40);
  expect(new Set(files.map(roomOf))).toEqual(new Set(Object.keys(ROOMS)));
});

test.each(files)('%s imports only what its room may', (file) => {
  expect(violations(file, readFileSync(join(SOURCE, file), 'utf8'))).toEqual([]);
});

test('no two folders of a room lead to each other', () => {
  expect(twoWays(files.map((file) => [file, readFileSync(join(SOURCE, file), 'utf8')]))).toEqual([]);
});

test('two folders that lead to each other are found', () => {
  const planted: Sources = [
    ['cli/check/a.ts', "import { b } from '../trace/b.ts';"],
    ['cli/trace/c.ts', "import { a } from '../check/a.ts';"],
  ];
  expect(twoWays(planted)).toEqual(['cli/check ⇄ cli/trace']);
});

test('no folder holds more files than one can look over', () => {
  const folders = files.map((file) => posix.dirname(file));
  const crowded = [...new Set(folders)].filter((folder) => folders.filter((each) => each === folder).length > 34);
  expect(crowded).toEqual([]);
});

test.each([
  ['domain/a.ts', "import { b } from '../packet/b.ts';"],
  ['domain/a.ts', "import ipaddr from 'ipaddr.js';"],
  ['packet/a.ts', "import type { B } from '../probe/b.ts';"],
  ['probe/a.ts', "import { b } from '../system/b.ts';"],
  ['analysis/a.ts', "export { b } from '../flow/b.ts';"],
  ['session/a.ts', "import { b } from '../report/b.ts';"],
  ['report/a.ts', "import { readFile } from 'node:fs/promises';"],
  ['flow/a.ts', "import fs from 'fs';"],
  ['tui/a.tsx', "import { spawn } from 'node:child_process';"],
  ['tui/a.tsx', "const b = await import('../cli/b.ts');"],
  ['probe/a.ts', "import { z } from 'zod';"],
  ['system/a.ts', "import { render } from 'ink';"],
  ['system/a.ts', "const koffi = require('react');"],
  ['cli/a.ts', "import { test } from '../../test/rooms.test.ts';"],
  ['flow/a.ts', "import {\n  a,\n  b,\n} from '../session/b.ts';"],
])('a violation planted in %s is found: %s', (file, source) => {
  expect(violations(file, source)).toHaveLength(1);
});

test('an import named in a comment or in a text is none', () => {
  expect(
    violations('domain/a.ts', "// see import('../cli/b.ts')\nexport const a = 'text';\n/** from './b.ts' */"),
  ).toEqual([]);
});

function roomOf(file: string): string {
  return file.split('/')[0] ?? '';
}

type Sources = readonly (readonly [file: string, source: string])[];

/** Pairs of folders of which each imports from the other, by whatever way round. */
function twoWays(sources: Sources): readonly string[] {
  const leads = new Map<string, Set<string>>();
  for (const [file, source] of sources) {
    const from = posix.dirname(file);
    const to = importsOf(source).filter((specifier) => specifier.startsWith('.'));
    const reached = leads.get(from) ?? new Set();
    for (const specifier of to) reached.add(posix.dirname(posix.normalize(posix.join(from, specifier))));
    leads.set(from, reached);
  }
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    [...(leads.get(from) ?? [])].some((next) => {
      if (next === from || seen.has(next)) return false;
      seen.add(next);
      return next === to || reaches(next, to, seen);
    });
  const folders = [...leads.keys()].toSorted();
  return folders.flatMap((a, index) =>
    folders.slice(index + 1).flatMap((b) => (reaches(a, b) && reaches(b, a) ? [`${a} ⇄ ${b}`] : [])),
  );
}

/** The imports of a file that its room does not allow. */
function violations(file: string, source: string): readonly string[] {
  const room = ROOMS[roomOf(file)];
  return importsOf(source).filter((specifier) => {
    if (room === undefined) return true;
    if (!specifier.startsWith('.')) return !mayImportPackage(roomOf(file), room.packages, specifier);
    const path = posix.normalize(posix.join(posix.dirname(file), specifier));
    return roomOf(path) !== roomOf(file) && !room.rooms.includes(roomOf(path)) && !room.packages.includes(path);
  });
}

function mayImportPackage(room: string, allowed: readonly string[], specifier: string): boolean {
  const name = builtinModules.includes(specifier) ? `node:${specifier}` : packageOf(specifier);
  if (allowed.includes(name) || (name.startsWith('node:') && allowed.includes('node:*'))) return true;
  return PURE_PACKAGES.includes(name) && room !== 'domain';
}

function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  if (specifier.startsWith('node:')) return parts.join('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
}

/** What a file imports: statements, re-exports, `import()`, `require()` and `import.meta.resolve()`. */
function importsOf(source: string): readonly string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const patterns = [
    /^\s*(?:import|export)\b[^'";]*?\bfrom\s*['"]([^'"]+)['"]/gm,
    /^\s*import\s*['"]([^'"]+)['"]/gm,
    /\b(?:import|require|createRequire\([^)]*\)|resolve)\(\s*['"]([^'"]+)['"]/g,
  ];
  return patterns.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1] ?? ''));
}
