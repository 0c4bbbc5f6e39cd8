import { transportOf } from '../../domain/target.ts';
import { entriesOf } from '../../evidence/kinds.ts';
import type { Report } from '../../evidence/report/report.ts';
import type { SessionEvent } from './session-event.ts';

/** An event and when it is due, in ms since the start of the run. */
export type DueEvent = { readonly atMs: number; readonly event: SessionEvent };

/** What the probes of a recorded run would have told, when they ran; what each tells is a matter of its kind. */
export function recordedEvents({ startedAt, evidence, target }: Report): readonly DueEvent[] {
  const beganMs = Date.parse(startedAt);
  const asked = { port: target.port, transport: transportOf(target.scheme) };
  return entriesOf(evidence)
    .flatMap(({ kind, found }): readonly DueEvent[] => {
      const { probe } = kind;
      const progress = kind.events(found, asked);
      const sinceMs = Date.parse(found.startedAt) - beganMs;
      const fromMs = Number.isFinite(sinceMs) ? Math.max(0, sinceMs) : 0;
      return [
        { atMs: fromMs, event: { kind: 'probe-started', probe, atMs: fromMs } },
        ...progress.map((told, index): DueEvent => {
          const atMs = fromMs + found.durationMs * ((index + 1) / progress.length);
          return { atMs, event: { kind: 'probe-progress', probe, progress: told, atMs } };
        }),
        { atMs: fromMs + found.durationMs, event: { kind: 'probe-finished', probe, atMs: fromMs + found.durationMs } },
      ];
    })
    .toSorted((a, b) => a.atMs - b.atMs);
}
