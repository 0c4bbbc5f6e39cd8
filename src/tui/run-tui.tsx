import { Box, render } from 'ink';
import type { Clock } from '../domain/ports.ts';
import type { Step } from '../domain/report.ts';
import type { Language } from '../domain/verdict.ts';
import type { Report } from '../evidence/report/report.ts';
import type { RunningSession, StartSession } from '../session/live/session-client.ts';
import { App } from './body/app.tsx';
import { CrashBoundary } from './body/crash-boundary.tsx';
import { pageOf, windowOf } from './body/page.ts';
import { type Effect, type FlowChoice, initialState, type Next, onMessage } from './state/app-state.ts';
import type { Intent } from './state/keys.ts';
import { onIntent, type Surroundings } from './state/on-intent.ts';
import { onSaved, type Saved } from './state/saving.ts';
import { createStore } from './state/store.ts';
import { clipboardSequence } from './terminal/clipboard.ts';
import { endNotice } from './terminal/notice.ts';
import { openTerminal } from './terminal/terminal.ts';
import { COLOURS, type ThemeName } from './theme/colours.ts';
import { glyphsFor } from './theme/glyphs.ts';
import { bindingsOf } from './theme/key-bindings.ts';
import { layoutOf } from './theme/layout.ts';
import { plainText } from './theme/row.ts';
import { type Faces, type Judgement, type Theme, ThemeProvider } from './theme/theme.tsx';
import { wordsOf } from './words/words-of.ts';

export type TuiOptions = {
  readonly target: string | null;
  readonly flow: string | null;
  readonly flows: readonly FlowChoice[];
  readonly lang: Language;
  readonly theme: ThemeName;
  /** Puts texts into ASCII where the locale wants that; null where it does not. */
  readonly inAscii: ((text: string) => string) | null;
  readonly screenReader: boolean;
  readonly clock: Clock;
  readonly recents: readonly string[];
  /** Told at the start: something that does not keep the wizard from its work. */
  readonly note: string | null;
  /** Whether a recorded run is shown. */
  readonly isReplay: boolean;
  /** Whether the session waits for leave before each question. */
  readonly guided: boolean;
  readonly vim: boolean;
  readonly platforms: readonly string[];
  readonly judge: (target: string) => Judgement;
  readonly commandsAt: (vantage: string) => readonly string[];
  readonly markdownOf: (report: Report) => string;
  readonly save: (report: Report, file: string, replace: boolean) => Promise<Saved>;
  readonly faces: Faces;
  /** Called when the first frame is about to be drawn. */
  readonly beforeDrawing: () => void;
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
  readonly known: readonly Step[];
};

/** The most; what comes in by itself is drawn less often (see store.ts), a key at once. */
const FRAMES_PER_SECOND = 60;
const LONG_RUN_MS = 10_000;
/** Longer than a frame. */
const REDRAW_MS = 50;

/** Runs the wizard on this terminal until the user leaves it. The terminal is as it was when this settles. */
export async function runTui(options: TuiOptions): Promise<Ending> {
  const first = initialState(options);
  const store = createStore(first.state, (ms) => options.clock.sleep(ms, new AbortController().signal));
  const theme = themeOf(options);
  let session: RunningSession | null = null;
  let startedMs = 0;

  /** The terminal shows what a shell wrote: Ink draws again only what is not as it was, so that there is nothing first. */
  function redraw(): void {
    app.rerender(<Box />);
    void options.clock.sleep(REDRAW_MS, new AbortController().signal).then(() => app.rerender(drawn));
  }
  /** Whoever waited that long may be looking elsewhere. */
  function notice({ diagnosis }: Report): void {
    if (options.clock.nowMs() - startedMs > LONG_RUN_MS) terminal.send(endNotice(diagnosis.title, process.env));
  }
  function copy(text: string, what: 'report' | 'step'): void {
    const { sequence, said } = clipboardSequence(text, process.env);
    if (sequence !== null) terminal.send(sequence);
    store.set({ ...store.get(), said: said.kind === 'copied' ? { ...said, what } : said });
  }
  function perform(effect: Effect): void {
    switch (effect.kind) {
      case 'start':
        startedMs = options.clock.nowMs();
        session = options.start({ target: effect.target, flow: effect.flow, guided: options.guided }, (message) => {
          store.setSoon(onMessage(store.get(), message));
          if (message.kind === 'event' && message.event.kind === 'concluded') notice(message.event.report);
        });
        break;
      case 'answer':
        session?.answer(effect.id, effect.choice, effect.input);
        break;
      case 'take-back':
        startedMs = options.clock.nowMs();
        session?.back(effect.id, effect.answer, effect.input);
        break;
      case 'go-on':
        session?.goOn();
        break;
      case 'copy':
        copy(options.markdownOf(effect.report), 'report');
        break;
      case 'copy-step': {
        const text = options.faces.firstStepOf(effect.report);
        if (text !== null) copy(text, 'step');
        break;
      }
      case 'save': {
        const { report, file, replace } = effect;
        void options.save(report, file, replace).then((saved) => store.set(onSaved(store.get(), file, saved)));
        break;
      }
      case 'end':
        session?.end();
        session = null;
        break;
    }
  }
  const apply = ({ state, effects }: Next): void => {
    store.set(state);
    effects.forEach(perform);
  };
  const around: Surroundings = {
    judge: options.judge,
    pageOf: (state) => {
      const layout = layoutOf(terminal.size(), options.screenReader);
      const page = pageOf(state, theme, layout);
      if (page === null) return { maxScroll: 0, rows: 1 };
      const { maxScroll, visible } = windowOf(page, layout.bodyRows, state.scroll, theme);
      return { maxScroll, rows: visible };
    },
  };
  const take = (intent: Intent) => apply(onIntent(store.get(), intent, around));
  options.beforeDrawing();
  const terminal = openTerminal(() => take({ kind: 'interrupt' }), redraw);
  let crash: { readonly error: unknown } | null = null;
  const drawn = (
    <CrashBoundary onCrash={terminal.crash}>
      <ThemeProvider value={theme}>
        <App store={store} onIntent={take} />
      </ThemeProvider>
    </CrashBoundary>
  );
  const app = render(drawn, {
    exitOnCtrlC: false,
    maxFps: FRAMES_PER_SECOND,
    isScreenReaderEnabled: options.screenReader,
  });
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
    words: wordsOf(options.lang),
    lang: options.lang,
    glyphs: glyphsFor(ascii),
    ascii,
    plain: plainText(options.inAscii),
    colours: COLOURS[options.theme],
    screenReader: options.screenReader,
    ...options.faces,
    bindings: bindingsOf(options.vim),
    judge: options.judge,
    commandsAt: options.commandsAt,
    platforms: options.platforms,
    clock: options.clock,
  };
}
