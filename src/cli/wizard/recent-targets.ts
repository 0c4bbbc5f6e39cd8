import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';

/** Targets of earlier runs, the latest first. `problem`: why they could not be read, null where nothing is wrong. */
export type RecentTargets = { readonly targets: readonly string[]; readonly problem: string | null };

const MOST_TARGETS = 20;
const LONGEST_TARGET = 300;
const LARGEST_FILE = 64 * 1024;

/** Where they are kept: state, not configuration (XDG Base Directory Specification). */
export function recentTargetsFile(env: NodeJS.ProcessEnv): string {
  const configured = env['XDG_STATE_HOME'] ?? '';
  const state = isAbsolute(configured) ? configured : join(homedir(), '.local', 'state');
  return join(state, 'netwhy', 'recent-targets.json');
}

/** Reads them; a file that is not there holds none. Whatever is in the file, nothing is thrown. */
export async function readRecentTargets(file: string): Promise<RecentTargets> {
  try {
    const text = await readBounded(file);
    const targets = text === null ? null : targetsIn(text);
    return targets === null ? { targets: [], problem: file } : { targets, problem: null };
  } catch (error) {
    const isMissing = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
    return { targets: [], problem: isMissing ? null : file };
  }
}

/**
 * Puts one first. Only its user may read the file, and it is replaced as a whole, so that no reader sees half of it.
 * A folder that cannot be written to keeps nobody from anything: it is left as it is.
 */
export async function rememberTarget(file: string, target: string): Promise<void> {
  if (target.length > LONGEST_TARGET) return;
  const { targets } = await readRecentTargets(file);
  const kept = [target, ...targets.filter((each) => each !== target)].slice(0, MOST_TARGETS);
  const fresh = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(fresh, `${JSON.stringify({ targets: kept }, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    await rename(fresh, file);
  } catch {
    await rm(fresh, { force: true }).catch(() => undefined);
  }
}

/** null where it is larger than any that was written here. */
async function readBounded(file: string): Promise<string | null> {
  const handle = await open(file, 'r');
  try {
    const buffer = new Uint8Array(LARGEST_FILE + 1);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    return bytesRead > LARGEST_FILE ? null : new TextDecoder().decode(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

/** null where it is not a list of targets. */
function targetsIn(text: string): readonly string[] | null {
  try {
    const { targets } = JSON.parse(text) as { targets?: unknown };
    if (!Array.isArray(targets) || !targets.every((each) => typeof each === 'string')) return null;
    return targets.filter((each) => each.length <= LONGEST_TARGET).slice(0, MOST_TARGETS);
  } catch {
    return null;
  }
}
