import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import type { SessionView } from '../session/view.ts';
import { useTheme } from './theme.tsx';

/**
 * The questions asked so far with their answers, the one that is being asked, oldest first:
 *
 *   ✔ Does the name resolve?          yes
 *   ✖ Is the host reachable?          no
 *   … Does the port answer?
 */
export function Tree({ view, height }: { readonly view: SessionView; readonly height: number }): ReactNode {
  const { words, glyphs, colour } = useTheme();
  const current = view.current === null ? 0 : 1;
  const shown = view.steps.slice(-Math.max(1, height - 1 - current));
  return (
    <Box flexDirection="column" aria-role="list">
      <Text bold>{words.tree}</Text>
      {shown.map((step) => {
        const mark = step.answer === 'yes' ? glyphs.yes : step.answer === 'no' ? glyphs.no : glyphs.unknown;
        const tint = step.answer === 'yes' ? colour('green') : step.answer === 'no' ? colour('red') : colour('yellow');
        return (
          <Box key={step.id} aria-role="listitem">
            <Text {...tint} aria-label={step.answer}>{`${mark} `}</Text>
            <Text wrap="truncate-end">{`${step.question} `}</Text>
            <Text dimColor wrap="truncate-end">
              {step.outcome}
            </Text>
          </Box>
        );
      })}
      {view.current !== null && (
        <Box aria-role="listitem">
          <Text {...colour('cyan')}>{`${glyphs.running} `}</Text>
          <Text wrap="truncate-end">{view.current.question}</Text>
        </Box>
      )}
    </Box>
  );
}
