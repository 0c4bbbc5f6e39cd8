import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { VantageEnd } from './end.ts';
import { frame } from './frame.ts';
import { endVantageProcess } from './process.ts';

export type ShellOptions = {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** Of stdout and stderr, each, noise around the answer included. */
  readonly maxOutputBytes: number;
  /** Called with what comes on stdout while the script runs, noise around the answer included. */
  readonly onOutput?: (chunk: Buffer) => void;
};

export type ShellResult =
  | { readonly kind: 'done'; readonly stdout: string; readonly stderr: string; readonly exitCode: number }
  | VantageEnd;

/** A POSIX shell on a vantage, which is told line by line what to do. It serves one script at a time. */
export type VantageShell = {
  /** Runs sh text with an empty standard input. Never rejects. A script that does not finish ends the shell with it. */
  run(script: string, options: ShellOptions): Promise<ShellResult>;
  /** False once it, or the way to it, is gone. */
  isAlive(): boolean;
  end(): void;
};

/** How long the two streams of an ended process, or of a finished script, may lag behind one another. */
const LAG_MS = 300;
const MOST_SAID = 16_384;
const MOST_HEARD = 1024;

/** Speaks with a process whose standard input a POSIX shell reads. */
export function vantageShell(child: ChildProcessWithoutNullStreams): VantageShell {
  const secret = randomBytes(9).toString('hex');
  let runs = 0;
  let over: VantageEnd | null = null;
  let onOver: (end: VantageEnd) => void = () => undefined;
  let said = '';
  let heard = '';
  const ended = (exitCode: number | null) => finish({ kind: 'ended', exitCode, said: `${heard}\n${said}` });

  const finish = (end: VantageEnd): void => {
    if (over !== null) return;
    over = end;
    endVantageProcess(child);
    onOver(end);
  };
  child.stderr.on('data', (chunk: Buffer) => {
    said = `${said}${chunk.toString('latin1')}`.slice(-MOST_SAID);
  });
  // Who may not log in is sometimes told so on stdout (nologin(8)).
  child.stdout.once('data', (chunk: Buffer) => {
    heard = chunk.subarray(0, MOST_HEARD).toString('latin1');
  });
  child.on('error', (error: NodeJS.ErrnoException) => finish({ kind: 'failed', code: error.code ?? 'UNKNOWN' }));
  child.on('close', ended);
  child.on('exit', (exitCode) => setTimeout(() => ended(exitCode), LAG_MS).unref());

  const run = (script: string, { signal, timeoutMs, maxOutputBytes, onOutput }: ShellOptions): Promise<ShellResult> => {
    if (over !== null) return Promise.resolve(over);
    if (signal.aborted) return Promise.resolve({ kind: 'cancelled' });
    runs += 1;
    const framed = frame(script, `${secret}-${runs}`, maxOutputBytes);
    return new Promise((resolve) => {
      let lag: NodeJS.Timeout | undefined;
      const settle = (result: ShellResult): void => {
        clearTimeout(timer);
        clearTimeout(lag);
        signal.removeEventListener('abort', cancel);
        child.stdout.off('data', onOut);
        child.stderr.off('data', onErr);
        onOver = () => undefined;
        resolve(result);
      };
      const settleIfWhole = (isPatient: boolean): void => {
        const exitCode = framed.exitCode();
        if (framed.isTooMuch()) finish({ kind: 'too-much-output' });
        else if (exitCode !== null && (framed.isSaid() || !isPatient))
          settle({ kind: 'done', stdout: framed.stdout(), stderr: framed.stderr(), exitCode });
        else if (exitCode !== null) lag ??= setTimeout(() => settleIfWhole(false), LAG_MS);
      };
      const onOut = (chunk: Buffer): void => {
        framed.out(chunk);
        onOutput?.(chunk);
        settleIfWhole(true);
      };
      const onErr = (chunk: Buffer): void => {
        framed.err(chunk);
        settleIfWhole(true);
      };
      const cancel = (): void => finish({ kind: 'cancelled' });
      const timer = setTimeout(
        () => finish({ kind: 'timed-out', spoke: runs > 1 || framed.hasBegun(), said }),
        timeoutMs,
      );
      onOver = settle;
      signal.addEventListener('abort', cancel, { once: true });
      child.stdout.on('data', onOut);
      child.stderr.on('data', onErr);
      child.stdin.write(framed.input);
    });
  };
  return { run, isAlive: () => over === null, end: () => finish({ kind: 'cancelled' }) };
}
