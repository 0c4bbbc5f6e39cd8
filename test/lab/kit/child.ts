import type { ChildProcess } from 'node:child_process';
import { start } from './exec.ts';
import type { Namespace } from './namespaces.ts';

/** Starts one of the lab's helper programs and waits for the line that says that it is ready. */
export async function startChild(namespace: Namespace, file: string, config: unknown): Promise<ChildProcess> {
  const child = start(namespace, [process.execPath, file, JSON.stringify(config)]);
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code} before it was ready: ${stderr}`)));
    child.stdout?.once('data', () => resolve());
  });
  child.removeAllListeners('exit');
  // A helper that breaks while the test runs would look like a network that does.
  child.stderr?.pipe(process.stderr);
  return child;
}
