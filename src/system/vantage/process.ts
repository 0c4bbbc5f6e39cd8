import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

/** The wizard's measuring process leads a group of its own, with which everything in it ends; elsewhere we make one. */
const OWN_GROUP = process.send === undefined && process.platform !== 'win32';

const living = new Set<ChildProcessWithoutNullStreams>();

// Nothing that was started for a run outlives it, however it ends.
process.on('exit', () => {
  for (const child of living) endVantageProcess(child);
});

/**
 * Starts ssh, docker or kubectl with the user's own environment (agent, contexts), fixed English output, and no terminal
 * that it, or what it runs, could ask a question on.
 */
export function startVantageProcess(path: string, args: readonly string[]): ChildProcessWithoutNullStreams {
  const { SSH_ASKPASS: _, SSH_ASKPASS_REQUIRE: __, ...env } = process.env;
  const child = spawn(path, args, { env: { ...env, LC_ALL: 'C' }, detached: OWN_GROUP, windowsHide: true });
  living.add(child);
  child.once('exit', () => living.delete(child));
  // What it says after its end, or hears no more, is of no interest; an unheard error would end the process.
  child.stdin.on('error', () => undefined);
  return child;
}

/** Ends it at once, with the proxies and jumps that it started. */
export function endVantageProcess(child: ChildProcessWithoutNullStreams): void {
  living.delete(child);
  try {
    if (OWN_GROUP && child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // It has ended by itself.
  }
  // A grandchild may hold the pipes open; they must not keep this process waiting.
  child.stdin.destroy();
  child.stdout.destroy();
  child.stderr.destroy();
}
