import { expect, test } from 'vitest';
import { hopNames } from '../../../src/cli/trace/names.ts';

test('each address is asked for once, and only what has a name is known', async () => {
  const asked: string[] = [];
  const names = hopNames(async (address) => {
    asked.push(address);
    return address === '192.0.2.1' ? 'gw.example' : null;
  });
  for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.1']) names.learn(address);
  expect(names.known().size).toBe(0);
  await names.settled();
  expect(asked).toEqual(['192.0.2.1', '192.0.2.2']);
  expect([...names.known()]).toEqual([['192.0.2.1', 'gw.example']]);
});

test('without a look-up nothing is asked', async () => {
  const names = hopNames(null);
  names.learn('192.0.2.1');
  await names.settled();
  expect(names.known().size).toBe(0);
});
