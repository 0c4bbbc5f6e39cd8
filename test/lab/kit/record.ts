import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Report } from '../../../src/evidence/report/report.ts';

const CORPUS = fileURLToPath(new URL('../../corpus/', import.meta.url));

/**
 * With NETWHY_RECORD=1 a report that was as expected joins the corpus that test/replay.test.ts walks again: one for each
 * test file, finding and family, the last one stays.
 */
export function record(report: Report): void {
  if (process.env['NETWHY_RECORD'] !== '1') return;
  const file = basename(expect.getState().testPath ?? 'lab', '.test.ts');
  const family = report.target.family === null ? '' : `-ipv${report.target.family}`;
  mkdirSync(CORPUS, { recursive: true });
  writeFileSync(join(CORPUS, `${file}-${report.diagnosis.code}${family}.json`), `${JSON.stringify(report)}\n`);
}
