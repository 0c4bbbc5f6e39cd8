import type { BadLine } from '../../evidence/report/many.ts';

/** A target of a list. `name` is what the list calls it, null where it gives no name; `line` counts from 1. */
export type ListEntry = { readonly input: string; readonly name: string | null; readonly line: number };

export type ReadList = { readonly entries: readonly ListEntry[]; readonly bad: readonly Omit<BadLine, 'file'>[] };

/** More would take hours, and their reports more memory than a machine has. */
export const MOST_TARGETS = 10_000;
