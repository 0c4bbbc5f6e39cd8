import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import type { Line } from './lines.ts';
import { useTheme } from './theme.tsx';

/** Wrapped lines in a window of fixed height, `scroll` rows down. */
export function ScrollView({
  lines,
  height,
  scroll,
}: {
  readonly lines: readonly Line[];
  readonly height: number;
  readonly scroll: number;
}): ReactNode {
  return (
    <Box height={height} overflow="hidden" flexDirection="column">
      <Box marginTop={-scroll} flexDirection="column" flexShrink={0}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines are final and never move
          <LineView key={index} line={line} />
        ))}
      </Box>
    </Box>
  );
}

function LineView({ line }: { readonly line: Line }): ReactNode {
  const { colour } = useTheme();
  switch (line.kind) {
    case 'blank':
      return <Text> </Text>;
    case 'heading':
      return <Text bold>{line.text}</Text>;
    case 'text':
      return <Text>{line.text}</Text>;
    case 'dim':
      return <Text dimColor>{line.text}</Text>;
    case 'command':
      return <Text {...colour('cyan')}>{`  ${line.text}`}</Text>;
  }
}
