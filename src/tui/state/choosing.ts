import type { AppState } from './app-state.ts';
import type { Intent } from './keys.ts';

/** Moves the focus in a list of `count`. A number moves and chooses at once. */
export function choose(
  state: AppState,
  intent: Intent,
  count: number,
): { readonly moved: AppState; readonly isChosen: boolean } {
  const to = (focus: number) => ({ moved: { ...state, focus }, isChosen: false });
  switch (intent.kind) {
    case 'up':
      return to((state.focus + count - 1) % count);
    case 'down':
      return to((state.focus + 1) % count);
    case 'top':
      return to(0);
    case 'bottom':
      return to(count - 1);
    case 'number':
      return intent.index < count ? { ...to(intent.index), isChosen: true } : to(state.focus);
    default:
      return { moved: state, isChosen: intent.kind === 'choose' };
  }
}

/** The state after a scrolling key, within what there is to see; null for any other key. */
export function scrolled(
  state: AppState,
  intent: Intent,
  { maxScroll, rows }: { readonly maxScroll: number; readonly rows: number },
): AppState | null {
  // The window may have grown since the last key.
  const now = Math.min(state.scroll, maxScroll);
  const to = (scroll: number) => ({ ...state, scroll: Math.max(0, Math.min(scroll, maxScroll)) });
  switch (intent.kind) {
    case 'up':
      return to(now - 1);
    case 'down':
      return to(now + 1);
    case 'page-up':
      return to(now - Math.max(1, rows - 1));
    case 'page-down':
      return to(now + Math.max(1, rows - 1));
    case 'half-up':
      return to(now - Math.max(1, Math.floor(rows / 2)));
    case 'half-down':
      return to(now + Math.max(1, Math.floor(rows / 2)));
    case 'top':
      return to(0);
    case 'bottom':
      return to(maxScroll);
    default:
      return null;
  }
}
