import * as z from 'zod/mini';
import { issueProblems } from './issue-problems.ts';
import type { Problem } from './problem.ts';
import { keysAt } from './schema-keys.ts';
import { plainOf, type Tree, type TreePath, treeAt } from './tree.ts';

/** `value` is null where anything is wrong with it. */
export type Shaped<T> = { readonly value: T | null; readonly problems: readonly Problem[] };

type Issue = z.core.$ZodIssue;

/** Judges one part of a file by its schema alone. */
export function shapeOf<S extends z.ZodMiniType>(schema: S, root: Tree, base: TreePath): Shaped<z.output<S>> {
  const part = treeAt(root, base);
  // One file is judged once: compiling the schema first (zod's default) would cost more than it saves.
  const options = { jitless: true, reportInput: true };
  const result = z.safeParse(schema, part === null ? undefined : plainOf(part), options);
  if (result.success) return { value: result.data, problems: [] };
  const problems = result.error.issues
    .flatMap(flatten)
    .flatMap((issue) => issueProblems(issue, { root, base, keys: (path) => keysAt(schema, path) }));
  return { value: null, problems };
}

/** Of the branches of a union only the one that was meant has something to say: a text, or a map. */
function flatten(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const { input } = issue;
  const isMap = typeof input === 'object' && input !== null && !Array.isArray(input);
  if (!isMap && typeof input !== 'string') return [issue];
  const meant = issue.errors[isMap ? 1 : 0] ?? [];
  return meant.flatMap((inner) => flatten({ ...inner, path: [...issue.path, ...inner.path] }));
}
