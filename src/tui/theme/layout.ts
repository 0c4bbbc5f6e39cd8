export type WindowSize = { readonly columns: number; readonly rows: number };

/** From here on the tree and the engine stand side by side. */
const SIDE_BY_SIDE_COLUMNS = 72;
/** From here on the tree stays beside the verdict. */
const TREE_BESIDE_VERDICT_COLUMNS = 110;
const LEAST = { columns: 20, rows: 6 };
const GAP_ROWS = 16;
const BETWEEN = 2;
const TREE_SHARE = 0.56;
const TREE_SHARE_BESIDE_VERDICT = 0.38;

/** Where a screen reader reads line by line there is no window to fit. */
const ENDLESS: WindowSize = { columns: 10_000, rows: 10_000 };

export type Layout = {
  readonly isTooSmall: boolean;
  readonly columns: number;
  /** Of the whole frame: one less than the window, as a frame as tall as the window would erase the scrollback. */
  readonly rows: number;
  /** Between the header and the keys. */
  readonly bodyRows: number;
  readonly hasGap: boolean;
  /** The tree and what stands beside it; null where they stand one above the other. */
  readonly sides: Sides | null;
  /** The same for the verdict. */
  readonly verdictSides: Sides | null;
};

export type Sides = { readonly left: number; readonly right: number };

/** How a window is divided: one header line, the body, one line of keys. */
export function layoutOf(size: WindowSize, screenReader: boolean): Layout {
  const { columns, rows } = screenReader ? ENDLESS : size;
  const hasGap = rows >= GAP_ROWS && !screenReader;
  return {
    isTooSmall: columns < LEAST.columns || rows < LEAST.rows,
    columns,
    rows: Math.max(1, rows - 1),
    bodyRows: Math.max(1, rows - 3 - (hasGap ? 1 : 0)),
    hasGap,
    sides: screenReader ? null : sidesOf(columns, SIDE_BY_SIDE_COLUMNS, TREE_SHARE),
    verdictSides: screenReader ? null : sidesOf(columns, TREE_BESIDE_VERDICT_COLUMNS, TREE_SHARE_BESIDE_VERDICT),
  };
}

function sidesOf(columns: number, least: number, share: number): Sides | null {
  if (columns < least) return null;
  const left = Math.floor((columns - BETWEEN) * share);
  return { left, right: columns - BETWEEN - left };
}
