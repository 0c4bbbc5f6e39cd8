import { render } from 'ink';
import type { Report } from '../domain/report.ts';
import type { Language } from '../domain/verdict.ts';
import type { RunningSession, StartSession } from '../session/session-client.ts';
import { App } from './app.tsx';
import { type Effect, type FlowChoice, initialState, type Next, onIntent, onMessage } from './app-state.ts';
import { glyphsFor } from './glyphs.ts';
import { createStore } from './store.ts';
import { type Theme, ThemeProvider } from './theme.tsx';
import { WORDS } from './words.ts';

export type TuiOptions = {
  readonly target: string | null;
  readonly flow: string | null;
  readonly flows: readonly FlowChoice[];
  readonly lang: Language;
  readonly color: boolean;
  readonly ascii: boolean;
  readonly screenReader: boolean;
  /** What is wrong with a target, null when nothing is. */
  readonly validate: (target: string) => string | null;
  readonly start: StartSession;
};

/** How the wizard was left. `known` holds the questions answered so far, for a run that was interrupted. */
export type Ending = {
  readonly kind: 'quit' | 'interrupted';
  readonly report: Report | null;
  readonly known: readonly { readonly question: string; readonly answer: string }[];
};

const FRAMES_PER_SECOND = 10;

/** Runs the wizard on this terminal until the user leaves it. The terminal is as it was when this settles. */
export async function runTui(options: TuiOptions): Promise<Ending> {
  const first = initialState(options);
  const store = createStore(first.state);
  let session: RunningSession | null = null;

  const apply = ({ state, effects }: Next): void => {
    store.set(state);
    effects.forEach(perform);
  };
  function perform(effect: Effect): void {
    switch (effect.kind) {
      case 'start':
        session?.end();
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
  const theme: Theme = {
    words: WORDS[options.lang],
    glyphs: glyphsFor(options.ascii),
    colour: (name) => (options.color ? { color: name } : {}),
    screenReader: options.screenReader,
  };
  const stop = () => apply(onIntent(store.get(), { kind: 'interrupt' }, options.validate));
  process.on('SIGTERM', stop).on('SIGHUP', stop);
  const app = render(
    <ThemeProvider value={theme}>
      <App store={store} onIntent={(intent) => apply(onIntent(store.get(), intent, options.validate))} />
    </ThemeProvider>,
    { exitOnCtrlC: false, maxFps: FRAMES_PER_SECOND, isScreenReaderEnabled: options.screenReader },
  );
  const done = app.waitUntilExit();
  first.effects.forEach(perform);
  try {
    await done;
  } finally {
    process.off('SIGTERM', stop).off('SIGHUP', stop);
    perform({ kind: 'end' });
    app.unmount();
  }
  const { view, over } = store.get();
  return {
    kind: over === 'interrupted' ? 'interrupted' : 'quit',
    report: view.report,
    known: view.steps.map(({ question, answer }) => ({ question, answer })),
  };
}
