import { expect, test } from 'vitest';
import type { ProbeName } from '../../../src/domain/outcome.ts';
import { EMPTY_VIEW, type SessionView } from '../../../src/session/view/view.ts';
import { unaskedOf } from '../../../src/tui/rows/tree-plan.ts';

const question = (id: string, probe: ProbeName, next: string | null) => {
  return { id, question: `${id}?`, probe, next, answers: [] };
};
/** All well: name, host, port, size. A quiet host: another way to ask for the port, then the path. */
const PLAN = [
  question('name', 'resolve', 'host'),
  question('host', 'ping', 'port'),
  question('port', 'connect', 'size'),
  question('size', 'mtu', null),
  question('port-quiet', 'connect', null),
  question('path', 'trace', null),
];

const step = (id: string) => ({ id, question: `${id}?`, answer: 'yes', outcome: 'ok', next: null, durationMs: 1 });
const current = (id: string) => ({ id, question: `${id}?`, why: '', probe: null });

function unasked(view: Partial<SessionView>): { readonly pending: string[]; readonly skipped: string[] } {
  const { pending, skipped } = unaskedOf({ ...EMPTY_VIEW, plan: PLAN, ...view });
  return { pending: pending.map(({ id }) => id), skipped: skipped.map(({ id }) => id) };
}

test('before the first question all of the way lies ahead', () => {
  expect(unasked({})).toEqual({ pending: ['name', 'host', 'port', 'size'], skipped: [] });
});

test('what lies ahead is what comes if all is well', () => {
  expect(unasked({ steps: [step('name')], current: current('host') })).toEqual({
    pending: ['port', 'size'],
    skipped: [],
  });
});

test('an answer that leads elsewhere leaves questions behind, but not what is asked in other words', () => {
  expect(unasked({ steps: [step('name'), step('host')], current: current('port-quiet') })).toEqual({
    pending: [],
    skipped: ['size'],
  });
});

test('a flow that leads back to where it was ends all the same', () => {
  const round = [question('a', 'ping', 'b'), question('b', 'trace', 'a')];
  expect(unasked({ plan: round }).pending.length).toBeGreaterThan(0);
});
