import { expect, test } from 'vitest';
import type { SessionEvent } from '../../../src/session/view/session-event.ts';
import {
  type AppState,
  type Effect,
  initialState,
  isRunning,
  isTyping,
  onMessage,
} from '../../../src/tui/state/app-state.ts';
import { answersFor } from '../../../src/tui/state/back-to.ts';
import type { Intent } from '../../../src/tui/state/keys.ts';
import { offerOf } from '../../../src/tui/state/offer.ts';
import { onIntent, type Surroundings } from '../../../src/tui/state/on-intent.ts';
import { onSaved } from '../../../src/tui/state/saving.ts';
import { BLACKHOLE } from '../../report/reports.ts';

const FLOWS = [
  { name: 'name', title: 'A name does not resolve' },
  { name: 'reachability', title: 'I cannot reach a host' },
];
const AROUND: Surroundings = {
  judge: (target) =>
    target.includes(' ') || target === ''
      ? { kind: 'invalid', problem: 'not a target' }
      : { kind: 'ok', target: { input: target, scheme: 'tcp', host: target, literal: null, port: null } },
  pageOf: () => ({ maxScroll: 20, rows: 10 }),
};

type Play = { readonly state: AppState; readonly effects: readonly Effect[] };

const start = (
  options: { flow?: string; target?: string; recents?: readonly string[]; isReplay?: boolean } = {},
): Play =>
  initialState({
    flows: FLOWS,
    flow: options.flow ?? null,
    target: options.target ?? null,
    recents: options.recents ?? [],
    note: null,
    isReplay: options.isReplay ?? false,
  });

/** Presses keys: intents by name, `1` for a number, anything longer than a key's name as text. */
function press(
  { state, effects }: Play,
  ...intents: readonly (Intent | Exclude<Intent['kind'], 'number' | 'text'>)[]
): Play {
  return intents.reduce<Play>(
    (before, intent) => {
      const next = onIntent(before.state, typeof intent === 'string' ? { kind: intent } : intent, AROUND);
      return { state: next.state, effects: [...before.effects, ...next.effects] };
    },
    { state, effects },
  );
}

const text = (value: string): Intent => ({ kind: 'text', text: value });
const number = (value: number): Intent => ({ kind: 'number', index: value - 1 });

function tell({ state }: Play, ...events: readonly SessionEvent[]): Play {
  const told = events.reduce((before, event) => onMessage(before, { kind: 'event', event }), state);
  return { state: told, effects: [] };
}

const ENTERED: SessionEvent = { kind: 'node-entered', id: 'login', question: 'Can you log in?', why: '', probe: null };
const ASKED: SessionEvent = {
  kind: 'asked',
  id: 'login',
  choices: [
    { id: 'ssh', label: 'By ssh' },
    { id: 'no', label: 'No' },
  ],
  unattended: 'no',
  couldBe: ['not-listening'],
};
const ANSWERED: SessionEvent = {
  kind: 'node-answered',
  step: { id: 'login', question: 'Can you log in?', answer: 'no', outcome: 'no', next: null, durationMs: 1 },
};
const CONCLUDED: SessionEvent = { kind: 'concluded', report: BLACKHOLE };

const running = () => start({ target: 'db1:5432' });
const asked = () => tell(running(), ENTERED, ASKED);
const concluded = () => tell(running(), CONCLUDED);
const concludedByPerson = () => tell(asked(), ANSWERED, CONCLUDED);

test('the usual complaint is the first of the list, and the one that Enter takes', () => {
  const { state } = start();
  expect(state.flows.map(({ name }) => name)).toEqual(['reachability', 'name']);
  expect(press({ state, effects: [] }, 'choose').state).toMatchObject({ screen: 'target', flow: 'reachability' });
});

test.each([
  ['nothing given: symptom first', {}, 'symptom', []],
  ['a flow given: the target is left to ask', { flow: 'name' }, 'target', []],
  [
    'a target given: straight in',
    { target: 'db1' },
    'session',
    [{ kind: 'start', target: 'db1', flow: 'reachability' }],
  ],
] as const)('%s', (_, options, screen, effects) => {
  expect(start(options)).toMatchObject({ state: { screen }, effects });
});

