import { readFile, stat } from 'node:fs/promises';
import { withCommandsAnew } from '../../evidence/commands-anew.ts';
import { parseReport } from '../../evidence/report/parse.ts';
import type { Report } from '../../evidence/report/report.ts';
import { UserError } from '../common/user-error.ts';

const LARGEST_REPORT_BYTES = 16 * 1024 * 1024;

/** Reads a saved report; a file that holds none is a mistake of the user. */
export async function readReport(file: string): Promise<Report> {
  const text = await readText(file);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UserError(
      `${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`,
      'netwhy check TARGET --save FILE writes one.',
    );
  }
  const parsed = parseReport(json);
  if (parsed.kind === 'invalid')
    throw new UserError(`${file} is not a report of this version:\n  ${parsed.problems.slice(0, 10).join('\n  ')}`);
  const { report } = parsed;
  return { ...report, evidence: withCommandsAnew(report.evidence, report.target) };
}

async function readText(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > LARGEST_REPORT_BYTES) throw new UserError(`${file} is too large for a report (${size} bytes).`);
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
