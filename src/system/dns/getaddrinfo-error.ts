import { execFile } from 'node:child_process';
import { getSystemErrorName } from 'node:util';
import type { Family } from '../../domain/address.ts';

/** A look-up that took longer the first time is not made again. */
const TIMEOUT_MS = 3000;
const LOOK_UP = `require('node:dns').lookup(process.argv[1], { all: true, family: Number(process.argv[2]) }, (error) => {
  process.stdout.write(String(error?.errno ?? ''));
});`;

/**
 * The name of the error that getaddrinfo(3) gives for a name (`EAI_NONAME`, `EAI_AGAIN`), in a process of its own: a
 * call inside this one could not be called off. null for none, or where it cannot be told.
 */
export function getaddrinfoError(
  host: string,
  families: readonly Family[],
  signal: AbortSignal,
): Promise<string | null> {
  const family = families.length === 1 ? (families[0] ?? 0) : 0;
  const { NODE_OPTIONS: _, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['-e', LOOK_UP, '--', host, String(family)],
      { signal, timeout: TIMEOUT_MS, env, killSignal: 'SIGKILL' },
      (error, stdout) => {
        const errno = Number(stdout);
        resolve(error !== null || stdout === '' || !Number.isInteger(errno) ? null : nameOf(errno));
      },
    );
  });
}

function nameOf(errno: number): string | null {
  try {
    return getSystemErrorName(errno);
  } catch {
    return null;
  }
}
