import type { Context } from '../../analysis/context.ts';
import { factsOf } from '../../analysis/facts/facts.ts';
import type { Language } from '../../domain/verdict.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import { fill } from '../../finding/fill.ts';

/** Fills the facts that are known by now into the text of a question. */
export function fillQuestion(
  text: string,
  known: { readonly evidence: Evidence; readonly context: Context },
  lang: Language,
): string {
  return text.includes('{') ? fill(text, factsOf(null, null, known.evidence, known.context, lang)) : text;
}
