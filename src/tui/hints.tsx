import { Text } from 'ink';
import type { ReactNode } from 'react';
import type { AppState } from './app-state.ts';
import { HINT_KEYS } from './keys.ts';
import { useTheme } from './theme.tsx';
import type { HintName } from './words.ts';

/** The keys that mean something now, in one line. */
export function Hints({ state }: { readonly state: AppState }): ReactNode {
  const { words } = useTheme();
  const text = hintsOf(state)
    .map((name) => `${HINT_KEYS[name]} ${words.hints[name]}`)
    .join('  ');
  return (
    <Text dimColor wrap="truncate-end">
      {text}
    </Text>
  );
}

function hintsOf(state: AppState): readonly HintName[] {
  if (state.overlay !== null) return ['scroll', 'back'];
  switch (state.screen) {
    case 'symptom':
      return ['move', 'choose', 'help', 'quit'];
    case 'target':
      return ['choose', 'back'];
    case 'session':
      if (state.view.asked !== null) return ['move', 'choose', 'why', 'back', 'quit'];
      if (state.view.report !== null) return ['scroll', 'evidence', 'again', 'back', 'other', 'quit'];
      return state.failed === null ? ['why', 'back', 'quit'] : ['again', 'other', 'quit'];
  }
}
