import type { Report } from '../../evidence/report/report.ts';

/** The numbers of a run that monitoring keeps; null is what was not measured. Times in milliseconds. */
export type Measured = {
  readonly rttMs: { readonly min: number; readonly median: number; readonly max: number } | null;
  readonly lossPercent: number | null;
  /** Until the asked port answered, whatever it said. */
  readonly connectMs: number | null;
  readonly lookupMs: number | null;
  readonly durationMs: number;
};

/** What monitoring keeps of a report. Silence has no time: it is not a slow answer. */
export function measuredOf({ evidence, target, durationMs }: Report): Measured {
  const { ping, connect, resolve } = evidence;
  const asked = connect?.attempts.find(
    ({ address, port, state }) =>
      address === target.address && port === target.port && state !== 'filtered' && state !== 'local-error',
  );
  return {
    rttMs: ping?.rttMs ?? null,
    lossPercent: ping?.lossPercent ?? null,
    connectMs: asked?.ms ?? null,
    lookupMs: resolve === undefined || resolve.status === 'literal' ? null : resolve.durationMs,
    durationMs,
  };
}
