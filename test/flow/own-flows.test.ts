import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadFlow } from '../../src/flow/file/load-flow.ts';
import { renderDiagnostic } from '../../src/flow/file/render-diagnostic.ts';
import { runFlowTests } from '../../src/flow/run-tests.ts';

const GUIDE = readFileSync(new URL('../../docs/flows.md', import.meta.url), 'utf8');
const TREES = [...GUIDE.matchAll(/^```yaml\n(.*?)^```$/gmsu)].map(([, text = '']) => text);
const [FIRST = ''] = TREES;

function load(text: string) {
  return loadFlow(text, 'own.yaml', { isOwn: true });
}

function flowOf(text: string) {
  const loaded = load(text);
  if (loaded.kind !== 'ok') throw new Error(loaded.diagnostics.map(renderDiagnostic).join('\n'));
  return loaded.flow;
}

function told(text: string): string {
  const loaded = load(text);
  return loaded.kind === 'ok' ? '' : loaded.diagnostics.map(renderDiagnostic).join('\n');
}

test('the first tree of the guide has under 25 lines', () => {
  expect(FIRST.trimEnd().split('\n').length).toBeLessThan(25);
  expect(TREES.length).toBeGreaterThan(2);
});

test.each(TREES.map((tree) => [/^flow: (.*)$/mu.exec(tree)?.[1], tree]))(
  'the tree %s of the guide is valid, and its tests pass',
  (_, tree) => {
    const results = runFlowTests(flowOf(tree ?? ''));
    expect(results.length).toBeGreaterThan(0);
    expect(results.filter(({ passed }) => !passed)).toEqual([]);
  },
);

test('one language stands for both, the first node is the start, and rest for every outcome that is not named', () => {
  const flow = flowOf(FIRST);
  expect(flow.title).toEqual({ en: 'Can the shop be used?', ko: 'Can the shop be used?' });
  expect(flow.start).toBe('name');
  expect(flow.nodes['name']).toMatchObject({
    on: { ok: { kind: 'go', to: 'port' }, timeout: { kind: 'conclude', code: 'own.shop-name' } },
  });
  expect(flow.own?.['own.shop-name']).toMatchObject({ verdict: 'fault', owner: 'resolver', links: [] });
});

test('an outcome that neither on nor rest names is missing all the same', () => {
  expect(told(FIRST.replace(/ {4}rest: \{.*\n/u, ''))).toContain('the outcome "closed" leads nowhere');
});

test.each([
  ['imitates one of netwhy', FIRST.replace('own: shop-down', 'own: port-closed'), 'is a code of netwhy'],
  ['has an escape code in its title', FIRST.replace('The shop does not answer', '"a\\e[31mb"'), 'control characters'],
  [
    'names a fact that is none',
    FIRST.replace('The shop does not answer', '"{hots} is down"'),
    'there is no fact "{hots}"',
  ],
  [
    'has no verdict',
    FIRST.replace('own: shop-down, verdict: fault,', 'own: shop-down,'),
    'the key "verdict" is missing',
  ],
  [
    'is named and not defined',
    FIRST.replace('open: { conclude: port-open }', 'open: { conclude: own.shop-dwon }'),
    'did you mean "own.shop-down"?',
  ],
  ['is defined twice', FIRST.replace('own: shop-down', 'own: shop-name'), 'is defined twice'],
  [
    'leads to a page by a script',
    FIRST.replace('owner: service', 'owner: service, links: ["javascript:alert(1)"]'),
    'own.yaml:',
  ],
])('a conclusion of its own that %s is refused', (_, text, message) => {
  expect(told(text)).toContain(message);
});

test('what netwhy brings along may not be short', () => {
  const loaded = loadFlow(FIRST, 'built-in.yaml');
  expect(loaded.kind).toBe('invalid');
});
