/** Why a vantage gave no result. `said` is what the program here, or the far side, wrote to stderr: never trusted. */
export type VantageEnd =
  /** ssh, docker or kubectl is not installed on this machine. */
  | { readonly kind: 'missing'; readonly tool: string }
  /** It could not be started; `code` is an errno name. */
  | { readonly kind: 'failed'; readonly code: string }
  /** It ended before the far shell had answered; `exitCode` null after a signal. */
  | { readonly kind: 'ended'; readonly exitCode: number | null; readonly said: string }
  /** `spoke`: the far shell was there, and what it ran took too long. */
  | { readonly kind: 'timed-out'; readonly spoke: boolean; readonly said: string }
  | { readonly kind: 'too-much-output' }
  | { readonly kind: 'cancelled' };
