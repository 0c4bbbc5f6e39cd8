import { execFileSync } from 'node:child_process';
import { accessSync, chmodSync, constants, cpSync, existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { PROGRAM } from './program.ts';

/** A constant, as nothing of this package brings it. */
const SETPRIV: string = 'setpriv';
/** A user that nobody is: no name, no group but its own, no capability. */
const USER = '61234';
const FOLDERS = ['/usr/sbin', '/usr/bin', '/sbin', '/bin', '/usr/local/sbin', '/usr/local/bin'];
/** What the installed package needs beside its own files. */
const NATIVE = ['raw-socket', 'koffi', '@koromix'];

/** Whether another user can be stepped into: not in a user namespace that maps root alone. */
export function canBeAnybody(): boolean {
  try {
    execFileSync(SETPRIV, [`--reuid=${USER}`, `--regid=${USER}`, '--clear-groups', 'true'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

/** The command as an ordinary user runs it. */
export function asOrdinaryUser(command: readonly string[]): readonly string[] {
  return [SETPRIV, `--reuid=${USER}`, `--regid=${USER}`, '--clear-groups', '--inh-caps=-all', ...command];
}

/**
 * The command in a root file system in which these tools are not: what stands in their place cannot be run. To be used
 * within `ip netns exec`, whose mounts nobody else sees.
 */
export function withoutTools(tools: readonly string[], command: readonly string[]): readonly string[] {
  const paths = FOLDERS.flatMap((folder) => tools.map((tool) => join(folder, tool))).filter(existsSync);
  const real = [...new Set(paths.map((path) => realpathSync(path)))];
  const script = 'while [ "$1" != -- ]; do mount --bind /dev/null "$1"; shift; done; shift; exec "$@"';
  return ['sh', '-ec', script, 'sh', ...real, '--', ...command];
}

/** A copy of the program, and of node where it must be, that every user can read; removed when the file's tests are over. */
export function programForAnybody(): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'netwhy-lab-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const from = dirname(dirname(PROGRAM));
  for (const part of ['dist', 'flows', 'findings', 'package.json']) {
    cpSync(join(from, part), join(folder, part), { recursive: true });
  }
  const modules = [from, fileURLToPath(new URL('../../..', import.meta.url))].map((root) => join(root, 'node_modules'));
  for (const name of NATIVE) {
    const found = modules.map((root) => join(root, name)).find(existsSync);
    if (found !== undefined) cpSync(found, join(folder, 'node_modules', name), { recursive: true, dereference: true });
  }
  execFileSync('chmod', ['-R', 'a+rX', folder]);
  return [nodeForAnybody(folder), join(folder, 'dist/bin.js')];
}

function nodeForAnybody(folder: string): string {
  const [node = '', ...args] = asOrdinaryUser(['test', '-x', process.execPath]);
  try {
    execFileSync(node, args, { stdio: 'pipe' });
    return process.execPath;
  } catch {
    const copy = join(folder, 'node');
    cpSync(process.execPath, copy);
    chmodSync(copy, 0o755);
    accessSync(copy, constants.X_OK);
    return copy;
  }
}
