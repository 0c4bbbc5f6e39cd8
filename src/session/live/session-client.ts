import type { SessionEvent } from '../view/session-event.ts';

/** What the wizard asks another process to run; plain data. The command line's other options hold as they are. */
export type SessionRequest = {
  readonly target: string;
  readonly flow: string;
  /** Whether each question waits for `go-on` before anything is measured for it. */
  readonly guided: boolean;
};

/**
 * From the wizard to the session's process. `back` takes the answer to a question back and walks again on the same
 * evidence: a person's question has `answer` with `input`, or is asked again where that is null; a probe's question has
 * `answer`, or what was measured where that is null.
 */
export type SessionCommand =
  | { readonly kind: 'run'; readonly request: SessionRequest }
  /** The question that waits may be measured. */
  | { readonly kind: 'go-on' }
  /** `input`: what was typed or pasted with the choice; null where it takes nothing. */
  | { readonly kind: 'answer'; readonly id: string; readonly choice: string; readonly input: string | null }
  | { readonly kind: 'back'; readonly id: string; readonly answer: string | null; readonly input: string | null };

/** From the session's process to the wizard. `failed` ends it: bad input, or a bug. */
export type SessionMessage =
  | { readonly kind: 'event'; readonly event: SessionEvent }
  | { readonly kind: 'failed'; readonly message: string };

/** A session that runs in another process, so that drawing never disturbs a measured time. */
export type RunningSession = {
  goOn(): void;
  answer(id: string, choice: string, input: string | null): void;
  /** Walks again on the evidence that is there; see SessionCommand. */
  back(id: string, answer: string | null, input: string | null): void;
  /** Ends the process; no further message comes. */
  end(): void;
};

export type StartSession = (request: SessionRequest, onMessage: (message: SessionMessage) => void) => RunningSession;
