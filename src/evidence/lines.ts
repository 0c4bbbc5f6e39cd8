import { isSeenWhole } from '../domain/command-line.ts';
import { type ReportTarget, transportOf } from '../domain/target.ts';
import type { Language } from '../domain/verdict.ts';
import { type Evidence, type EvidenceName, entriesOf } from './kinds.ts';
import { methodNote, sharedWords } from './words.ts';

/** What one probe saw, in one line, and the command that shows the same, empty where none can be shown. Not yet fit to print: see printable.ts. */
export type EvidenceLine = {
  readonly probe: EvidenceName;
  readonly seen: string;
  readonly equivalent: string;
};

/** What lines are made of: a report has both. */
type Measured = { readonly evidence: Evidence; readonly target: Pick<ReportTarget, 'port' | 'scheme'> };

/** One line for each probe that ran, in the order of the contract. */
export function evidenceLines({ evidence, target }: Measured, lang: Language): readonly EvidenceLine[] {
  const asked = { port: target.port, transport: transportOf(target.scheme) };
  return entriesOf(evidence).map(({ name, kind, found }) => {
    const parts = kind.describe(found, lang, asked);
    const seen = parts.filter((part) => part !== false && part !== null && part !== '').join(', ');
    const cutShort = found.cutShort ? ` ${sharedWords(lang).cutShort}` : '';
    return {
      probe: name,
      seen: seen + methodNote(found) + cutShort,
      equivalent: isSeenWhole(found.equivalent) ? found.equivalent : '',
    };
  });
}
