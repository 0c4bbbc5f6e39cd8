import { Box } from 'ink';
import type { ReactNode } from 'react';
import { choiceWindow } from '../rows/choice-rows.ts';
import { Rows, RowView } from '../rows/rows.tsx';
import type { Row } from '../theme/row.ts';
import { useTheme } from '../theme/theme.tsx';

/** Draws choices in at most `height` rows; a screen reader hears all of them, and which one is selected. */
export function Choices({
  items,
  focus,
  height,
}: {
  readonly items: readonly (readonly Row[])[];
  readonly focus: number;
  readonly height: number;
}): ReactNode {
  const { screenReader } = useTheme();
  if (!screenReader) return <Rows rows={choiceWindow(items, focus, height)} />;
  return (
    <Box flexDirection="column" aria-role="radiogroup">
      {items.map(([row], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a choice is its place
        <Box key={index} aria-role="radio" aria-state={{ selected: index === focus }}>
          <RowView row={row ?? []} />
        </Box>
      ))}
    </Box>
  );
}
