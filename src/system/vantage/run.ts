import type { FarVantage } from '../../domain/vantage.ts';
import { findOnPath } from '../process/find-on-path.ts';
import { vantageCommand } from './command.ts';
import { startVantageProcess } from './process.ts';
import { type ShellResult, vantageShell } from './shell.ts';

/** Some hundred thousand sockets. */
export const MAX_OUTPUT_BYTES = 32 * 1024 * 1024;

/** Runs one script in a shell of the vantage, over a connection of its own. Never rejects. */
export async function runOnVantage(
  vantage: FarVantage,
  script: string,
  { limitMs, signal }: { readonly limitMs: number; readonly signal: AbortSignal },
): Promise<ShellResult> {
  const { tool, args } = vantageCommand(vantage, { limitMs });
  const path = await findOnPath(tool, process.env['PATH'] ?? '');
  if (path === null) return { kind: 'missing', tool };
  if (signal.aborted) return { kind: 'cancelled' };
  const shell = vantageShell(startVantageProcess(path, args));
  try {
    return await shell.run(script, { signal, timeoutMs: limitMs, maxOutputBytes: MAX_OUTPUT_BYTES });
  } finally {
    shell.end();
  }
}
