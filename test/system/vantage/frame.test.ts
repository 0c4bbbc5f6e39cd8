import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frame } from '../../../src/system/vantage/frame.ts';

const MAX_BYTES = 1_000_000;

/** What a real shell makes of the frame. */
function shellSays(input: string): Buffer {
  return execFileSync('/bin/sh', [], { input, stdio: ['pipe', 'pipe', 'ignore'] });
}

test('exactly what the script wrote is read, with its exit code, however the bytes are cut', () => {
  const framed = frame('printf "a\\n\\nb"; exit 3', 'secret-1', MAX_BYTES);
  const said = Buffer.concat([Buffer.from('Last login: never\n\u001b[2J no newline'), shellSays(framed.input)]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 40 }), (cuts) => {
      const each = frame('', 'secret-1', MAX_BYTES);
      let from = 0;
      for (const cut of [...cuts, said.length]) {
        each.out(said.subarray(from, from + cut));
        from += cut;
      }
      expect([each.stdout(), each.exitCode(), each.isTooMuch()]).toEqual(['a\n\nb', 3, false]);
    }),
  );
});

test('a script that writes nothing has written nothing', () => {
  const framed = frame('true', 'secret-2', MAX_BYTES);
  framed.out(shellSays(framed.input));
  expect([framed.stdout(), framed.exitCode()]).toEqual(['', 0]);
});

test('what only echoes the input is not taken for a shell', () => {
  const framed = frame('true', 'secret-3', MAX_BYTES);
  framed.out(Buffer.from(framed.input));
  expect([framed.hasBegun(), framed.exitCode()]).toEqual([false, null]);
});

test('an answer under another name is none, nor is half of one', () => {
  const framed = frame('true', 'secret-4', MAX_BYTES);
  framed.out(shellSays(frame('echo x', 'secret-5', MAX_BYTES).input));
  expect(framed.exitCode()).toBeNull();
  framed.out(shellSays(framed.input).subarray(0, -3));
  expect([framed.hasBegun(), framed.exitCode()]).toEqual([true, null]);
});

test('more than the limit is too much, and is not kept', () => {
  const framed = frame('true', 'secret-6', 1000);
  for (let count = 0; count < 20; count += 1) framed.out(Buffer.alloc(100, 'x'));
  expect(framed.isTooMuch()).toBe(true);
});
