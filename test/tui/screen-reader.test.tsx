import { PassThrough } from 'node:stream';
import { render } from 'ink';
import { expect, test } from 'vitest';
import { Frame } from '../../src/tui/body/frame.tsx';
import type { AppState } from '../../src/tui/state/app-state.ts';
import { ThemeProvider } from '../../src/tui/theme/theme.tsx';
import { asking, atWork, concluded, tell, themeOf } from './states.ts';

/** What a screen reader is given: the linear text that Ink writes in its place. */
function read(state: AppState): string {
  const stdout = Object.assign(new PassThrough({ encoding: 'utf8' }), { columns: 80, rows: 24 });
  const app = render(
    <ThemeProvider value={themeOf('en', { screenReader: true })}>
      <Frame state={state} size={{ columns: 80, rows: 24 }} elapsedMs={0} />
    </ThemeProvider>,
    { stdout: stdout as unknown as NodeJS.WriteStream, isScreenReaderEnabled: true, debug: true, patchConsole: false },
  );
  const text: unknown = stdout.read();
  app.unmount();
  return String(text);
}

test('a question is read with the answers before it, and with its choices and which is selected', () => {
  expect(read(asking('en'))).toMatchInlineSnapshot(`
    "netwhy db.internal:5432
    list: Questions
    Does the name resolve? resolves
    Does this machine have a way to the address? found
    Is the host reachable? no answer
    On db.internal itself, what listens on port 5432?
    radiogroup: radio: (selected) 1 Nothing listens on that port
    radio: 2 It is bound to 127.0.0.1 or ::1 only
    radio: 3 I cannot look
    ↑/↓ move  Enter choose  1-9 pick  w why  Esc/b back  ? keys  q quit"
  `);
});

test('echoes that come in change nothing that would be read again', () => {
  const before = atWork('en');
  const after = tell(before, {
    kind: 'probe-progress',
    probe: 'ping',
    atMs: 9,
    progress: { kind: 'echo-answered', sequence: 4, rttMs: 1, replyTtl: 61 },
  });
  expect(read(after)).toBe(read(before));
});

test('the verdict is read whole, without a window to scroll', () => {
  const text = read(concluded('en'));
  expect(text).toContain('FAULT');
  expect(text).toContain('Not checked');
  expect(text).not.toMatch(/\d+ more/);
});
