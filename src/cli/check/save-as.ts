import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Language } from '../../domain/verdict.ts';
import type { Report } from '../../evidence/report/report.ts';
import { toJson } from '../../report/check/json.ts';
import { toMarkdown } from '../../report/check/markdown.ts';
import type { Saved } from '../../tui/state/saving.ts';

/** Writes a report as JSON or Markdown, by the ending of the name. A file that is there stays unless `replace` is set. */
export async function saveAs(report: Report, file: string, replace: boolean, lang: Language): Promise<Saved> {
  const path = file.startsWith('~/') ? join(homedir(), file.slice(2)) : file;
  const text = /\.json$/iu.test(file) ? toJson(report) : toMarkdown(report, lang);
  try {
    await writeFile(path, text, { flag: replace ? 'w' : 'wx' });
    return { kind: 'saved' };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return { kind: 'exists' };
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}
