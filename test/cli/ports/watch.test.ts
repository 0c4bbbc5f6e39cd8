import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { onQuitKey } from '../../../src/cli/common/quit-key.ts';
import { screenLines } from '../../../src/cli/ports/watch.ts';

const WORDS = { keys: 'q ends', more: (rows: number) => `+${rows}` };
const PARTS = {
  title: ['title'],
  tables: [
    ['Listening', 'a', 'b'],
    ['Connections', 'c', 'd'],
  ],
  end: ['sum'],
};

test('what fits a screen is shown whole', () => {
  expect(screenLines(PARTS, 40, WORDS)).toEqual([
    'title',
    '',
    'Listening',
    'a',
    'b',
    '',
    'Connections',
    'c',
    'd',
    '',
    'sum',
    '',
    'q ends',
  ]);
});

test('of more rows than fit the first are shown, and how many are not; sums and keys stay', () => {
  const lines = screenLines(PARTS, 9, WORDS);
  expect(lines).toEqual(['title', '', 'Listening', 'a', '+4', '', 'sum', '', 'q ends']);
});

class Keyboard extends EventEmitter {
  readonly isTTY: boolean;
  isRaw = false;
  isFlowing = false;
  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }
  setRawMode(isRaw: boolean): void {
    this.isRaw = isRaw;
  }
  resume(): this {
    this.isFlowing = true;
    return this;
  }
  pause(): this {
    this.isFlowing = false;
    return this;
  }
}

test.each([
  ['q', false],
  ['xQ', false],
  ['\u0003', true],
])('the key %j ends it, and the keyboard is given back', (keys, isInterrupt) => {
  const keyboard = new Keyboard(true);
  const quit = onQuitKey(keyboard);
  expect(keyboard.isRaw).toBe(true);
  keyboard.emit('data', Buffer.from('x\u001b[A'));
  expect(quit.signal.aborted).toBe(false);
  keyboard.emit('data', Buffer.from(keys));
  expect(quit.signal.aborted).toBe(true);
  expect(quit.isInterrupt()).toBe(isInterrupt);
  quit.close();
  quit.close();
  expect([keyboard.isRaw, keyboard.isFlowing, keyboard.listenerCount('data')]).toEqual([false, false, 0]);
});

test('what is no keyboard is left alone', () => {
  const keyboard = new Keyboard(false);
  const quit = onQuitKey(keyboard);
  expect([keyboard.isRaw, keyboard.isFlowing, keyboard.listenerCount('data')]).toEqual([false, false, 0]);
  quit.close();
});
