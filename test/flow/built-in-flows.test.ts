import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { edgesOf } from '../../src/flow/edges-of.ts';
import { loadFlow } from '../../src/flow/file/load-flow.ts';
import { renderDiagnostic } from '../../src/flow/file/render-diagnostic.ts';
import type { Flow } from '../../src/flow/flow.ts';
import { type FlowPath, pathLine, pathsOf } from '../../src/flow/paths.ts';
import { runFlowTests } from '../../src/flow/run-tests.ts';
import { step } from '../../src/flow/step.ts';
import { allPathsOf, countPaths } from './all-paths.ts';
import { readPart } from './read-part.ts';

const FOLDER = fileURLToPath(new URL('../../flows/', import.meta.url));
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'));

test('the flows that the program promises are there', () => {
  expect(files).toEqual(expect.arrayContaining(['name.yaml', 'reachability.yaml']));
});

test.each(files)('%s is valid', (file) => {
  const loaded = load(file);
  expect(loaded.kind === 'ok' ? '' : loaded.diagnostics.map(renderDiagnostic).join('\n')).toBe('');
});

test.each(files)('%s: every way ends, and takes every edge', async (file) => {
  const flow = flowOf(file);
  const paths = pathsOf(flow);
  for (const path of paths) expect(endOf(path)).toBe('conclude');
  expect(new Set(paths.flatMap(keysOf))).toEqual(new Set(keysOf(edgesOf(flow))));
  const snapshot = fileURLToPath(new URL(`fixtures/paths/${flow.name}.txt`, import.meta.url));
  await expect(`${paths.map(pathLine).join('\n')}\n`).toMatchFileSnapshot(snapshot);
});

test.each(files)('%s: walking every single way by its answers comes to its conclusion', (file) => {
  const flow = flowOf(file);
  let walked = 0;
  for (const path of allPathsOf(flow)) {
    let node: string | null = flow.start;
    for (const { outcome } of path) {
      if (node === null) throw new Error('the walk ended before the way did');
      const edge = step(flow, node, outcome);
      node = edge.kind === 'go' ? edge.to : null;
    }
    if (node !== null) throw new Error(`the way ends at ${node}`);
    walked++;
  }
  expect(walked).toBe(countPaths(flow));
});

test.each(files)('%s: its own tests pass, and there are some', (file) => {
  const results = runFlowTests(flowOf(file));
  expect(results.length).toBeGreaterThan(0);
  expect(results.filter(({ passed }) => !passed)).toEqual([]);
});

test('every node of a part is used by a flow', () => {
  const used = new Set(files.flatMap((file) => Object.keys(flowOf(file).nodes)));
  const unused = readdirSync(`${FOLDER}parts`).flatMap((file) => {
    const part = readFileSync(`${FOLDER}parts/${file}`, 'utf8');
    return [...part.matchAll(/^ {2}([a-z0-9-]+):/gmu)].map(([, id = '']) => id).filter((id) => !used.has(id));
  });
  expect(unused).toEqual([]);
});

test('no node is written out in two files', () => {
  const words = [...files, ...readdirSync(`${FOLDER}parts`).map((file) => `parts/${file}`)].flatMap((file) => {
    const { nodes } = parse(readFileSync(FOLDER + file, 'utf8')) as { readonly nodes: Record<string, object> };
    return Object.entries(nodes).map(([id, node]) => JSON.stringify({ id, ...node, on: null }));
  });
  expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
});

function load(file: string) {
  return loadFlow(readFileSync(FOLDER + file, 'utf8'), file, { name: file.replace(/\.yaml$/u, ''), readPart });
}

function flowOf(file: string): Flow {
  const loaded = load(file);
  if (loaded.kind !== 'ok') throw new Error(`${file} is not valid`);
  return loaded.flow;
}

function keysOf(path: FlowPath): readonly string[] {
  return path.map(({ node, outcome }) => `${node}=${outcome}`);
}

function endOf(path: FlowPath): string | undefined {
  return path.at(-1)?.edge.kind;
}
