import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { toolText } from './tool-text.ts';

/** Where system tools live. PATH is not asked: it may be the user's, and sbin is often missing from it. */
const TOOL_FOLDERS: readonly string[] =
  process.platform === 'win32'
    ? ['C:\\Windows\\System32']
    : ['/usr/sbin', '/sbin', '/usr/bin', '/bin', '/usr/local/sbin', '/usr/local/bin'];
const DEFAULT_TIMEOUT_MS = 3000;
const DEFAULT_MAX_OUTPUT_BYTES = 8 * 1024 * 1024;

export type ToolOptions = {
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
  /** Of stdout and stderr together; a tool that says more is ended. */
  readonly maxOutputBytes?: number;
};

/** `failed`: the tool was found and could not be started (`code` is an errno name). `exitCode` is null after a signal. */
export type ToolResult =
  | { readonly kind: 'done'; readonly stdout: string; readonly stderr: string; readonly exitCode: number | null }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'too-much-output' }
  | { readonly kind: 'cancelled' };

/** Runs a tool by its bare name, here or on another machine. Never rejects. */
export type RunTool = (name: string, args: readonly string[], options: ToolOptions) => Promise<ToolResult>;

/** The absolute path of a system tool, null where it is not installed. */
export async function findTool(name: string, folders: readonly string[] = TOOL_FOLDERS): Promise<string | null> {
  for (const folder of folders) {
    const path = process.platform === 'win32' ? `${folder}\\${name}.exe` : `${folder}/${name}`;
    try {
      await access(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

/** Runs a system tool with fixed English output, no shell and no input. Never rejects; a tool that overstays is killed. */
export const runTool: RunTool = runToolIn(TOOL_FOLDERS);

/** As `runTool`, with the folders in which tools are looked for. */
export function runToolIn(folders: readonly string[]): RunTool {
  return async (name, args, options) => {
    if (options.signal.aborted) return { kind: 'cancelled' };
    const path = await findTool(name, folders);
    if (path === null) return { kind: 'missing' };
    if (options.signal.aborted) return { kind: 'cancelled' };
    try {
      return await run(path, args, options);
    } catch (error) {
      // A tool whose file has a capability that this process may not have is refused before it starts.
      return { kind: 'failed', code: (error as NodeJS.ErrnoException).code ?? 'UNKNOWN' };
    }
  };
}

/** What every tool finds in its environment: English, and no setting of the user's. */
export function toolEnvironment(): Readonly<Record<string, string>> {
  return { PATH: TOOL_FOLDERS.join(process.platform === 'win32' ? ';' : ':'), LC_ALL: 'C' };
}

function run(path: string, args: readonly string[], options: ToolOptions): Promise<ToolResult> {
  const { signal, timeoutMs = DEFAULT_TIMEOUT_MS, maxOutputBytes = DEFAULT_MAX_OUTPUT_BYTES } = options;
  return new Promise((resolve) => {
    const child = spawn(path, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: toolEnvironment(),
      windowsHide: true,
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let outputBytes = 0;

    const settle = (result: ToolResult): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      resolve(result);
    };
    const end = (result: ToolResult): void => {
      child.kill('SIGKILL');
      // A grandchild may hold the pipes open; they must not keep this process waiting.
      child.stdout.destroy();
      child.stderr.destroy();
      settle(result);
    };
    const cancel = (): void => end({ kind: 'cancelled' });
    const collect = (chunks: Buffer[]) => (chunk: Buffer) => {
      outputBytes += chunk.length;
      if (outputBytes > maxOutputBytes) end({ kind: 'too-much-output' });
      else chunks.push(chunk);
    };
    const timer = setTimeout(() => end({ kind: 'timed-out' }), timeoutMs);
    signal.addEventListener('abort', cancel, { once: true });
    child.stdout.on('data', collect(stdout));
    child.stderr.on('data', collect(stderr));
    child.on('error', (error: NodeJS.ErrnoException) => settle({ kind: 'failed', code: error.code ?? 'UNKNOWN' }));
    child.on('close', (exitCode) =>
      settle({
        kind: 'done',
        stdout: toolText(Buffer.concat(stdout)),
        stderr: toolText(Buffer.concat(stderr)),
        exitCode,
      }),
    );
  });
}
