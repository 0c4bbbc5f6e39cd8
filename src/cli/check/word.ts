import { type FindingCode, isOwnCode } from '../../domain/finding-code.ts';
import type { Language } from '../../domain/verdict.ts';
import type { Report } from '../../evidence/report/report.ts';
import type { Flow } from '../../flow/flow.ts';
import { measuredCode } from '../../session/replay/by-hand.ts';
import { buildReport, type Wording } from '../../session/report/build-report.ts';
import { codesOf, diagnose } from '../../session/report/diagnose.ts';
import {
  type BuiltInView,
  buildOwnReport,
  builtInView,
  codesOfOwn,
  diagnoseOwn,
} from '../../session/report/own-report.ts';
import type { SessionResult } from '../../session/walk/result.ts';
import { detectPlatforms } from '../../system/host/platforms.ts';
import { readEntry } from '../catalogue/finding-files.ts';
import { readBuiltInFlow } from '../catalogue/flow-files.ts';
import { VERSION } from '../common/version.ts';

/** Puts a session that is over into words, reading the catalogue entries that it needs. */
export async function wordReport(flow: Flow, result: SessionResult, lang: Language, from: string): Promise<Report> {
  const { ending } = result;
  if (ending.kind === 'concluded' && isOwnCode(ending.code)) {
    const draft = diagnoseOwn(flow, ending.code, result, await viewOf(result));
    return buildOwnReport(result, draft, await wordingOf(flow, codesOfOwn(draft), lang, from));
  }
  const draft = diagnose(flow, result, await measuredCode(flow, result));
  return buildReport(result, draft, await wordingOf(flow, codesOf(draft), lang, from));
}

async function viewOf(result: SessionResult): Promise<BuiltInView> {
  const read = await readBuiltInFlow('reachability');
  if (read.kind !== 'ok') throw new Error('the flow reachability cannot be read');
  return builtInView(read.flow, result);
}

async function wordingOf(flow: Flow, codes: readonly FindingCode[], lang: Language, from: string): Promise<Wording> {
  const read = [...new Set(codes)].map(async (code) => [code, await readEntry(code)] as const);
  const entries = new Map(await Promise.all(read));
  return {
    version: VERSION,
    lang,
    from,
    platforms: detectPlatforms(),
    unmeasured: flow.unmeasured,
    entries,
  };
}
