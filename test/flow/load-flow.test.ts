import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Diagnostic, MOST_DIAGNOSTICS } from '../../src/flow/file/diagnostic.ts';
import { LARGEST_FLOW } from '../../src/flow/file/largest-flow.ts';
import { type LoadOptions, loadFlow } from '../../src/flow/file/load-flow.ts';
import { DIAGNOSTIC_CODES } from '../../src/flow/file/problem.ts';
import { renderDiagnostic } from '../../src/flow/file/render-diagnostic.ts';
import { INVALID_FLOWS, VALID_FLOW } from './invalid-flows.ts';

/** Codes that no spoilt flow brings about; `unreadable` is for files (flow-files.test.ts), those of parts are in include.test.ts, each other one has a test below. */
const TESTED_ELSEWHERE = ['unreadable', 'too-large', 'name-mismatch', 'more', 'unknown-part', 'unused-instead'];

test.each(INVALID_FLOWS)('a flow with %s is refused, and its author is told where and why', async (name, text) => {
  const diagnostics = diagnosticsOf(text);
  expect(diagnostics.length).toBeGreaterThan(0);
  const file = new URL(`fixtures/diagnostics/${name.replaceAll(' ', '-')}.txt`, import.meta.url);
  await expect(`${diagnostics.map(renderDiagnostic).join('\n\n')}\n`).toMatchFileSnapshot(fileURLToPath(file));
});

test('every diagnostic is shown by a spoilt flow', () => {
  const shown = INVALID_FLOWS.flatMap(([, text]) => codesOf(text));
  expect(new Set([...shown, ...TESTED_ELSEWHERE])).toEqual(new Set(DIAGNOSTIC_CODES));
});

test('a valid flow is read as it is written', () => {
  expect(loadFlow(VALID_FLOW, 'valid.yaml')).toMatchObject({
    kind: 'ok',
    flow: {
      name: 'small',
      title: { en: 'A small flow', ko: '작은 흐름' },
      start: 'name',
      nodes: {
        name: {
          kind: 'probe',
          id: 'name',
          probe: 'resolve',
          with: { slowMs: 150 },
          answers: { yes: ['ok', 'literal'], no: ['not-found', 'no-address'] },
          on: { ok: { kind: 'go', to: 'expected' }, blocked: { kind: 'conclude', code: 'local-firewall' } },
        },
        expected: {
          kind: 'ask',
          question: { en: 'Is {addresses} right?' },
          choices: { yes: { label: { ko: '예' } }, no: { label: { en: 'No' } } },
          unattended: 'yes',
        },
        link: { with: {}, answers: { yes: [], no: [] } },
      },
      tests: [
        { name: 'the gateway is dead', outcomes: { name: 'timeout', link: 'gateway-failed' } },
        { name: 'nobody was asked', conclude: 'resolver-unreachable' },
      ],
    },
  });
});

test('a flow survives being sent to another process', () => {
  const loaded = loadFlow(VALID_FLOW, 'valid.yaml');
  expect(structuredClone(loaded)).toEqual(loaded);
  expect(JSON.parse(JSON.stringify(loaded))).toEqual(loaded);
});

test('a flow that goes by another name than its file is refused', () => {
  expect(codesOf(VALID_FLOW, { name: 'small' })).toEqual([]);
  expect(codesOf(VALID_FLOW, { name: 'large' })).toEqual(['name-mismatch']);
});

test('where the tests are left to the caller, one that ends elsewhere is no mistake of the file', () => {
  const text = VALID_FLOW.replace('conclude: gateway-unreachable\n  -', 'conclude: no-route\n  -');
  expect(codesOf(text)).toEqual(['test-ends-elsewhere']);
  expect(codesOf(text, { walkTests: false })).toEqual([]);
});

test('a file over the limit is not parsed', () => {
  expect(codesOf('#'.repeat(LARGEST_FLOW + 1))).toEqual(['too-large']);
});

