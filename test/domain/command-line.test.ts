import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellLine } from '../../src/domain/command-line.ts';

test('a shell reads exactly the words that were written, whatever they hold', () => {
  const word = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'));
  const awkward = fc.constantFrom('', "'", "''", '\\', '$HOME', '`id`', '$(id)', '-n', '*', '~', 'a\nb', '!x', '#');
  fc.assert(
    fc.property(fc.array(fc.oneof(word, awkward), { minLength: 1, maxLength: 20 }), (words) => {
      const said = execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${shellLine(words)}`], { encoding: 'utf8' });
      expect(said).toBe(words.map((each) => `${each}\0`).join(''));
    }),
    { numRuns: 60 },
  );
});
