import { readdirSync, readFileSync } from 'node:fs';
import type { Context } from '../../../src/analysis/context.ts';
import { DEFAULT_THRESHOLDS } from '../../../src/domain/reading.ts';
import type { Report } from '../../../src/evidence/report/report.ts';
import { CORPUS } from '../../replayed.ts';

/** Every recorded report. */
export const reports = readdirSync(CORPUS).map((file): Report => JSON.parse(readFileSync(CORPUS + file, 'utf8')));

/** What its readings were made with. */
export function contextOf({ target, durationMs }: Report): Context {
  return {
    target: { ...target, literal: target.address },
    address: target.address,
    families: [4, 6],
    thresholds: DEFAULT_THRESHOLDS,
    deadlineS: durationMs / 1000,
  };
}
