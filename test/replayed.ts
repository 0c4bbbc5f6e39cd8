import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readEntry } from '../src/cli/catalogue/finding-files.ts';
import { readFlow } from '../src/cli/catalogue/flow-files.ts';
import type { FindingCode } from '../src/domain/finding-code.ts';
import { DEFAULT_THRESHOLDS } from '../src/domain/reading.ts';
import type { Language } from '../src/domain/verdict.ts';
import { parseReport } from '../src/evidence/report/parse.ts';
import type { Report } from '../src/evidence/report/report.ts';
import { replay } from '../src/session/replay/replay.ts';
import { buildReport } from '../src/session/report/build-report.ts';
import { codesOf, type Draft, diagnose } from '../src/session/report/diagnose.ts';
import type { SessionResult } from '../src/session/walk/result.ts';

export const CORPUS = fileURLToPath(new URL('corpus/', import.meta.url));

export type Replayed = { readonly recorded: Report; readonly result: SessionResult; readonly draft: Draft };

/** What today's rules read from the evidence of a recording of the corpus. */
export async function replayed(file: string, lang: Language = 'en'): Promise<Replayed> {
  return walkedAgain(reportIn(file), lang);
}

async function walkedAgain(recorded: Report, lang: Language): Promise<Replayed> {
  const flow = await readFlow(recorded.flow);
  if (flow.kind !== 'ok') throw new Error(`The flow ${recorded.flow} cannot be read`);
  const asked = new Set(Object.values(flow.flow.nodes).flatMap((node) => (node.kind === 'ask' ? [node.id] : [])));
  const { input, scheme, host, port, address } = recorded.target;
  const result = await replay(
    flow.flow,
    {
      startedAt: recorded.startedAt,
      durationMs: recorded.durationMs,
      context: {
        target: {
          input,
          scheme,
          host,
          port,
          literal: recorded.evidence.resolve?.status === 'literal' ? address : null,
        },
        address,
        families: [4, 6],
        thresholds: DEFAULT_THRESHOLDS,
        deadlineS: recorded.durationMs / 1000,
      },
      evidence: recorded.evidence,
      answers: new Map(recorded.steps.filter(({ id }) => asked.has(id)).map(({ id, outcome }) => [id, outcome])),
    },
    lang,
    () => undefined,
  );
  return { recorded, result, draft: diagnose(flow.flow, result) };
}

/** The same in words: the report that a run with this evidence gives today. */
export async function reportOf(file: string, lang: Language = 'en'): Promise<Report> {
  return wordedAgain(reportIn(file), lang);
}

/** The report that a run with the evidence of this one gives today. */
export async function wordedAgain(recorded: Report, lang: Language): Promise<Report> {
  const { result, draft } = await walkedAgain(recorded, lang);
  const codes = [...new Set<FindingCode>(codesOf(draft))];
  const entries = new Map(await Promise.all(codes.map(async (code) => [code, await readEntry(code)] as const)));
  return buildReport(result, draft, {
    version: '0.0.0',
    lang,
    from: recorded.from,
    platforms: ['nftables', 'linux'],
    entries,
  });
}

/** A recording as it was saved. */
export function reportIn(file: string): Report {
  const parsed = parseReport(JSON.parse(readFileSync(`${CORPUS}${file}`, 'utf8')));
  if (parsed.kind === 'invalid') throw new Error(`${file}: ${parsed.problems.join('; ')}`);
  return parsed.report;
}
