import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import type { AppState } from './app-state.ts';
import { ChoiceList } from './choice-list.tsx';
import { Engine } from './engine.tsx';
import { verdictLines } from './lines.ts';
import { printable } from './printable.ts';
import { ScrollView } from './scroll-view.tsx';
import { useTheme } from './theme.tsx';
import { Tree } from './tree.tsx';
import type { WindowSize } from './use-window-size.ts';

const WIDE_COLUMNS = 100;

/** The tree on the left and the engine on the right, one above the other where the window is narrow; then the verdict. */
export function SessionScreen({ state, size }: { readonly state: AppState; readonly size: WindowSize }): ReactNode {
  const { words, colour } = useTheme();
  const { view, failed } = state;
  if (failed !== null) {
    return (
      <Box flexDirection="column">
        <Text bold {...colour('red')}>
          {words.failed}
        </Text>
        <Text>{failed}</Text>
      </Box>
    );
  }
  if (view.report !== null) return <Verdict state={state} size={size} />;
  if (view.asked !== null && view.current !== null) {
    return (
      <Box flexDirection="column" gap={1}>
        <Tree view={view} height={Math.max(2, size.rows - view.asked.choices.length - 5)} />
        <ChoiceList labels={view.asked.choices.map(({ label }) => printable(label))} focus={state.focus} />
      </Box>
    );
  }
  const isWide = size.columns >= WIDE_COLUMNS;
  const treeHeight = isWide ? size.rows : Math.ceil(size.rows / 2);
  const engineColumns = isWide ? Math.floor(size.columns / 2) - 2 : size.columns;
  return (
    <Box flexDirection={isWide ? 'row' : 'column'} columnGap={2} height={size.rows} overflow="hidden">
      <Box width={isWide ? size.columns - engineColumns - 2 : size.columns} flexDirection="column" flexShrink={0}>
        <Tree view={view} height={treeHeight} />
      </Box>
      <Box width={engineColumns} flexDirection="column" flexShrink={0}>
        <Engine
          view={view}
          columns={engineColumns}
          height={isWide ? size.rows : size.rows - Math.min(treeHeight, view.steps.length + 2)}
        />
      </Box>
    </Box>
  );
}

function Verdict({ state, size }: { readonly state: AppState; readonly size: WindowSize }): ReactNode {
  const { words, colour } = useTheme();
  const report = state.view.report;
  if (report === null) return null;
  const tint = { healthy: 'green', degraded: 'yellow', fault: 'red', inconclusive: 'yellow' } as const;
  const { diagnosis, verdict } = report;
  return (
    <Box flexDirection="column" height={size.rows} overflow="hidden">
      <Text
        bold
        {...colour(tint[verdict])}
        wrap="truncate-end"
      >{`${words.verdict[verdict]}  ${printable(diagnosis.title)}`}</Text>
      <Text
        dimColor
        wrap="truncate-end"
      >{`${words.confidence[diagnosis.confidence]} · ${diagnosis.code} · ${report.durationMs} ms`}</Text>
      <ScrollView lines={verdictLines(report, words)} height={Math.max(1, size.rows - 2)} scroll={state.scroll} />
    </Box>
  );
}
