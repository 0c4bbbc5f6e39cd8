import { isOwnCode } from '../../domain/finding-code.ts';
import type { Report } from '../../evidence/report/report.ts';

/** The command that tells more of the diagnosis: the catalogue, or the flow where the code is its own. */
export function explainCommand({ diagnosis, flow }: Pick<Report, 'diagnosis' | 'flow'>): string {
  return isOwnCode(diagnosis.code) ? `netwhy flows show ${flow}` : `netwhy explain ${diagnosis.code}`;
}