test('the focus goes round at both ends', () => {
  expect(press(start(), 'up').state.focus).toBe(1);
  expect(press(start(), 'down', 'down').state.focus).toBe(0);
});

test('a number chooses at once, and one that is not on the list does nothing', () => {
  expect(press(start(), number(2)).state).toMatchObject({ screen: 'target', flow: 'name' });
  expect(press(start(), number(9)).state).toMatchObject({ screen: 'symptom', focus: 0 });
});

test('what is wrong with a target is told after Enter, then as one types, and nothing is started', () => {
  const typing = press(start({ flow: 'name' }), text('a b'));
  expect(typing.state.problem).toBeNull();
  const sent = press(typing, 'choose');
  expect(sent).toMatchObject({ state: { problem: 'not a target', screen: 'target' }, effects: [] });
  const mended = press(sent, 'erase', 'erase');
  expect(mended.state).toMatchObject({ target: 'a', problem: null });
});

test('a paste of a megabyte with escape codes becomes a short text without them', () => {
  const { state } = press(start({ flow: 'name' }), text(`\u001b[31m${'x'.repeat(1_000_000)}`));
  expect(state.target.length).toBeLessThan(2000);
  expect(state.target).not.toContain('\u001b');
});

test('Ctrl-U empties the target', () => {
  expect(press(start({ flow: 'name' }), text('db1'), 'clear').state.target).toBe('');
});

test('back from the target goes to the symptoms, on the one that was chosen', () => {
  const { state } = press(start(), number(2), text('db1'), 'back');
  expect(state).toMatchObject({ screen: 'symptom', focus: 1, target: 'db1' });
});

test('a choice is sent once, however often Enter is pressed', () => {
  const { state, effects } = press(asked(), 'down', 'choose', 'choose', 'choose');
  expect(effects).toEqual([{ kind: 'answer', id: 'login', choice: 'no', input: null }]);
  expect(isRunning(state)).toBe(true);
});

test('an earlier question asked again can be answered again', () => {
  const again = tell(press(concludedByPerson(), 'back', 'choose'), { kind: 'walk-restarted' }, ENTERED, ASKED);
  expect(press(again, number(1)).effects).toEqual([{ kind: 'answer', id: 'login', choice: 'ssh', input: null }]);
});

test('back from a verdict that a person had a part in asks again, on the same evidence', () => {
  const { state, effects } = press(concludedByPerson(), 'back', 'choose');
  expect(effects).toEqual([{ kind: 'take-back', id: 'login', answer: null, input: null }]);
  expect(state).toMatchObject({ screen: 'session', view: { report: null, steps: [] } });
});

test.each([
  ['a verdict that no person had a part in', concluded],
  ['probes at work', running],
  ['the first question', asked],
])('back from %s goes to the target, whose text stays', (_, from) => {
  const { state, effects } = press({ state: from().state, effects: [] }, 'back');
  expect(state).toMatchObject({ screen: 'target', target: 'db1:5432', view: { steps: [], report: null } });
  expect(effects).toEqual([{ kind: 'end' }]);
});

test('again ends the session that is there, measures anew, and keeps the verdict for the transcript', () => {
  const { state, effects } = press(concluded(), 'again');
  expect(effects.map(({ kind }) => kind)).toEqual(['end', 'start']);
  expect(state.earlier).toEqual([BLACKHOLE]);
  expect(state.view.report).toBeNull();
  expect(state.runs).toBe(2);
});

test('again means nothing before there is a verdict', () => {
  expect(press({ state: running().state, effects: [] }, 'again').effects).toEqual([]);
});

test('another target begins with an empty field and the same complaint', () => {
  const { state, effects } = press(concluded(), 'other');
  expect(state).toMatchObject({ screen: 'target', target: '', flow: 'reachability' });
  expect(effects).toEqual([{ kind: 'end' }]);
});

