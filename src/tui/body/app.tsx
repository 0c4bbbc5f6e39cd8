import { Box, useApp, useInput } from 'ink';
import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { type AppState, isPasting, isRunning, isTyping } from '../state/app-state.ts';
import { type Intent, intentsOf } from '../state/keys.ts';
import type { Store } from '../state/store.ts';
import { useWindowSize } from '../terminal/use-window-size.ts';
import { useTheme } from '../theme/theme.tsx';
import { useElapsed } from '../theme/use-elapsed.ts';
import { Frame } from './frame.tsx';

/** The whole wizard: the one place that hears keys, and the one that ends Ink. */
export function App({
  store,
  onIntent,
}: {
  readonly store: Store<AppState>;
  readonly onIntent: (intent: Intent) => void;
}): ReactNode {
  const state = useSyncExternalStore(store.subscribe, store.get);
  const { exit } = useApp();
  const size = useWindowSize();
  const { clock, screenReader, bindings } = useTheme();
  const elapsedMs = useElapsed(clock, state.runs, isRunning(state) && !screenReader);
  const typing = () => isTyping(store.get());
  const pasting = () => isPasting(store.get());
  useInput((input, key) => {
    for (const intent of intentsOf(input, key, typing, bindings, pasting)) onIntent(intent);
  });
  // After the last state has been drawn.
  useEffect(() => {
    if (state.over !== null) exit();
  }, [state.over, exit]);
  // What was drawn goes; what stays on the terminal is printed when the wizard is gone.
  if (state.over !== null) return <Box />;
  return <Frame state={state} size={size} elapsedMs={elapsedMs} />;
}
