import type { Clock } from '../../../domain/ports.ts';
import type { Probe } from '../../../domain/prober.ts';
import type { RunTool } from '../../process/run-tool.ts';
import { answerOf } from './answer.ts';
import type { ToolReading } from './parse/reading.ts';
import type { ToolCommand } from './ping-arguments.ts';
import { MOST_OUTPUT_BYTES, type ToolAnswer } from './system-tool.ts';

/** Starting the process, here or over a connection, and its own rounding of the time to wait. */
const SPARE_MS = 2000;

export type ToolPorts = { readonly run: RunTool; readonly clock: Clock };

/** Runs one process for one probe and reads what it printed. Never rejects; an abort ends the process and is silence. */
export async function runForProbe(
  probe: Probe,
  { tool, args, hasLimit }: ToolCommand,
  read: (stdout: string, stderr: string) => ToolReading,
  { run, clock }: ToolPorts,
  signal: AbortSignal,
): Promise<ToolAnswer> {
  const startedMs = clock.nowMs();
  const timeoutMs = hasLimit ? probe.timeoutMs + SPARE_MS : probe.timeoutMs;
  const ran = await run(tool, args, { signal, timeoutMs, maxOutputBytes: MOST_OUTPUT_BYTES });
  const waitedMs = clock.nowMs() - startedMs;
  switch (ran.kind) {
    case 'done':
      return answerOf(read(ran.stdout, ran.stderr), probe, waitedMs);
    case 'cancelled':
      return { kind: 'silent', waitedMs };
    case 'timed-out':
      return hasLimit ? { kind: 'failed', why: { code: 'tool-hangs' } } : { kind: 'silent', waitedMs };
    case 'missing':
      return { kind: 'failed', why: { code: 'tool-missing' } };
    case 'failed':
      return { kind: 'failed', why: { code: 'tool-not-started', said: ran.code } };
    case 'too-much-output':
      return { kind: 'failed', why: { code: 'tool-endless' } };
  }
}
