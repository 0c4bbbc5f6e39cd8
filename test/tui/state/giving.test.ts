import { renderToString } from 'ink';
import { createElement } from 'react';
import { expect, test } from 'vitest';
import { Frame } from '../../../src/tui/body/frame.tsx';
import { type AppState, isPasting, isTyping, onMessage } from '../../../src/tui/state/app-state.ts';
import type { Intent } from '../../../src/tui/state/keys.ts';
import { onIntent, type Surroundings } from '../../../src/tui/state/on-intent.ts';
import { type Theme, ThemeProvider } from '../../../src/tui/theme/theme.tsx';
import { atWork, tell, themeOf } from '../states.ts';

const AROUND: Surroundings = {
  judge: () => ({ kind: 'invalid', problem: 'not asked' }),
  pageOf: () => ({ maxScroll: 0, rows: 10 }),
};
const CHOICES = [
  { id: 'ssh', label: 'Look there', input: 'vantage' },
  { id: 'paste', label: 'I paste it', input: 'sockets' },
  { id: 'no', label: 'No' },
] as const;
const asked = (): AppState =>
  tell(atWork('en'), { kind: 'asked', id: 'login', choices: CHOICES, unattended: 'no', couldBe: ['not-listening'] });
const text = (value: string): Intent => ({ kind: 'text', text: value });
const ENTER: Intent = { kind: 'choose' };

function press(state: AppState, ...intents: readonly Intent[]) {
  return intents.reduce(
    (before, intent) => {
      const next = onIntent(before.state, intent, AROUND);
      return { state: next.state, effects: [...before.effects, ...next.effects] };
    },
    { state, effects: [] as ReturnType<typeof onIntent>['effects'] },
  );
}

function draw(state: AppState, theme: Theme, size: { columns: number; rows: number }): string {
  const frame = createElement(Frame, { state, size, elapsedMs: 0 });
  return renderToString(createElement(ThemeProvider, { value: theme }, frame), { columns: size.columns });
}

const picking = (number: number): Intent => ({ kind: 'number', index: number - 1 });

test('a choice without anything to give is answered at once', () => {
  expect(press(asked(), picking(3)).effects).toEqual([{ kind: 'answer', id: 'login', choice: 'no', input: null }]);
});

test('a paste keeps its lines, and ends with Enter on an empty line', () => {
  const pasted = press(asked(), picking(2), text('LISTEN 0 1\nLISTEN 0 2'));
  expect(pasted.effects).toEqual([]);
  expect(isTyping(pasted.state) && isPasting(pasted.state)).toBe(true);
  const { effects, state } = press(pasted.state, ENTER, ENTER);
  expect(effects).toEqual([{ kind: 'answer', id: 'login', choice: 'paste', input: 'LISTEN 0 1\nLISTEN 0 2\n' }]);
  expect(state.answering).toBe('login');
  expect(isTyping(state)).toBe(false);
});

test('Ctrl-D ends a paste as well; nothing is given before there is something', () => {
  expect(press(asked(), picking(2), { kind: 'finish' }, ENTER).effects).toEqual([]);
  expect(press(asked(), picking(2), text('x'), { kind: 'finish' }).effects).toHaveLength(1);
});

test('letters are text while something is given, and Escape goes back to the choices', () => {
  const { state } = press(asked(), picking(1), text('q?w'), { kind: 'erase' });
  expect(state.giving?.text).toBe('q?');
  const back = press(state, { kind: 'back' });
  expect(back.state.giving).toBeNull();
  expect(press(back.state, picking(3)).effects).toHaveLength(1);
});

test('more than a megabyte is cut, and told', () => {
  const { state } = press(asked(), picking(2), text('x'.repeat(2_000_000)));
  expect(state.giving).toMatchObject({ isCut: true });
  expect(state.giving?.text).toHaveLength(1024 * 1024);
  expect(draw(state, themeOf('en'), { columns: 80, rows: 24 })).toContain('Too long');
});

test('what is of no use is told until it is changed, and the question goes on', () => {
  const given = press(asked(), picking(2), text('nonsense'), { kind: 'finish' }).state;
  const refused = onMessage(given, {
    kind: 'event',
    event: { kind: 'input-refused', id: 'login', input: 'sockets', why: 'unreadable', message: 'no', example: null },
  });
  const size = { columns: 80, rows: 24 };
  expect(draw(refused, themeOf('en'), size)).toContain('This is no output of ss, netstat or lsof.');
  expect(draw(refused, themeOf('ko'), size)).toContain('ss, netstat, lsof의 출력이 아닙니다.');
  const changed = press(refused, { kind: 'clear' }, text('LISTEN'));
  expect(draw(changed.state, themeOf('en'), size)).not.toContain('no output');
  expect(press(changed.state, { kind: 'finish' }).effects).toHaveLength(1);
});

test('what is run on a vantage shows before it is given', () => {
  const { state } = press(asked(), picking(1), text('ssh://db1'));
  const frame = draw(state, themeOf('en'), { columns: 80, rows: 24 });
  expect(frame).toContain('This is run, and only reads:');
  expect(frame).toContain('$ ssh -T db1 sh');
  expect(press(state, ENTER).effects).toEqual([{ kind: 'answer', id: 'login', choice: 'ssh', input: 'ssh://db1' }]);
});

test.each([
  [40, 12],
  [80, 24],
])('the end of a paste, how much it is and the keys are there at %ix%i; escape codes are not', (columns, rows) => {
  const lines = Array.from({ length: 50 }, (_, index) => `row ${index} \u001b[31m`).join('\n');
  const { state } = press(asked(), picking(2), text(lines));
  const frame = draw(state, themeOf('en'), { columns, rows });
  expect(frame).toContain('row 49');
  expect(frame).toContain('50 lines');
  expect(frame).toContain('Ctrl-D done');
  expect(frame).not.toContain('\u001b[31m');
});

test('a screen reader hears how much was pasted, not every line', () => {
  const { state } = press(asked(), picking(2), text('row 1\nrow 2'));
  const frame = draw(state, themeOf('en', { screenReader: true }), { columns: 80, rows: 24 });
  expect(frame).toContain('2 lines');
  expect(frame).not.toContain('row 1');
});
