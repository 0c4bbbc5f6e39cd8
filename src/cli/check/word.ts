import type { FindingCode } from '../../domain/finding-code.ts';
import type { Language } from '../../domain/verdict.ts';
import type { Report } from '../../evidence/report/report.ts';
import type { Flow } from '../../flow/flow.ts';
import { measuredCode } from '../../session/replay/by-hand.ts';
import { buildReport } from '../../session/report/build-report.ts';
import { codesOf, diagnose } from '../../session/report/diagnose.ts';
import type { SessionResult } from '../../session/walk/result.ts';
import { detectPlatforms } from '../../system/host/platforms.ts';
import { readEntry } from '../catalogue/finding-files.ts';
import { VERSION } from '../common/version.ts';

/** Puts a session that is over into words, reading the catalogue entries that it needs. */
export async function wordReport(flow: Flow, result: SessionResult, lang: Language, from: string): Promise<Report> {
  const draft = diagnose(flow, result, await measuredCode(flow, result));
  const codes = [...new Set<FindingCode>(codesOf(draft))];
  const entries = new Map(await Promise.all(codes.map(async (code) => [code, await readEntry(code)] as const)));
  return buildReport(result, draft, {
    version: VERSION,
    lang,
    from,
    platforms: detectPlatforms(),
    unmeasured: flow.unmeasured,
    entries,
  });
}
