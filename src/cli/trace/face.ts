import type { Clock } from '../../domain/ports.ts';
import type { TraceEvidence } from '../../evidence/trace.ts';
import type { TraceRow } from '../../evidence/trace-row.ts';
import { traceWordsOf } from '../../report/trace/language.ts';
import { traceLines } from '../../report/trace/text.ts';
import type { TraceView } from '../../report/trace/view.ts';
import { evidenceOf, type HopEvent, rowsSoFar, type TraceRounds } from '../../session/view/trace-rounds.ts';
import { textOptions } from '../options/engine-options.ts';
import type { TraceCommandOptions } from './request.ts';
import { openRegion, openScreen } from './screen.ts';

export type TraceFace = {
  readonly onAnswer: (answers: readonly HopEvent[]) => void;
  readonly onRound: (rounds: TraceRounds) => void;
  readonly close: () => void;
};

/** A path that is known before anybody wonders is not drawn while it grows; drawing would only get in the way of it. */
const PATIENCE_MS = 300;
const FRAME_MS = 200;
const NO_FACE: TraceFace = { onAnswer: () => undefined, onRound: () => undefined, close: () => undefined };

/**
 * What a terminal shows while the trace runs. `grow`: the table of one round, a few frames a second. `watch`: the table
 * of all rounds, drawn between them, when no probe is under way that a frame could delay.
 */
export function traceFace(
  kind: 'none' | 'grow' | 'watch',
  viewOf: (rows: readonly TraceRow[], trace: TraceEvidence | null) => TraceView,
  options: TraceCommandOptions,
  clock: Clock,
): TraceFace {
  switch (kind) {
    case 'none':
      return NO_FACE;
    case 'grow':
      return growing((answers) => {
        const view = viewOf([], null);
        return traceLines({ ...view, rows: rowsSoFar(answers, view.address) }, textOptions(options));
      }, clock);
    case 'watch':
      return watching(viewOf, options);
  }
}

function growing(linesOf: (answers: readonly HopEvent[]) => readonly string[], clock: Clock): TraceFace {
  const region = openRegion(process.stdout);
  const over = new AbortController();
  let answers: readonly HopEvent[] = [];
  const frames = async (): Promise<void> => {
    await clock.sleep(PATIENCE_MS, over.signal);
    while (!over.signal.aborted) {
      region.draw(linesOf(answers));
      await clock.sleep(FRAME_MS, over.signal);
    }
  };
  void frames();
  return {
    onAnswer: (so) => {
      answers = so;
    },
    onRound: () => undefined,
    close: () => {
      over.abort();
      region.close();
    },
  };
}

function watching(
  viewOf: (rows: readonly TraceRow[], trace: TraceEvidence | null) => TraceView,
  options: TraceCommandOptions,
): TraceFace {
  const screen = openScreen(process.stdout);
  return {
    onAnswer: () => undefined,
    onRound: (rounds) => {
      const view = viewOf(rounds.rows, evidenceOf(rounds));
      const text = textOptions(options);
      const keys = ['', traceWordsOf(text.lang).keys];
      const lines = [...traceLines(view, text), ...keys];
      // Names that would push hops off the screen are left out.
      const isTooHigh = lines.length > (process.stdout.rows || lines.length + 1) - 1;
      screen.draw(isTooHigh ? [...traceLines({ ...view, names: new Map() }, text), ...keys] : lines);
    },
    close: screen.close,
  };
}
