import type { Unavailable } from '../../../domain/evidence.ts';
import type { RunTool } from '../../process/run-tool.ts';
import { INTRODUCTION_MS, MOST_OUTPUT_BYTES } from './system-tool.ts';

/** What a tool says of itself, on either stream, or why it says nothing. */
type Introduction =
  | { readonly kind: 'said'; readonly text: string }
  | { readonly kind: 'unavailable'; readonly unavailable: Unavailable };

/** Asks a tool for its version; one that hangs, never stops printing or says nothing is of no use. */
export async function introduction(
  tool: string,
  args: readonly string[],
  run: RunTool,
  signal: AbortSignal,
): Promise<Introduction> {
  const ran = await run(tool, args, { signal, timeoutMs: INTRODUCTION_MS, maxOutputBytes: MOST_OUTPUT_BYTES });
  switch (ran.kind) {
    case 'done': {
      const text = `${ran.stdout}\n${ran.stderr}`;
      return text.trim() === '' ? unusable(`${tool} says nothing`) : { kind: 'said', text };
    }
    case 'missing':
      return { kind: 'unavailable', unavailable: { reason: 'not-installed', hint: `${tool} is not installed` } };
    case 'failed':
      return unusable(`${tool} could not be started (${ran.code})`);
    case 'timed-out':
      return unusable(`${tool} hangs`);
    case 'too-much-output':
      return unusable(`${tool} never stops printing`);
    case 'cancelled':
      return unusable(`${tool} was not waited for`);
  }
}

function unusable(hint: string): Introduction {
  return { kind: 'unavailable', unavailable: { reason: 'not-supported', hint } };
}
