import type { Unavailable } from '../../../domain/evidence.ts';
import type { Obstacle } from '../../../domain/obstacle.ts';
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
      return text.trim() === '' ? unusable({ code: 'tool-silent', tool }) : { kind: 'said', text };
    }
    case 'missing':
      return {
        kind: 'unavailable',
        unavailable: { reason: 'not-installed', obstacles: [{ code: 'tool-missing', tool }] },
      };
    case 'failed':
      return unusable({ code: 'tool-not-started', tool, said: ran.code });
    case 'timed-out':
      return unusable({ code: 'tool-hangs', tool });
    case 'too-much-output':
      return unusable({ code: 'tool-endless', tool });
    case 'cancelled':
      return unusable({ code: 'tool-not-awaited', tool });
  }
}

function unusable(obstacle: Obstacle): Introduction {
  return { kind: 'unavailable', unavailable: { reason: 'not-supported', obstacles: [obstacle] } };
}
