import type { IcmpError } from '../../domain/icmp-error.ts';

export type EchoAnswer =
  | { readonly kind: 'reply'; readonly atMs: number; readonly rttMs: number; readonly replyTtl: number | null }
  | { readonly kind: 'error'; readonly atMs: number; readonly error: IcmpError; readonly replyTtl: number | null };

/** One echo of a run; `answer` is the first that came, null while there is none. Times are those of the clock port. */
export type Echo = {
  readonly sequence: number;
  readonly sentAtMs: number;
  readonly answer: EchoAnswer | null;
  /** The engine has not let it out yet: it asked nobody so far. */
  readonly isWaiting?: boolean;
};

/** How far a run of echoes to one address has got. */
export type EchoRun = {
  /** Those that left this machine, in the order of sending. */
  readonly echoes: readonly Echo[];
  /** Sequence numbers that did not leave it, to be used again. */
  readonly unused: readonly number[];
  readonly nextSequence: number;
  /** errno names of this machine's refusals, in order; a full queue is none. */
  readonly refusals: readonly string[];
  /** When the queue of this machine was last found full; null if never. */
  readonly fullAtMs: number | null;
  readonly duplicates: number;
};

export const EMPTY_RUN: EchoRun = {
  echoes: [],
  unused: [],
  nextSequence: 0,
  refusals: [],
  fullAtMs: null,
  duplicates: 0,
};

/** The sequence number of the next echo. */
export function sequenceOf(run: EchoRun): number {
  return run.unused[0] ?? run.nextSequence;
}

export function withSent(run: EchoRun, sentAtMs: number): EchoRun {
  const sequence = sequenceOf(run);
  return {
    ...run,
    echoes: [...run.echoes, { sequence, sentAtMs, answer: null }],
    unused: run.unused.slice(1),
    nextSequence: Math.max(run.nextSequence, sequence + 1),
  };
}

export function withAnswer(run: EchoRun, sequence: number, answer: EchoAnswer): EchoRun {
  return {
    ...run,
    echoes: run.echoes.map((echo) => (echo.sequence === sequence ? { ...echo, answer } : echo)),
  };
}

/** What an engine that lets out only so many at a time tells of an echo: it waits for its turn, or leaves at this time. */
export function withTurn(run: EchoRun, sequence: number, turn: 'waits' | 'leaves', atMs: number): EchoRun {
  const changes = { isWaiting: turn === 'waits', sentAtMs: atMs };
  return {
    ...run,
    echoes: run.echoes.map((echo) => (echo.sequence === sequence ? { ...echo, ...changes } : echo)),
  };
}

/** Those that left this machine. */
export function departed(run: EchoRun): EchoRun {
  return { ...run, echoes: run.echoes.filter(({ isWaiting }) => isWaiting !== true) };
}

/** Takes back an echo that never left. A full queue passes (`ENOBUFS`: not sent, not lost), any other refusal counts. */
export function withRefusal(run: EchoRun, sequence: number, code: string, atMs: number): EchoRun {
  const isFull = code === 'ENOBUFS';
  return {
    ...run,
    echoes: run.echoes.filter((echo) => echo.sequence !== sequence),
    unused: [...run.unused, sequence].sort((a, b) => a - b),
    refusals: isFull ? run.refusals : [...run.refusals, code],
    fullAtMs: isFull ? atMs : run.fullAtMs,
  };
}

/** The round trip times in the order of sending, milliseconds. */
export function rttsOf(echoes: readonly Echo[]): readonly number[] {
  return echoes.flatMap(({ answer }) => (answer?.kind === 'reply' ? [answer.rttMs] : []));
}

/** How long each answer took to be known here, milliseconds: with what the engine itself took, as to start a process. */
export function turnaroundsOf(echoes: readonly Echo[]): readonly number[] {
  return echoes.flatMap(({ answer, sentAtMs }) =>
    answer?.kind === 'reply' ? [Math.max(answer.rttMs, answer.atMs - sentAtMs)] : [],
  );
}

/** The ICMP errors in the order of sending. */
export function errorsOf(echoes: readonly Echo[]): readonly IcmpError[] {
  return echoes.flatMap(({ answer }) => (answer?.kind === 'error' ? [answer.error] : []));
}
