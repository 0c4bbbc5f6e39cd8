import fc from 'fast-check';
import { renderToString } from 'ink';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import type { Language } from '../../../src/domain/verdict.ts';
import { Frame } from '../../../src/tui/body/frame.tsx';
import type { AppState } from '../../../src/tui/state/app-state.ts';
import { type Theme, ThemeProvider } from '../../../src/tui/theme/theme.tsx';
import { BLACKHOLE } from '../../report/reports.ts';
import { asking, atWork, concluded, STATES, tell, themeOf } from '../states.ts';

const LANGUAGES: readonly Language[] = ['en', 'ko'];
const SIZES = [
  { columns: 40, rows: 12 },
  { columns: 80, rows: 24 },
  { columns: 120, rows: 30 },
  { columns: 200, rows: 60 },
] as const;

function draw(state: AppState, theme: Theme, size: { columns: number; rows: number }): string {
  const frame = (
    <ThemeProvider value={theme}>
      <Frame state={state} size={size} elapsedMs={2130} />
    </ThemeProvider>
  );
  return renderToString(frame, { columns: size.columns });
}

const lines = (frame: string) => frame.split('\n');

for (const lang of LANGUAGES) {
  for (const size of SIZES) {
    test(`the screens in ${lang} at ${size.columns} columns are as drawn in the file`, async () => {
      const frames = Object.entries(STATES).map(
        ([name, stateOf]) => `=== ${name}\n${draw(stateOf(lang), themeOf(lang), size)}\n`,
      );
      await expect(frames.join('\n')).toMatchFileSnapshot(`frames/${lang}-${size.columns}x${size.rows}.txt`);
    });
  }
}

test('no frame is wider than the window or as tall as it, whatever the window', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(STATES)),
      fc.constantFrom(...LANGUAGES),
      fc.record({ columns: fc.integer({ min: 1, max: 200 }), rows: fc.integer({ min: 2, max: 60 }) }),
      (name, lang, size) => {
        const state = STATES[name]?.(lang);
        if (state === undefined) throw new Error(name);
        const drawn = lines(draw(state, themeOf(lang), size));
        expect(drawn.length).toBeLessThanOrEqual(size.rows - 1);
        for (const line of drawn) expect(stringWidth(line)).toBeLessThanOrEqual(size.columns);
      },
    ),
    { numRuns: 300 },
  );
}, 60_000);

test('at 80 columns the tree and the engine stand side by side', () => {
  const [, , heading] = lines(draw(atWork('en'), themeOf('en'), { columns: 80, rows: 24 }));
  expect(heading).toMatch(/^Questions\s+Running$/);
});

test('the question and every choice of it are there at 40x12', () => {
  const frame = draw(asking('en'), themeOf('en'), { columns: 40, rows: 12 });
  for (const text of ['what listens', '1 Nothing', '2 It is bound', '3 I cannot look']) expect(frame).toContain(text);
});

test('the focused choice is on the screen however many there are', () => {
  const choices = Array.from({ length: 30 }, (_, index) => ({ id: `${index}`, label: `choice number ${index + 1}` }));
  const state = tell(atWork('en'), { kind: 'asked', id: 'many', choices, unattended: 'none', couldBe: [] });
  for (const focus of [0, 8, 15, 29]) {
    const frame = draw({ ...state, focus }, themeOf('en'), { columns: 40, rows: 12 });
    expect(frame).toMatch(new RegExp(`❯ .*choice number ${focus + 1}$`, 'm'));
  }
});

test('scrolled to the end, the last line of a page is on the screen and nothing is below it', () => {
  const frame = draw({ ...concluded('en'), overlay: 'why', scroll: 1000 }, themeOf('en'), { columns: 80, rows: 24 });
  expect(frame).toContain('Does the name resolve?');
  expect(frame).not.toMatch(/\d+ more/);
});

test('what is below the verdict stays there at 80x24 and 40x12: the question that could change it', () => {
  const offer = STATES['verdict with an offer'];
  for (const size of [
    { columns: 80, rows: 24 },
    { columns: 40, rows: 12 },
  ])
    expect(draw(offer?.('en') ?? concluded('en'), themeOf('en'), size)).toMatch(/a answer {2}Enter skip/u);
});

test('without colours there is no colour, and with them the words say the same', () => {
  const size = { columns: 80, rows: 24 };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control sequences
  const colours = /\u001b\[(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]/;
  for (const stateOf of Object.values(STATES)) expect(draw(stateOf('en'), themeOf('en'), size)).not.toMatch(colours);
  for (const name of ['at-work', 'asking', 'verdict']) {
    const state = STATES[name]?.('en');
    if (state === undefined) throw new Error(name);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control sequences
    const plain = (frame: string) => frame.replace(/\u001b\[[\d;]*m/g, '');
    expect(plain(draw(state, themeOf('en', { color: true }), size))).toBe(plain(draw(state, themeOf('en'), size)));
  }
});

test('in an ASCII locale every screen is ASCII', () => {
  for (const stateOf of Object.values(STATES))
    expect(draw(stateOf('en'), themeOf('en', { ascii: true }), { columns: 80, rows: 24 })).toMatch(/^[\n -~]*$/);
});

test('what the network says never reaches the terminal as a control', () => {
  const evil = '\u001b]0;owned\u0007\u001b[2J\u202ehost\u0085\r\n\u009b31m';
  const diagnosis = { ...BLACKHOLE.diagnosis, title: evil, summary: evil, explanation: evil };
  const place = { address: evil, port: 1, protocol: 'tcp' } as const;
  const events = tell(
    atWork('en'),
    { kind: 'address-chosen', address: evil },
    { kind: 'probe-progress', probe: 'trace', atMs: 1, progress: { kind: 'hop', ttl: 2, address: evil, rttMs: 1 } },
    { kind: 'probe-progress', probe: 'connect', atMs: 1, progress: { kind: 'attempt-started', ...place } },
    { kind: 'node-entered', id: 'evil', question: evil, why: evil, probe: null },
    { kind: 'asked', id: 'evil', choices: [{ id: 'a', label: evil }], unattended: 'a', couldBe: [] },
  );
  const verdict = concluded('en', { ...BLACKHOLE, diagnosis });
  const states: readonly AppState[] = [events, { ...events, overlay: 'why' }, verdict, { ...events, target: evil }];
  for (const state of states) {
    const frame = draw(state, themeOf('en'), { columns: 120, rows: 40 });
    expect(frame).toContain('owned');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
    expect(frame.replace(/\u001b\[[\d;]*m/g, '')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  }
});
