import type { Report } from '../../evidence/report/report.ts';
import { printable } from '../../text/printable.ts';
import type { AppState, Next } from './app-state.ts';
import type { Intent } from './keys.ts';

/** A file name that is being typed, and what came of the last try. */
export type Saving = {
  readonly file: string;
  readonly problem:
    | null
    | { readonly kind: 'format' }
    /** Enter once more replaces it. */
    | { readonly kind: 'exists'; readonly file: string }
    | { readonly kind: 'failed'; readonly message: string };
};

/** What became of a report that was to be kept. */
export type Said =
  | {
      readonly kind: 'copied';
      readonly bytes: number;
      readonly through: 'terminal' | 'tmux' | 'screen';
      /** `step`: what is to be done first; the whole report where it is absent. */
      readonly what?: 'report' | 'step';
    }
  | { readonly kind: 'too-long'; readonly bytes: number }
  | { readonly kind: 'no-clipboard' }
  | { readonly kind: 'saved'; readonly file: string };

/** What a try to write a file came to; `failed` in the words of the system. */
export type Saved =
  | { readonly kind: 'saved' }
  | { readonly kind: 'exists' }
  | { readonly kind: 'failed'; readonly message: string };

const LONGEST_FILE = 1000;
const FORMATS = /\.(?:json|md)$/iu;

/** Asks for a file, and proposes one. */
export function askForFile(state: AppState, report: Report): AppState {
  const host = report.target.host.replace(/[^\p{L}\p{N}.-]+/gu, '-').replace(/^[.-]+/u, '');
  const day = report.startedAt.slice(0, 10);
  return { ...state, saving: { file: `netwhy-${host}-${day}.md`, problem: null } };
}

/** Takes a key while a file name is asked for. A file that is there is replaced only when Enter is pressed once more. */
export function onSaving(state: AppState, intent: Intent, saving: Saving): Next {
  const typed = (file: string): Next => ({
    state: { ...state, saving: { file: file.slice(0, LONGEST_FILE), problem: null } },
    effects: [],
  });
  const { report } = state.view;
  switch (intent.kind) {
    case 'text':
      return typed(saving.file + printable(intent.text));
    case 'erase':
      return typed([...saving.file].slice(0, -1).join(''));
    case 'clear':
      return typed('');
    case 'back':
      return { state: { ...state, saving: null }, effects: [] };
    case 'choose': {
      const file = saving.file.trim();
      if (report === null) return { state: { ...state, saving: null }, effects: [] };
      if (!FORMATS.test(file))
        return { state: { ...state, saving: { file, problem: { kind: 'format' } } }, effects: [] };
      const replace = saving.problem?.kind === 'exists' && saving.problem.file === file;
      return { state, effects: [{ kind: 'save', report, file, replace }] };
    }
    default:
      return { state, effects: [] };
  }
}

/** Takes what a try to write the file came to. */
export function onSaved(state: AppState, file: string, saved: Saved): AppState {
  if (saved.kind === 'saved') return { ...state, saving: null, said: { kind: 'saved', file } };
  if (state.saving === null) return state;
  const problem = saved.kind === 'exists' ? ({ kind: 'exists', file } as const) : saved;
  return { ...state, saving: { ...state.saving, problem } };
}
