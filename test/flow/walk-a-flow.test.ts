import { expect, test } from 'vitest';
import { answerWord } from '../../src/flow/answer-word.ts';
import { loadFlow } from '../../src/flow/file/load-flow.ts';
import type { Flow } from '../../src/flow/flow.ts';
import { nodeOf } from '../../src/flow/node-of.ts';
import { pathLine, pathsOf } from '../../src/flow/paths.ts';
import { runFlowTests } from '../../src/flow/run-tests.ts';
import { step } from '../../src/flow/step.ts';
import { countPaths } from './all-paths.ts';
import { VALID_FLOW } from './invalid-flows.ts';

const flow = flowOf(VALID_FLOW);

test('an outcome leads to a node or to a conclusion', () => {
  expect(step(flow, 'name', 'ok')).toEqual({ kind: 'go', to: 'expected' });
  expect(step(flow, 'name', 'not-found')).toEqual({ kind: 'conclude', code: 'name-not-found' });
});

test('a choice leads on as an outcome does', () => {
  expect(step(flow, 'expected', 'no')).toEqual({ kind: 'conclude', code: 'reachable' });
});

test.each([
  ['nowhere', 'ok'],
  ['name', 'answered'],
  ['name', 'constructor'],
  ['expected', 'toString'],
  ['__proto__', 'ok'],
])('asking %s for %s is a bug of the caller, and throws', (node, answer) => {
  expect(() => step(flow, node, answer)).toThrow(/^(node|flow) /u);
});

test.each([
  ['ok', 'yes'],
  ['not-found', 'no'],
  ['timeout', 'unknown'],
])('the tree shows %s as %s', (outcome, word) => {
  const node = nodeOf(flow, 'name');
  if (node.kind !== 'probe') throw new Error('the start is a probe');
  expect(answerWord(node, outcome)).toBe(word);
});

test('the ways through the flow are whole, take every edge, and are no more than the edges', () => {
  expect(pathsOf(flow).map(pathLine)).toEqual([
    'name=ok > expected=yes > link=answers → resolver-unreachable',
    'name=literal > link=gateway-failed → gateway-unreachable',
    'name=sinkholed → name-sinkholed',
    'name=not-found → name-not-found',
    'name=no-address → name-no-address',
    'name=server-failure → resolver-failure',
    'name=timeout > link=target-failed → neighbour-unreachable',
    'name=blocked → local-firewall',
    'name=ok > expected=no → reachable',
    'name=literal > link=tunnel-silent → tunnel-silent',
    'name=literal > link=own-network → local-network-overlap',
    'name=literal > link=unknown → resolver-unreachable',
  ]);
});

test('where ways join, each combination counts', () => {
  expect(countPaths(flow)).toBe(6 + 1 + 6 + 6 + 5);
});

test('a recorded walk passes when it ends where it says, and a question that is left out takes its unattended choice', () => {
  expect(runFlowTests(flow)).toMatchObject([
    { name: 'the gateway is dead', passed: true },
    {
      name: 'nobody was asked',
      passed: true,
      path: [
        { node: 'name', answer: 'ok' },
        { node: 'expected', answer: 'yes' },
        { node: 'link', answer: 'answers' },
      ],
    },
  ]);
});

test('a recorded walk that ends elsewhere says where, and by which way', () => {
  const wrong = flowOf(VALID_FLOW.replace('conclude: gateway-unreachable\n  -', 'conclude: no-route\n  -'));
  expect(runFlowTests(wrong)[0]).toEqual({
    name: 'the gateway is dead',
    passed: false,
    expected: 'no-route',
    actual: 'gateway-unreachable',
    stoppedAt: null,
    path: [
      { node: 'name', answer: 'timeout' },
      { node: 'link', answer: 'gateway-failed' },
    ],
  });
});

test('a recorded walk that comes to a question without an answer stops there', () => {
  const short = flowOf(VALID_FLOW.replace('{ name: timeout, link: gateway-failed }', '{ name: timeout }'));
  expect(runFlowTests(short)[0]).toMatchObject({ passed: false, actual: null, stoppedAt: 'link' });
});

function flowOf(text: string): Flow {
  const loaded = loadFlow(text, 'valid.yaml', { walkTests: false });
  if (loaded.kind !== 'ok') throw new Error('the flow is not valid');
  return loaded.flow;
}