test.each([
  ['the symptoms', () => start()],
  ['the target', () => start({ flow: 'name' })],
  ['probes at work', running],
  ['a question', asked],
  ['a verdict', concluded],
  ['the help', () => press(concluded(), 'help')],
])('Ctrl-C ends everything from %s', (_, from) => {
  const { state, effects } = press({ state: from().state, effects: [] }, 'interrupt');
  expect(state.over).toBe('interrupted');
  expect(effects).toEqual([{ kind: 'end' }]);
});

test('nothing happens any more once it is over', () => {
  const over = press(concluded(), 'quit');
  expect(press({ ...over, effects: [] }, 'again', 'back', 'interrupt')).toEqual({ state: over.state, effects: [] });
});

test('q quits everywhere but in a text field, where it is a letter', () => {
  expect(press(concluded(), 'quit').state.over).toBe('quit');
  expect(isTyping(start({ flow: 'name' }).state)).toBe(true);
  for (const page of ['evidence', 'hops', 'tree', 'help', 'back'] as const)
    expect(press(concluded(), page, 'quit').state.over).toBe('quit');
});

/** A verdict that was not sure, and a question below it whose answer could change it. */
const offered = (diagnosis: Partial<typeof BLACKHOLE.diagnosis> = {}) =>
  tell(asked(), ANSWERED, {
    kind: 'concluded',
    report: { ...BLACKHOLE, ruledOut: [], diagnosis: { ...BLACKHOLE.diagnosis, confidence: 'likely', ...diagnosis } },
  });

test('below a verdict a question is offered only where its answer could change the verdict', () => {
  expect(offerOf(offered().state)?.id).toBe('login');
  expect(offerOf(offered({ confidence: 'certain', owner: 'path' }).state)).toBeNull();
  expect(offerOf(offered({ code: 'not-listening' }).state)).toBeNull();
  expect(offerOf(concluded().state)).toBeNull();
});

test('what is offered is answered with what belongs to it, or skipped with Enter', () => {
  expect(press(offered(), 'answer').state.overlay).toBe('offer');
  const giving = press(offered(), 'answer', number(1));
  expect(giving.state.overlay).toBeNull();
  expect(offerOf(press(offered(), 'choose').state)).toBeNull();
  expect(press(offered(), 'answer', 'back').state).toMatchObject({ overlay: null });
});

test('numbers and Tab lead from page to page and back to the verdict', () => {
  expect(press(concluded(), number(4)).state.overlay).toBe('hops');
  expect(press(concluded(), number(4), number(1)).state.overlay).toBeNull();
  const pages = ['why', 'evidence', 'hops', 'tree', 'sockets', 'platforms', null];
  let play = concluded();
  for (const page of pages) {
    play = press(play, 'next-page');
    expect(play.state.overlay).toBe(page);
  }
});

test('y copies what is to be done first, on any page', () => {
  expect(press(concluded(), 'copy-step').effects).toEqual([{ kind: 'copy-step', report: BLACKHOLE }]);
  expect(press(concluded(), 'hops', 'copy-step').effects).toHaveLength(1);
});

test('scrolling stays within the content', () => {
  const scrolls = (...intents: readonly ('up' | 'down' | 'page-up' | 'page-down')[]) =>
    press(concluded(), ...intents).state.scroll;
  expect(scrolls('up')).toBe(0);
  expect(scrolls('down', 'down')).toBe(2);
  expect(scrolls('page-down', 'page-down', 'page-down')).toBe(20);
  expect(scrolls('page-down', 'page-down', 'page-down', 'up')).toBe(19);
  expect(scrolls('page-down', 'page-up')).toBe(0);
});

test('a measuring process that ends too early is told, and again starts a new one', () => {
  const failed: Play = { state: onMessage(running().state, { kind: 'failed', message: 'it ended' }), effects: [] };
  expect(failed.state.failed).toBe('it ended');
  expect(isRunning(failed.state)).toBe(false);
  expect(press(failed, 'again').effects.map(({ kind }) => kind)).toEqual(['end', 'start']);
});

test('what a session says after it was left is not listened to', () => {
  const { state } = press(running(), 'back');
  expect(onMessage(state, { kind: 'event', event: CONCLUDED })).toBe(state);
});

