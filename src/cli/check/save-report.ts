import type { Report } from '../../evidence/report/report.ts';
import { toJson } from '../../report/check/json.ts';
import { note } from '../common/output.ts';
import { writeWhole } from '../common/write-whole.ts';

/** Saves the report as JSON where a file is named; false, with a note on stderr, where that failed. */
export async function saveReport(report: Report, file: string | undefined): Promise<boolean> {
  if (file === undefined) return true;
  try {
    await writeWhole(file, toJson(report));
    return true;
  } catch (error) {
    await note(`netwhy: the report could not be saved: ${error instanceof Error ? error.message : String(error)}\n`);
    return false;
  }
}
