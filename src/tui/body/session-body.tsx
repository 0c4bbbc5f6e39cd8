import { Box } from 'ink';
import type { ReactNode } from 'react';
import { choiceItems } from '../rows/choice-rows.ts';
import { engineRows } from '../rows/engine-rows.ts';
import { Rows } from '../rows/rows.tsx';
import { treeRows } from '../rows/tree-rows.ts';
import { waitingRows } from '../rows/waiting-rows.ts';
import { type AppState, openQuestion } from '../state/app-state.ts';
import type { Layout } from '../theme/layout.ts';
import { paragraph, type Row } from '../theme/row.ts';
import { useTheme } from '../theme/theme.tsx';
import { Choices } from './choices.tsx';

/** The choices leave the tree at least its last question. */
const LEAST_TREE_ROWS = 3;
const MOST_QUESTION_ROWS = 3;

type Props = { readonly state: AppState; readonly layout: Layout; readonly elapsedMs: number };

/** The tree on the left, with the question to a person under it, and the engine on the right; or one above the other. */
export function SessionBody({ state, layout, elapsedMs }: Props): ReactNode {
  const theme = useTheme();
  const { sides, bodyRows, columns } = layout;
  if (sides !== null) {
    return (
      <Box columnGap={2}>
        <Box width={sides.left} flexDirection="column" flexShrink={0}>
          <TreeAndQuestion state={state} elapsedMs={elapsedMs} columns={sides.left} height={bodyRows} />
        </Box>
        <Box width={sides.right} flexDirection="column" flexShrink={0}>
          <Rows rows={engineRows(state.view, theme, sides.right, bodyRows)} />
        </Box>
      </Box>
    );
  }
  // A screen reader is told of questions and answers, not of every echo.
  if (openQuestion(state) !== null || state.view.isWaiting || theme.screenReader)
    return <TreeAndQuestion state={state} elapsedMs={elapsedMs} columns={columns} height={bodyRows} />;
  const tree = treeRows(state.view, theme, columns, Math.ceil(bodyRows / 2), elapsedMs);
  return (
    <>
      <Rows rows={tree} />
      <Rows rows={engineRows(state.view, theme, columns, bodyRows - tree.length)} />
    </>
  );
}

function TreeAndQuestion({
  state,
  elapsedMs,
  columns,
  height,
}: {
  readonly state: AppState;
  readonly elapsedMs: number;
  readonly columns: number;
  readonly height: number;
}): ReactNode {
  const theme = useTheme();
  const asked = openQuestion(state);
  const next = waitingRows(state.view, theme, columns).slice(0, Math.max(0, height - LEAST_TREE_ROWS));
  if (asked === null) {
    return (
      <>
        <Rows rows={treeRows(state.view, theme, columns, height - next.length, elapsedMs)} role="list" />
        <Rows rows={next} />
      </>
    );
  }
  const items = choiceItems(
    asked.choices.map(({ label }) => label),
    state.focus,
    theme,
    columns,
  );
  const { plain } = theme;
  // A screen reader has heard it at the end of the questions.
  const question = theme.screenReader
    ? []
    : paragraph(plain(asked.question), columns, { tone: 'strong' }).slice(0, MOST_QUESTION_ROWS);
  const choiceHeight = Math.min(items.flat().length, Math.max(1, height - LEAST_TREE_ROWS - question.length));
  const treeHeight = Math.max(0, height - choiceHeight - question.length);
  return (
    <>
      <Rows rows={treeRows(state.view, theme, columns, treeHeight, elapsedMs)} role="list" />
      <Rows rows={question} />
      <Choices items={items} focus={state.focus} height={choiceHeight} />
    </>
  );
}

/** Says that the session ended without a verdict, and why. */
export function failureRows(state: AppState, theme: ReturnType<typeof useTheme>, columns: number): readonly Row[] {
  const { words, plain, glyphs } = theme;
  return [
    ...paragraph(plain(words.failed), columns, {
      tone: 'strong',
      lead: { text: `${glyphs.no} `, tone: 'bad', spoken: '' },
    }),
    ...paragraph(plain(state.failed ?? ''), columns),
  ];
}