test('a file that is wrong all over says how much is left out', () => {
  const keys = Array.from({ length: MOST_DIAGNOSTICS + 20 }, (_, index) => `extra-${index}: 1\n`).join('');
  const diagnostics = diagnosticsOf(VALID_FLOW + keys);
  expect(diagnostics).toHaveLength(MOST_DIAGNOSTICS + 1);
  expect(diagnostics.at(-1)).toMatchObject({ code: 'more', message: '20 more problems from here on' });
});

test('no key of a file reaches a prototype', () => {
  codesOf(new Map(INVALID_FLOWS).get('keys of a prototype') ?? '');
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test.each([
  ['braces', '{'],
  ['brackets', '['],
  ['lists', '- '],
  ['questions', '? '],
  ['open maps', '{ a: '],
])('a file of nothing but %s is refused and ends nothing', (_, unit) => {
  expect(codesOf(unit.repeat(20_000))).toContain('too-deep');
});

test('a chain of thousands of nodes, closed to a ring, is a cycle and no overflow', () => {
  const length = 3000;
  const edge = (id: number) =>
    `  n${id}: { on: { answers: n${(id + 1) % length}, gateway-failed: n${(id + 1) % length} } }\n`;
  const nodes = Array.from({ length }, (_, id) => edge(id)).join('');
  expect(codesOf(`start: n0\nnodes:\n${nodes}`).length).toBeGreaterThan(0);
});

test('no text makes the loader throw, and no diagnostic prints a control character', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), yamlish()), (text) => {
      for (const diagnostic of diagnosticsOf(text)) expectPrintable(diagnostic);
    }),
    { numRuns: 300 },
  );
});

test('no change to a valid flow makes the loader throw, and what is still accepted is whole', () => {
  fc.assert(
    fc.property(mutation(), (text) => {
      const loaded = loadFlow(text, 'mutated.yaml');
      if (loaded.kind === 'invalid') {
        expect(loaded.diagnostics.length).toBeGreaterThan(0);
        for (const diagnostic of loaded.diagnostics) expectPrintable(diagnostic);
      } else {
        expect(Object.keys(loaded.flow.nodes)).toContain(loaded.flow.start);
      }
    }),
    { numRuns: 500 },
  );
});

function expectPrintable(diagnostic: Diagnostic): void {
  expect(renderDiagnostic(diagnostic)).not.toMatch(/(?!\n)[\p{Cc}\u2028-\u202e\u2066-\u2069]/u);
  expect(diagnostic.line).toBeGreaterThan(0);
  expect(diagnostic.column).toBeGreaterThan(0);
}

/** Text that is more often YAML than any text is. */
function yamlish(): fc.Arbitrary<string> {
  const words = ['flow', 'nodes', 'start', 'on', 'probe', 'ask', 'choices', '__proto__', 'constructor', 'ping', '한글'];
  const signs = [
    ': ',
    '\n',
    '\n  ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '&a ',
    '*a',
    '!t ',
    '? ',
    '|\n',
    '#',
    ', ',
    '\t',
  ];
  return fc.array(fc.constantFrom(...words, ...signs), { maxLength: 40 }).map((parts) => parts.join(''));
}

/** The valid flow with one piece of it cut out, moved, or replaced. */
function mutation(): fc.Arbitrary<string> {
  const place = fc.nat(VALID_FLOW.length);
  const text = fc.oneof(yamlish(), fc.string({ unit: 'binary', maxLength: 5 }), fc.constant(''));
  return fc
    .tuple(place, fc.nat(30), text)
    .map(([at, cut, put]) => VALID_FLOW.slice(0, at) + put + VALID_FLOW.slice(at + cut));
}

function diagnosticsOf(text: string, options: LoadOptions = {}): readonly Diagnostic[] {
  const loaded = loadFlow(text, 'valid.yaml', options);
  return loaded.kind === 'ok' ? [] : loaded.diagnostics;
}

function codesOf(text: string, options: LoadOptions = {}): readonly string[] {
  return diagnosticsOf(text, options).map(({ code }) => code);
}
