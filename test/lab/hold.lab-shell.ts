import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { FAULTS } from './faults.ts';

// Run by test/lab/shell.sh: builds one network of the table of faults and keeps it until the shell in it has ended.

test('the network stands until its shell ends', async () => {
  const wanted = process.env['NETWHY_LAB_NAME'] ?? '';
  const hold = process.env['NETWHY_LAB_HOLD'] ?? '';
  const named = FAULTS.map((fault) => ({ name: `${fault.code}: ${fault.name}`, fault }));
  const found = named.find(({ name, fault }) => name === wanted || fault.code === wanted);
  if (found === undefined) {
    writeFileSync(hold, `none\n${named.map(({ name }) => name).join('\n')}\n`);
    return;
  }
  const { on, ask } = await found.fault.build();
  writeFileSync(hold, `${on}\n${found.name}\n${ask.join(' ')}\n`);
  while (existsSync(hold)) await sleep(200);
  expect(existsSync(hold)).toBe(false);
});
