import type { Plain } from '../theme/key-bindings.ts';
import { PAGES, type PageName } from '../words/page-name.ts';
import type { AppState, Overlay } from './app-state.ts';

/** Those with a key of their own; the sockets are reached by number. */
const KEYED_PAGES = ['why', 'evidence', 'hops', 'tree', 'platforms'] as const satisfies readonly PageName[];

/** The page that a key of its own leads to; null for any other key. */
export function pageOfKey(kind: Plain | 'number' | 'text'): PageName | null {
  return KEYED_PAGES.find((page) => page === kind) ?? null;
}

/** The page so many behind the one that is shown; round the end lies the verdict. */
export function turnedPage(state: AppState, by: number): AppState {
  const all: readonly (Overlay | null)[] = [null, ...PAGES];
  const now = Math.max(0, all.indexOf(state.overlay));
  return showPage(state, all[(now + by + all.length) % all.length] ?? null);
}

/** By number: 1 is the verdict. */
export function pageAt(index: number): PageName | null | undefined {
  return index === 0 ? null : PAGES[index - 1];
}

export function showPage(state: AppState, overlay: Overlay | null): AppState {
  return { ...state, overlay, scroll: 0, focus: 0 };
}

export function isPage(overlay: Overlay | null): overlay is PageName {
  return PAGES.some((page) => page === overlay);
}
