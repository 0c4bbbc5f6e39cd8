import { withoutLogin } from '../../session/pasted-target.ts';
import { printable } from '../../text/printable.ts';
import { type AppState, begin, type Next } from './app-state.ts';
import type { Intent } from './keys.ts';
import type { Surroundings } from './on-intent.ts';
import { withoutWord } from './without-word.ts';

/** Far over the longest host name; what a paste brings beyond it is dropped. */
const LONGEST_TARGET = 1000;

/** Takes a key while a target is typed. Arrows take an earlier one into the field. */
export function onTarget(state: AppState, intent: Intent, { judge }: Surroundings): Next {
  const stay = (next: AppState): Next => ({ state: next, effects: [] });
  const typed = (target: string) => stay({ ...state, target, recent: null, problem: problemOf(state, target, judge) });
  switch (intent.kind) {
    case 'text':
      return typed(withoutLogin(`${state.target}${printable(intent.text)}`.slice(0, LONGEST_TARGET)));
    case 'erase':
      return typed([...state.target].slice(0, -1).join(''));
    case 'erase-word':
      return typed(withoutWord(state.target));
    case 'clear':
      return typed('');
    case 'up':
      // The latest first, whichever way one goes.
      return stay(withRecent(state, state.recent === null ? 0 : state.recent - 1));
    case 'down':
      return stay(withRecent(state, (state.recent ?? -1) + 1));
    case 'back':
      return stay({ ...state, screen: 'symptom', focus: focusOfFlow(state), problem: null });
    case 'choose': {
      const judged = judge(state.target);
      return judged.kind === 'ok'
        ? begin({ ...state, target: judged.target.input })
        : stay({ ...state, problem: judged.problem });
    }
    default:
      return stay(state);
  }
}

function withRecent(state: AppState, index: number): AppState {
  const { length } = state.recents;
  if (length === 0) return state;
  const recent = (index + length) % length;
  return { ...state, recent, target: state.recents[recent] ?? state.target, problem: null };
}

/** Half a target is always wrong: it is held against nobody before Enter, and from then on as one types. */
function problemOf(state: AppState, target: string, judge: Surroundings['judge']): string | null {
  if (state.problem === null) return null;
  const judged = judge(target);
  return judged.kind === 'ok' ? null : judged.problem;
}

function focusOfFlow(state: AppState): number {
  return Math.max(
    0,
    state.flows.findIndex(({ name }) => name === state.flow),
  );
}
