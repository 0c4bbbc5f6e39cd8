import { Box, Text, useApp, useInput } from 'ink';
import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { type AppState, isTyping } from './app-state.ts';
import { Hints } from './hints.tsx';
import { type Intent, intentOf } from './keys.ts';
import { Overlay } from './overlay.tsx';
import { SessionScreen } from './session-screen.tsx';
import { SymptomScreen, TargetScreen } from './start-screen.tsx';
import type { Store } from './store.ts';
import { useTheme } from './theme.tsx';
import { useWindowSize } from './use-window-size.ts';

/** Header, hints, and one line that stays free: a frame as tall as the window would erase the scrollback. */
const CHROME_ROWS = 4;
const LEAST = { columns: 20, rows: 8 };

/** The whole wizard: one header line, the screen, one line of keys. */
export function App({
  store,
  onIntent,
}: {
  readonly store: Store<AppState>;
  readonly onIntent: (intent: Intent) => void;
}): ReactNode {
  const state = useSyncExternalStore(store.subscribe, store.get);
  const { exit } = useApp();
  const { columns, rows } = useWindowSize();
  const { words, colour } = useTheme();
  useInput((input, key) => {
    const intent = intentOf(input, key, isTyping(store.get()));
    if (intent !== null) onIntent(intent);
  });
  // The one place that ends Ink, after the last state has been drawn.
  useEffect(() => {
    if (state.over !== null) exit();
  }, [state.over, exit]);
  if (columns < LEAST.columns || rows < LEAST.rows) return <Text wrap="truncate-end">{words.narrow}</Text>;
  const bodyRows = rows - CHROME_ROWS;
  return (
    <Box flexDirection="column" width={columns} height={rows - 1} overflow="hidden">
      <Text wrap="truncate-end">
        <Text bold {...colour('cyan')}>
          netwhy
        </Text>
        {state.screen === 'session' ? ` ${state.target}` : ''}
      </Text>
      <Box height={bodyRows} overflow="hidden" flexDirection="column">
        {state.overlay === null ? (
          <Screen state={state} columns={columns} rows={bodyRows} />
        ) : (
          <Overlay state={state} height={bodyRows} />
        )}
      </Box>
      <Hints state={state} />
    </Box>
  );
}

function Screen({
  state,
  columns,
  rows,
}: {
  readonly state: AppState;
  readonly columns: number;
  readonly rows: number;
}): ReactNode {
  switch (state.screen) {
    case 'symptom':
      return <SymptomScreen state={state} />;
    case 'target':
      return <TargetScreen state={state} />;
    case 'session':
      return <SessionScreen state={state} size={{ columns, rows }} />;
  }
}
