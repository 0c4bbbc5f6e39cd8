import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openTerminal, type Terminal } from '../e2e/terminal.ts';
import { chain } from '../lab/kit/chain.ts';
import { filter, within } from '../lab/kit/exec.ts';
import { animate, type Frame } from './animate.ts';

// `npm run record`: one whole diagnosis, for the README. Not a test of anything; it fails where there is nothing to see.

const FILE = fileURLToPath(new URL('diagnosis.svg', import.meta.url));
const SIZE = { columns: 100, rows: 30 };
const LOOK_EVERY_MS = 150;
const KEY_MS = 90;
/** A person reads before going on. */
const READ_MS = 1500;

test('a host behind a router that drops: from the complaint to the remedy', async () => {
  const hosts = ['10.9.0.1 gw.office', '10.9.1.1 core1.office', '10.9.2.1 fw.office', '10.9.4.1 db1.office'];
  const net = await chain({ routers: 4, names: { hosts } });
  filter(net.router(3), 'forward', `ip daddr ${net.target()} drop`);
  const terminal = openTerminal([], { ...SIZE, within: within(net.client) });
  await terminal.waitFor('What is wrong?');
  const camera = startCamera(terminal);
  await sleep(READ_MS);
  terminal.press('Enter');
  await terminal.waitFor('What can you not reach?');
  for (const letter of 'db1.office:5432') {
    terminal.type(letter);
    await sleep(KEY_MS);
  }
  await sleep(READ_MS);
  terminal.press('Enter');
  await terminal.waitFor('FAULT');
  await sleep(2 * READ_MS);
  for (let page = 0; page < 2; page += 1) {
    terminal.press('NPage');
    await sleep(2 * READ_MS);
  }
  const frames = await camera.stop();
  expect(frames.length).toBeGreaterThan(10);
  writeFileSync(
    FILE,
    animate(frames, SIZE.columns, SIZE.rows - 1, 'netwhy finds out where the way to a database ends'),
  );
  terminal.press('C-c');
  await terminal.waitFor('exit=130');
});

/** Looks at the terminal again and again; what does not change is one frame. */
function startCamera(terminal: Terminal): { readonly stop: () => Promise<readonly Frame[]> } {
  const frames: Frame[] = [];
  const startedMs = performance.now();
  let isOn = true;
  const running = (async () => {
    while (isOn) {
      const lines = terminal
        .painted()
        .split('\n')
        .slice(0, SIZE.rows - 1);
      const before = frames[frames.length - 1]?.lines.join('\n');
      if (before !== lines.join('\n')) frames.push({ atMs: Math.round(performance.now() - startedMs), lines });
      await sleep(LOOK_EVERY_MS);
    }
  })();
  return {
    stop: async () => {
      isOn = false;
      await running;
      return frames;
    },
  };
}
