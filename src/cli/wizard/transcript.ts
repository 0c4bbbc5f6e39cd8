import type { Language } from '../../domain/verdict.ts';
import { outcomeText } from '../../evidence/answers/probe-words.ts';
import { labelsOf } from '../../report/labels.ts';
import { printable } from '../../text/printable.ts';
import type { Ending } from '../../tui/run-tui.tsx';

/**
 * What stays on the terminal above the report: a line for each verdict that was left for another run, and, where the
 * last run came to none, the questions that had an answer by then.
 */
export function describeEnding(ending: Pick<Ending, 'earlier' | 'report' | 'known'>, lang: Language): string {
  const labels = labelsOf(lang);
  const earlier = ending.earlier.map(
    ({ target, verdict, diagnosis }) =>
      `${target.input}: ${labels.verdict[verdict]}: ${diagnosis.title} (${labels.confidence[diagnosis.confidence]}, ${diagnosis.code})`,
  );
  const known =
    ending.report === null
      ? ending.known.map(({ question, probe, outcome }) => `${question} ${outcomeText(probe, outcome, lang)}`)
      : [];
  return [...earlier, ...known].map((line) => `${printable(line)}\n`).join('');
}
