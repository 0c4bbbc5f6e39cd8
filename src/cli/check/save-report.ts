import type { Report } from '../../evidence/report/report.ts';
import { toJson } from '../../report/check/json.ts';
import { note } from '../common/output.ts';
import { writeWhole } from '../common/write-whole.ts';

/** Saves the report as JSON where a file is named; false, with a note on stderr, where that failed. */
export async function saveReport(report: Report, file: string | undefined): Promise<boolean> {
  return file === undefined || saveText(toJson(report), file);
}

/** The same for what is text already. */
export async function saveText(text: string, file: string): Promise<boolean> {
  try {
    await writeWhole(file, text);
    return true;
  } catch (error) {
    await note(`netwhy: the report could not be saved: ${error instanceof Error ? error.message : String(error)}\n`);
    return false;
  }
}
