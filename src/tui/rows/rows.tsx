import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { printable } from '../../text/printable.ts';
import type { Row, Span } from '../theme/row.ts';
import { useTheme } from '../theme/theme.tsx';

const NO_BREAK = '\u00a0';

/** Draws rows one under the other. All text of the wizard goes through here, and nothing that a terminal obeys. */
export function Rows({ rows, role }: { readonly rows: readonly Row[]; readonly role?: 'list' }): ReactNode {
  return (
    <Box flexDirection="column" {...(role === undefined ? {} : { 'aria-role': role })}>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its place
        <RowView key={index} row={row} />
      ))}
    </Box>
  );
}

export function RowView({ row }: { readonly row: Row }): ReactNode {
  const { screenReader } = useTheme();
  // A text without characters has no height.
  if (row.every(({ text }) => text === '')) return screenReader ? null : <Text> </Text>;
  return (
    <Text wrap="truncate-end">
      {row.map((span, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a piece has no identity but its place
        <SpanView key={index} span={span} />
      ))}
    </Text>
  );
}

function SpanView({ span }: { readonly span: Span }): ReactNode {
  const { colours, screenReader } = useTheme();
  const tone = span.tone ?? 'plain';
  const colour = colours[tone];
  return (
    <Text
      bold={tone === 'strong' || tone === 'focus'}
      dimColor={tone === 'dim' && colour === null}
      {...(colour === null ? {} : { color: colour })}
    >
      {printable(screenReader ? (span.spoken ?? span.text) : span.text).replaceAll(NO_BREAK, ' ')}
    </Text>
  );
}
