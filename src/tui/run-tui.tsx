import { render } from 'ink';
import type { Clock } from '../domain/ports.ts';
import type { Report } from '../domain/report.ts';
import type { Language } from '../domain/verdict.ts';
import type { RunningSession, StartSession } from '../session/session-client.ts';
import { App } from './app.tsx';
import { type Effect, type FlowChoice, initialState, type Next, onMessage } from './app-state.ts';
import { CrashBoundary } from './crash-boundary.tsx';
import { glyphsFor } from './glyphs.ts';
import type { Intent } from './keys.ts';
import { layoutOf } from './layout.ts';
import { onIntent, type Surroundings } from './on-intent.ts';
import { pageOf, windowOf } from './page.ts';
import { plainText } from './row.ts';
import { createStore } from './store.ts';
import { openTerminal } from './terminal.ts';
import { type Faces, type Theme, ThemeProvider } from './theme.tsx';
import { WORDS } from './words.ts';

export type TuiOptions = {
  readonly target: string | null;
  readonly flow: string | null;
  readonly flows: readonly FlowChoice[];
  readonly lang: Language;
  readonly color: boolean;
  /** Puts texts into ASCII where the locale wants that; null where it does not. */
  readonly inAscii: ((text: string) => string) | null;
  readonly screenReader: boolean;
  readonly clock: Clock;
  /** What is wrong with a target, null when nothing is. */
  readonly validate: (target: string) => string | null;
  readonly faces: Faces;
  readonly start: StartSession;
};

/** How the wizard was left, and what is known by then. */
export type Ending = {
  /** `crashed`: a bug, told by `error`. `failed`: left after a session that could not go on. */
  readonly kind: 'quit' | 'unfinished' | 'failed' | 'interrupted' | 'crashed';
  readonly error: unknown;
  /** Verdicts that were left for another run, oldest first. */
  readonly earlier: readonly Report[];
  readonly report: Report | null;
  /** The questions answered so far, for a run without a verdict. */
  readonly known: readonly { readonly question: string; readonly answer: string; readonly outcome: string }[];
};

const FRAMES_PER_SECOND = 10;

/** Runs the wizard on this terminal until the user leaves it. The terminal is as it was when this settles. */
export async function runTui(options: TuiOptions): Promise<Ending> {
  const first = initialState(options);
  const store = createStore(first.state);
  const theme = themeOf(options);
  let session: RunningSession | null = null;

  function perform(effect: Effect): void {
    switch (effect.kind) {
      case 'start':
        session = options.start({ target: effect.target, flow: effect.flow }, (message) =>
          store.set(onMessage(store.get(), message)),
        );
        break;
      case 'answer':
        session?.answer(effect.id, effect.choice);
        break;
      case 'take-back':
        session?.back(effect.id);
        break;
      case 'end':
        session?.end();
        session = null;
        break;
    }
  }
  const apply = ({ state, effects }: Next): void => {
    effects.forEach(perform);
    store.set(state);
  };
  const around: Surroundings = {
    validate: options.validate,
    pageOf: (state) => {
      const layout = layoutOf(terminal.size(), options.screenReader);
      const page = pageOf(state, theme, layout);
      if (page === null) return { maxScroll: 0, rows: 1 };
      const { maxScroll, visible } = windowOf(page, layout.bodyRows, state.scroll, theme);
      return { maxScroll, rows: visible };
    },
  };
  const take = (intent: Intent) => apply(onIntent(store.get(), intent, around));
  const terminal = openTerminal(() => take({ kind: 'interrupt' }));
  let crash: { readonly error: unknown } | null = null;
  const app = render(
    <CrashBoundary onCrash={terminal.crash}>
      <ThemeProvider value={theme}>
        <App store={store} onIntent={take} />
      </ThemeProvider>
    </CrashBoundary>,
    { exitOnCtrlC: false, maxFps: FRAMES_PER_SECOND, isScreenReaderEnabled: options.screenReader },
  );
  // Asked for later, it would never settle.
  const done = app.waitUntilExit();
  try {
    first.effects.forEach(perform);
    await Promise.race([done, terminal.crashed]);
  } catch (error) {
    crash = { error };
  } finally {
    perform({ kind: 'end' });
    app.unmount();
    terminal.close();
  }
  const { view, over, earlier, failed, screen } = store.get();
  const isUnfinished = screen === 'session' && view.report === null;
  const left = over === 'interrupted' ? over : failed !== null ? 'failed' : isUnfinished ? 'unfinished' : 'quit';
  return {
    kind: crash === null ? left : 'crashed',
    error: crash?.error,
    earlier,
    report: view.report,
    known: view.steps,
  };
}

function themeOf(options: TuiOptions): Theme {
  const ascii = options.inAscii !== null;
  return {
    words: WORDS[options.lang],
    glyphs: glyphsFor(ascii),
    ascii,
    plain: plainText(options.inAscii),
    colour: (name) => (options.color ? { color: name } : {}),
    screenReader: options.screenReader,
    ...options.faces,
    clock: options.clock,
  };
}
