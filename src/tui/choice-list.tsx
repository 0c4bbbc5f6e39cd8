import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { useTheme } from './theme.tsx';

/** Numbered choices; the number picks one, arrows move. */
export function ChoiceList({
  labels,
  focus,
}: {
  readonly labels: readonly string[];
  readonly focus: number;
}): ReactNode {
  const { glyphs, colour } = useTheme();
  return (
    <Box flexDirection="column" aria-role="radiogroup">
      {labels.map((label, index) => (
        <Box key={label} aria-role="radio" aria-state={{ checked: index === focus }}>
          <Text {...(index === focus ? colour('cyan') : {})} bold={index === focus}>
            {`${index === focus ? glyphs.pointer : ' '} ${index + 1} ${label}`}
          </Text>
        </Box>
      ))}
    </Box>
  );
}
