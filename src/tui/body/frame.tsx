import { Box } from 'ink';
import type { ReactNode } from 'react';
import { headerRow } from '../rows/header-row.ts';
import { hintRow } from '../rows/hint-row.ts';
import { Rows, RowView } from '../rows/rows.tsx';
import { treeRows } from '../rows/tree-rows.ts';
import { type AppState, givenNow } from '../state/app-state.ts';
import type { WindowSize } from '../theme/layout.ts';
import { type Layout, layoutOf } from '../theme/layout.ts';
import { fitRow, type Row } from '../theme/row.ts';
import { useTheme } from '../theme/theme.tsx';
import { BackBody, OfferBody, OtherwiseBody } from './back-body.tsx';
import { GivingBody } from './giving-body.tsx';
import { pageOf, windowOf } from './page.ts';
import { SavingBody } from './saving-body.tsx';
import { failureRows, SessionBody } from './session-body.tsx';
import { SymptomBody, TargetBody } from './start-body.tsx';

type BodyProps = { readonly state: AppState; readonly layout: Layout; readonly elapsedMs: number };
type Props = { readonly state: AppState; readonly size: WindowSize; readonly elapsedMs: number };

/**
 * One picture of the wizard, never taller than the window less one row:
 *
 *   netwhy db1:5432      2.1 s ━━──────── 15 s
 *
 *   Questions              Running
 *   …                      …
 *   w why  Esc/b back  ? keys  q quit
 */
export function Frame({ state, size, elapsedMs }: Props): ReactNode {
  const theme = useTheme();
  const layout = layoutOf(size, theme.screenReader);
  if (layout.isTooSmall) {
    const row: Row = [{ text: theme.plain(theme.words.narrow) }];
    return <RowView row={fitRow(row, layout.columns, theme.ascii)} />;
  }
  const isLinear = theme.screenReader;
  return (
    <Box
      flexDirection="column"
      {...(isLinear ? {} : { width: layout.columns, height: layout.rows, overflow: 'hidden' })}
    >
      <RowView row={headerRow(state, theme, layout.columns, elapsedMs)} />
      <Box
        flexDirection="column"
        {...(isLinear ? {} : { height: layout.bodyRows, marginTop: layout.hasGap ? 1 : 0, overflow: 'hidden' })}
      >
        <Body state={state} layout={layout} elapsedMs={elapsedMs} />
      </Box>
      <RowView row={hintRow(state, theme, layout.columns)} />
    </Box>
  );
}

function Body({ state, layout, elapsedMs }: BodyProps): ReactNode {
  const theme = useTheme();
  if (state.overlay === 'back') return <BackBody state={state} layout={layout} />;
  if (state.overlay === 'otherwise') return <OtherwiseBody state={state} layout={layout} />;
  if (state.overlay === 'offer') return <OfferBody state={state} layout={layout} />;
  if (state.saving !== null && state.overlay === null) return <SavingBody saving={state.saving} layout={layout} />;
  const giving = givenNow(state);
  if (giving !== null && state.overlay === null)
    return <GivingBody giving={giving} refused={state.view.refused} layout={layout} />;
  const page = pageOf(state, theme, layout);
  if (page !== null) {
    const shown = <Rows rows={windowOf(page, layout.bodyRows, state.scroll, theme).rows} />;
    const sides = state.overlay === null ? layout.verdictSides : null;
    if (sides === null) return shown;
    return (
      <Box columnGap={2}>
        <Box width={sides.left} flexDirection="column" flexShrink={0}>
          <Rows rows={treeRows(state.view, theme, sides.left, layout.bodyRows)} />
        </Box>
        <Box width={sides.right} flexDirection="column" flexShrink={0}>
          {shown}
        </Box>
      </Box>
    );
  }
  switch (state.screen) {
    case 'symptom':
      return <SymptomBody state={state} layout={layout} />;
    case 'target':
      return <TargetBody state={state} layout={layout} />;
    case 'session':
      if (state.failed !== null)
        return <Rows rows={failureRows(state, theme, layout.columns).slice(0, layout.bodyRows)} />;
      return <SessionBody state={state} layout={layout} elapsedMs={elapsedMs} />;
  }
}
