import { expect, test } from 'vitest';
import { DEFAULT_THRESHOLDS } from '../../src/domain/reading.ts';
import type { Flow } from '../../src/flow/flow.ts';
import { runSession } from '../../src/session/live/run-session.ts';
import { createFakeClock } from '../fake/clock.ts';
import { createFakeNetwork } from '../fake/network.ts';
import { fakePorts } from './fake-ports.ts';

const HOST = '10.9.9.9';
const DEADLINE_MS = 5000;
const THOUGHT_MS = 600_000;
const both = (text: string) => ({ en: text, ko: text });

const ASK_THEN_PING: Flow = {
  name: 'ask-then-ping',
  title: both('Ask, then ping'),
  start: 'asked',
  nodes: {
    asked: {
      kind: 'ask',
      id: 'asked',
      question: both('Well?'),
      why: both('A test asks.'),
      // biome-ignore lint/suspicious/noThenProperty: the word of the flow files
      choices: { go: { label: both('Go on'), then: { kind: 'go', to: 'reachable' } } },
      unattended: 'go',
    },
    reachable: {
      kind: 'probe',
      id: 'reachable',
      question: both('Is it reachable?'),
      why: both('A test asks.'),
      probe: 'ping',
      with: {},
      answers: { yes: ['answered'], no: ['silent'] },
      on: { answered: { kind: 'conclude', code: 'reachable' }, silent: { kind: 'conclude', code: 'path-blackhole' } },
    },
  },
  tests: [],
};

test.each([
  ['a host that answers', false, { kind: 'concluded', code: 'reachable', toldByPerson: false }],
  ['a host that does not', true, { kind: 'concluded', code: 'path-blackhole', toldByPerson: false }],
] as const)('a person may think for longer than the deadline: %s is measured to the end', async (_, silent, ending) => {
  const clock = createFakeClock();
  const network = createFakeNetwork({ clock, routers: [], hosts: [{ address: HOST, silent }] });
  const result = await clock.run(
    runSession(
      {
        flow: ASK_THEN_PING,
        target: { input: HOST, scheme: 'tcp', host: HOST, literal: HOST, port: null },
        families: [4, 6],
        deadlineMs: DEADLINE_MS,
        elapsedMs: 0,
        count: 5,
        answers: new Map(),
        thresholds: DEFAULT_THRESHOLDS,
        lang: 'en',
      },
      fakePorts({ clock, network }),
      async (_id, _choices, signal) => {
        await clock.sleep(THOUGHT_MS, signal);
        return signal.aborted ? null : { choice: 'go', sockets: null };
      },
      new AbortController().signal,
      () => undefined,
    ),
  );
  expect(result.ending).toEqual(ending);
});
