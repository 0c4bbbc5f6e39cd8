import type { Span } from './problem.ts';

/** What a YAML file holds, every part with its place. Maps keep the order of the file; any key is harmless in them. */
export type Tree = { readonly span: Span } & (
  | { readonly kind: 'scalar'; readonly value: string | number | boolean | null }
  | { readonly kind: 'list'; readonly items: readonly Tree[] }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, TreeEntry> }
);

export type TreeEntry = { readonly key: Span; readonly value: Tree };

export type TreePath = readonly PropertyKey[];

/** The same as plain values; objects have no prototype, so that a key such as `constructor` is a key and nothing else. */
export function plainOf(tree: Tree): unknown {
  switch (tree.kind) {
    case 'scalar':
      return tree.value;
    case 'list':
      return tree.items.map(plainOf);
    case 'map': {
      const plain: Record<string, unknown> = Object.create(null);
      for (const [key, { value }] of tree.entries) plain[key] = plainOf(value);
      return plain;
    }
  }
}

/** The same tree, of a text that stands behind others. */
export function shifted(tree: Tree, by: number): Tree {
  const span = shiftedSpan(tree.span, by);
  switch (tree.kind) {
    case 'scalar':
      return { ...tree, span };
    case 'list':
      return { ...tree, span, items: tree.items.map((item) => shifted(item, by)) };
    case 'map': {
      const entries = [...tree.entries].map(
        ([name, { key, value }]) => [name, { key: shiftedSpan(key, by), value: shifted(value, by) }] as const,
      );
      return { ...tree, span, entries: new Map(entries) };
    }
  }
}

export function shiftedSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

/** The part at a path, or null where there is none. */
export function treeAt(tree: Tree, path: TreePath): Tree | null {
  return placeAt(tree, path)?.value ?? null;
}

/** The value at a path, or where it is missing the key of what should hold it: where an editor would be sent. */
export function valueSpan(tree: Tree, path: TreePath): Span {
  return placeAt(tree, path)?.value.span ?? keySpan(tree, path.slice(0, -1));
}

/** The key at a path; where it has none (an item of a list, a missing key) the nearest thing around it. */
export function keySpan(tree: Tree, path: TreePath): Span {
  const place = placeAt(tree, path);
  if (place !== null) return place.key ?? place.value.span;
  return path.length === 0 ? tree.span : keySpan(tree, path.slice(0, -1));
}

function placeAt(tree: Tree, path: TreePath): { readonly key: Span | null; readonly value: Tree } | null {
  let place: { readonly key: Span | null; readonly value: Tree } = {
    key: { start: tree.span.start, end: tree.span.start + 1 },
    value: tree,
  };
  for (const step of path) {
    const within: Tree = place.value;
    if (within.kind === 'map') {
      const entry = within.entries.get(String(step));
      if (entry === undefined) return null;
      place = entry;
    } else if (within.kind === 'list') {
      const item = within.items[Number(step)];
      if (item === undefined) return null;
      place = { key: null, value: item };
    } else return null;
  }
  return place;
}

/** The entries of a map, or none where the tree is no map. */
export function entriesOf(tree: Tree | null | undefined): ReadonlyMap<string, TreeEntry> {
  return tree?.kind === 'map' ? tree.entries : new Map();
}

/** The items of a list, or none where the tree is no list. */
export function itemsOf(tree: Tree | null | undefined): readonly Tree[] {
  return tree?.kind === 'list' ? tree.items : [];
}

/** The text of a scalar, or null where the tree is something else. */
export function textOf(tree: Tree | null | undefined): string | null {
  return tree?.kind === 'scalar' && typeof tree.value === 'string' ? tree.value : null;
}
