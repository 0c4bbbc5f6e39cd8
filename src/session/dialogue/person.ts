/** A choice, and what was typed or pasted with it. */
export type Said = { readonly choice: string; readonly input: string | null };

/**
 * A question whose answer is taken back; `answer`: the new one, or what a person says in place of its probe; null for
 * nothing. `input`: what was typed or pasted with it.
 */
export type TakenBack = { readonly id: string; readonly answer: string | null; readonly input: string | null };

/** The person at the wizard, who answers when it suits. */
export type Person = {
  /** Settles when the person wants to go on, or the signal aborts. */
  ready(signal: AbortSignal): Promise<void>;
  /** null when the signal aborted first. */
  ask(id: string, signal: AbortSignal): Promise<Said | null>;
  /** Settles with the next question whose answer is taken back, and aborts what is under way. */
  takenBack(current: AbortController): Promise<TakenBack>;
};

/** What comes in from the wizard, in any order; what nobody waits for is dropped. */
export type PersonInput = {
  goOn(): void;
  answer(id: string, said: Said): void;
  takeBack(taken: TakenBack): void;
};

/** Both ends of one person. */
export function createPerson(): Person & PersonInput {
  let asked: { readonly id: string; readonly settle: (said: Said) => void } | null = null;
  let onTakeBack: (taken: TakenBack) => void = () => undefined;
  let onGoOn: () => void = () => undefined;
  return {
    goOn: () => onGoOn(),
    ready: (signal) =>
      new Promise((settle) => {
        if (signal.aborted) settle();
        signal.addEventListener('abort', () => settle(), { once: true });
        onGoOn = settle;
      }),
    answer: (id, said) => {
      if (asked?.id === id) asked.settle(said);
    },
    takeBack: (taken) => onTakeBack(taken),
    ask: (id, signal) =>
      new Promise((settle) => {
        if (signal.aborted) settle(null);
        signal.addEventListener('abort', () => settle(null), { once: true });
        asked = { id, settle };
      }),
    takenBack: (current) =>
      new Promise((settle) => {
        onTakeBack = (taken) => {
          current.abort();
          settle(taken);
        };
      }),
  };
}
