import { type Target, transportOf } from '../../domain/target.ts';
import type { Language } from '../../domain/verdict.ts';
import { hintOf } from '../../evidence/obstacles/describe.ts';
import type { ChoiceInput } from '../../flow/flow.ts';
import type { OpenedInput } from '../../session/dialogue/dialogue.ts';
import { pastedSource } from '../../system/sockets/pasted/source.ts';
import { openVantage } from '../../system/vantage/open-vantage.ts';

/** A person waits for it: what has not answered by then is told, and may be tried again. */
const LOOK_MS = 10_000;

/**
 * Where the target's sockets are read that a person names or pastes. They are read at once: what cannot be seen there is
 * told while the person can still say something else. Never rejects.
 */
export async function givenSockets(
  input: ChoiceInput,
  text: string,
  target: Target,
  lang: Language,
  signal: AbortSignal,
): Promise<OpenedInput> {
  const opened =
    input === 'vantage'
      ? openVantage(text.trim(), LOOK_MS)
      : pastedSource(text, { port: target.port, protocol: transportOf(target.scheme) });
  if (opened.kind === 'invalid') {
    return { kind: 'refused', why: 'unreadable', message: opened.message, example: opened.example };
  }
  const { source } = opened;
  const table = await source.read(signal);
  return 'unavailable' in table
    ? { kind: 'refused', why: 'unseen', message: hintOf(table.unavailable, lang), example: null }
    : { kind: 'ok', source };
}

/** What is run to look at the vantage that a person types, line by line: here, and what the shell there is told. */
export function commandsAt(vantage: string): readonly string[] {
  const opened = openVantage(vantage, LOOK_MS);
  if (opened.kind === 'invalid' || opened.commands === null) return [];
  return [`$ ${opened.commands.here}`, ...opened.commands.there.split('\n').map((line) => `| ${line}`)];
}
