import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import type { AppState } from './app-state.ts';
import { ChoiceList } from './choice-list.tsx';
import { useTheme } from './theme.tsx';

/** Asks for the symptom. */
export function SymptomScreen({ state }: { readonly state: AppState }): ReactNode {
  const { words } = useTheme();
  return (
    <Box flexDirection="column" gap={1}>
      <Text bold>{words.symptom}</Text>
      <ChoiceList labels={state.flows.map(({ title }) => title)} focus={state.focus} />
    </Box>
  );
}

/** Asks for the target, and says what is wrong with it as one types. */
export function TargetScreen({ state }: { readonly state: AppState }): ReactNode {
  const { words, glyphs, colour } = useTheme();
  return (
    <Box flexDirection="column" gap={1}>
      <Text bold>{words.target}</Text>
      <Text wrap="truncate-start">
        {`${glyphs.pointer} ${state.target}`}
        <Text {...colour('cyan')}>{glyphs.cursor}</Text>
      </Text>
      {state.problem === null ? (
        <Text dimColor>{words.targetHint}</Text>
      ) : (
        <Text {...colour('yellow')}>{`! ${state.problem}`}</Text>
      )}
    </Box>
  );
}
