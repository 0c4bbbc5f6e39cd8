import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { FarVantage } from '../../domain/vantage.ts';
import { findOnPath } from '../process/find-on-path.ts';
import { vantageCommand } from './command.ts';
import { startVantageProcess } from './process.ts';
import { type ShellOptions, type ShellResult, type VantageShell, vantageShell } from './shell.ts';

type Kept = { readonly child: ChildProcessWithoutNullStreams; readonly shell: VantageShell };

/** A connection that nobody needs any more is given up after this. */
const IDLE_MS = 20_000;

/**
 * A shell of the vantage that is kept for the next script, so that a second look needs no second connection. One script
 * at a time: who comes while it runs gets a connection of their own. It keeps no process alive, and ends with it.
 */
export function keptShell(vantage: FarVantage): (script: string, options: ShellOptions) => Promise<ShellResult> {
  let idle: Kept | null = null;
  let giveUp: NodeJS.Timeout | undefined;
  const start = async (timeoutMs: number): Promise<Kept | { readonly missing: string }> => {
    const { tool, args } = vantageCommand(vantage, { limitMs: timeoutMs });
    const path = await findOnPath(tool, process.env['PATH'] ?? '');
    if (path === null) return { missing: tool };
    const child = startVantageProcess(path, args);
    return { child, shell: vantageShell(child) };
  };
  return async (script, options) => {
    clearTimeout(giveUp);
    const free = idle?.shell.isAlive() === true ? idle : null;
    idle = null;
    const kept = free ?? (await start(options.timeoutMs));
    if ('missing' in kept) return { kind: 'missing', tool: kept.missing };
    hold(kept, true);
    const result = await kept.shell.run(script, options);
    if (result.kind !== 'done' || idle !== null) kept.shell.end();
    else {
      idle = kept;
      hold(kept, false);
      giveUp = setTimeout(() => kept.shell.end(), IDLE_MS).unref();
    }
    return result;
  };
}

/** Whether the process of this machine waits for it. */
function hold({ child }: Kept, isNeeded: boolean): void {
  const streams = [child.stdin, child.stdout, child.stderr] as readonly { ref?: () => void; unref?: () => void }[];
  for (const each of [child, ...streams]) {
    if (isNeeded) each.ref?.();
    else each.unref?.();
  }
}