test('arrows take earlier targets into the field, the latest first, and typing goes on from there', () => {
  const empty = start({ flow: 'name', recents: ['db2', 'db1'] });
  expect(press(empty, 'down').state).toMatchObject({ target: 'db2', recent: 0 });
  expect(press(empty, 'down', 'down').state.target).toBe('db1');
  expect(press(empty, 'up').state.target).toBe('db2');
  expect(press(empty, 'up', 'up').state.target).toBe('db1');
  expect(press(empty, text('db1.example:54'), 'erase-word').state.target).toBe('db1.example:');
  expect(press(empty, 'down', text(':22')).state).toMatchObject({ target: 'db2:22', recent: null });
  expect(press(start({ flow: 'name' }), 'down').state.target).toBe('');
});

test('a target that was started is the first of the earlier ones, once', () => {
  const begun = press(start({ flow: 'name', recents: ['db2', 'db1'] }), text('db1'), 'choose');
  expect(begun.state.recents).toEqual(['db1', 'db2']);
});

test('guided, nothing but Enter or the space bar lets a question be measured', () => {
  const entered: SessionEvent = { kind: 'node-entered', id: 'name', question: 'Name?', why: '', probe: 'resolve' };
  const waiting = tell(running(), entered, { kind: 'waiting' });
  expect(isRunning(waiting.state)).toBe(false);
  expect(press(waiting, 'down', 'right', 'again').effects).toEqual([]);
  for (const key of ['choose', 'page-down'] as const) {
    const { state, effects } = press(waiting, key, key);
    expect(effects).toEqual([{ kind: 'go-on' }]);
    expect(state.view.isWaiting).toBe(false);
  }
});

test('the report is copied and saved only when there is one', () => {
  expect(press({ state: running().state, effects: [] }, 'copy', 'save')).toMatchObject({
    state: { saving: null },
    effects: [],
  });
  expect(press(concluded(), 'copy').effects).toEqual([{ kind: 'copy', report: BLACKHOLE }]);
});

test('a file name is asked for, and letters are text until Escape', () => {
  const asking = press(concluded(), 'save');
  expect(isTyping(asking.state)).toBe(true);
  expect(asking.state.saving?.file).toMatch(/^netwhy-[\w.-]+\.md$/u);
  expect(press(asking, 'back').state).toMatchObject({ saving: null, screen: 'session' });
  const typed = press(asking, 'clear', text('why.json'), 'choose');
  expect(typed.effects).toEqual([{ kind: 'save', report: BLACKHOLE, file: 'why.json', replace: false }]);
});

test('a name that says neither JSON nor Markdown is told, and writes nothing', () => {
  const { state, effects } = press(concluded(), 'save', 'clear', text('why.txt'), 'choose');
  expect([state.saving?.problem, effects]).toEqual([{ kind: 'format' }, []]);
});

test('a file that is there is replaced when Enter is pressed once more, and not when the name was changed', () => {
  const { state } = press(concluded(), 'save', 'clear', text('why.md'), 'choose');
  const exists = { state: onSaved(state, 'why.md', { kind: 'exists' }), effects: [] };
  expect(exists.state.saving?.problem).toEqual({ kind: 'exists', file: 'why.md' });
  expect(press(exists, 'choose').effects).toMatchObject([{ file: 'why.md', replace: true }]);
  expect(press(exists, 'erase', text('d'), 'choose').effects).toMatchObject([{ file: 'why.md', replace: false }]);
  const saved = onSaved(state, 'why.md', { kind: 'saved' });
  expect(saved).toMatchObject({ saving: null, said: { kind: 'saved', file: 'why.md' } });
  expect(press({ state: saved, effects: [] }, 'down').state.said).toBeNull();
});

test('on their page left and right go round the platforms of the remedies', () => {
  const count = new Set(BLACKHOLE.diagnosis.nextSteps.map(({ platform }) => platform).filter((name) => name !== 'any'));
  const tabs = Array.from({ length: count.size }, () => 'right' as const);
  expect(press(concluded(), 'platforms', ...tabs).state.tab).toBe(0);
  expect(press(concluded(), 'platforms', 'left').state.tab).toBe(count.size - 1);
});

