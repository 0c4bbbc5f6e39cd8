import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { describeFlow } from '../../src/flow/describe-flow.ts';
import { loadFlow } from '../../src/flow/file/load-flow.ts';
import type { Flow } from '../../src/flow/flow.ts';
import { toDot, toMermaid } from '../../src/flow/graph.ts';
import { VALID_FLOW } from './invalid-flows.ts';

const flow = flowOf(VALID_FLOW);
const hostile = flowOf(
  VALID_FLOW.replace('en: Does the next hop answer?', `en: 'a "quoted" [text] with | and \\ and <b>`)
    .replace('answer?, ko', 'answer?, ko')
    .replace('with | and \\ and <b>, ko', `with | and \\ and <b> %% --> end', ko`),
);

test.each([
  ['mermaid-en.txt', () => toMermaid(flow, 'en')],
  ['mermaid-ko.txt', () => toMermaid(flow, 'ko')],
  ['dot-en.txt', () => toDot(flow, 'en')],
  ['described-en.txt', () => describeFlow(flow, 'en')],
  ['described-ko.txt', () => describeFlow(flow, 'ko')],
])('the small flow looks like %s', async (file, draw) => {
  const snapshot = new URL(`fixtures/drawn/${file}`, import.meta.url);
  await expect(draw()).toMatchFileSnapshot(fileURLToPath(snapshot));
});

test('no sign of a text gets out of its quotes in Mermaid', () => {
  const line = toMermaid(hostile, 'en')
    .split('\n')
    .find((text) => text.includes('quoted'));
  expect(line).toBe(
    '  ask_link["a #34;quoted#34; #91;text#93; with #124; and #92; and #60;b#62; %% --#62; end<br/>neighbour"]',
  );
});

test('no sign of a text gets out of its quotes in DOT', () => {
  const line = toDot(hostile, 'en')
    .split('\n')
    .find((text) => text.includes('quoted'));
  expect(line).toBe(
    '  ask_link [shape=box, label="a \\"quoted\\" [text] with | and \\\\ and <b> %% --> end\\nneighbour"];',
  );
});

test('answers with the same destination share one arrow', () => {
  expect(toMermaid(flow, 'en')).toContain('ask_name -->|"literal, timeout"| ask_link');
});

function flowOf(text: string): Flow {
  const loaded = loadFlow(text, 'valid.yaml');
  if (loaded.kind !== 'ok') throw new Error(JSON.stringify(loaded.diagnostics));
  return loaded.flow;
}