test('back from a verdict lists the questions of the path and the target, the last that a person answered first', () => {
  const second: SessionEvent = { ...ANSWERED, step: { ...ANSWERED.step, id: 'second' } };
  const asksAgain: SessionEvent = { ...ASKED, id: 'second' };
  const done = tell(asked(), ANSWERED, asksAgain, second, CONCLUDED);
  const choosing = press(done, 'back');
  expect(choosing).toMatchObject({ state: { overlay: 'back', focus: 1 }, effects: [] });
  expect(press(choosing, 'back').state.overlay).toBeNull();
  expect(press(choosing, number(1))).toMatchObject({
    state: { overlay: null, view: { report: null } },
    effects: [{ kind: 'take-back', id: 'login', answer: null, input: null }],
  });
  expect(press(choosing, number(3))).toMatchObject({
    state: { screen: 'target', target: 'db1:5432' },
    effects: [{ kind: 'end' }],
  });
});

const PLANNED: SessionEvent = {
  kind: 'started',
  flow: 'reachability',
  target: { input: 'db1:5432', scheme: 'tcp', host: 'db1', literal: null, port: 5432 },
  deadlineMs: 15_000,
  plan: [
    {
      id: 'reachable',
      question: 'Is the host reachable?',
      label: 'host (ping)',
      branches: [],
      probe: 'ping',
      answers: [
        { word: 'yes', outcomes: ['answered'] },
        { word: 'yes', outcomes: ['lossy', 'slow'] },
        { word: 'no', outcomes: ['silent', 'prohibited'] },
      ],
    },
  ],
};
const pinged = (byHand?: { readonly measured: string }): SessionEvent => ({
  kind: 'node-answered',
  step: {
    id: 'reachable',
    question: 'Is the host reachable?',
    ...(byHand === undefined ? { answer: 'no', outcome: 'silent' } : { answer: 'yes', outcome: 'lossy', byHand }),
    next: null,
    durationMs: 1,
  },
});

test('a question of a probe is answered by hand: what was measured is not offered as another answer', () => {
  const asking = press(tell(running(), PLANNED, pinged(), CONCLUDED), 'back', 'choose');
  expect(asking).toMatchObject({ state: { overlay: 'otherwise', backTo: 'reachable' }, effects: [] });
  expect(answersFor(asking.state).map((answer) => ('outcomes' in answer ? answer.outcomes : answer.kind))).toEqual([
    'measured',
    ['answered'],
    ['lossy', 'slow'],
  ]);
  const given = press(asking, number(3));
  expect(given.effects).toEqual([{ kind: 'take-back', id: 'reachable', answer: 'lossy', input: null }]);
  expect(given.state).toMatchObject({ overlay: null, backTo: null, view: { report: null, steps: [] } });
});

test('to leave it as measured changes nothing; an answer by hand is taken back by it', () => {
  const measured = press(tell(running(), PLANNED, pinged(), CONCLUDED), 'back', 'choose', 'choose');
  expect(measured).toMatchObject({ state: { overlay: null, view: { report: BLACKHOLE } }, effects: [] });
  const byHand = tell(running(), PLANNED, pinged({ measured: 'silent' }), CONCLUDED);
  expect(press(byHand, 'back', 'choose', 'choose').effects).toEqual([
    { kind: 'take-back', id: 'reachable', answer: null, input: null },
  ]);
});

test('Escape leads from the answers to the questions, and from there to where one was', () => {
  const asking = press(tell(running(), PLANNED, pinged(), CONCLUDED), 'back', 'choose', 'back');
  expect(asking).toMatchObject({ state: { overlay: 'back', focus: 0 }, effects: [] });
  expect(press(asking, 'back')).toMatchObject({ state: { overlay: null, view: { report: BLACKHOLE } }, effects: [] });
});

test('a recorded run has no other target, and remembers none', () => {
  const recorded = tell(start({ target: 'db1', isReplay: true }), CONCLUDED);
  expect(press(recorded, 'other', 'back')).toMatchObject({ state: { screen: 'session', recents: [] }, effects: [] });
});
