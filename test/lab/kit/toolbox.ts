import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { findOnPath } from '../../../src/system/process/find-on-path.ts';
import { withoutTools } from './user.ts';

/** A folder in which system tools are looked for, and in which this machine has none. */
const PLACE = '/usr/local/sbin';
const SHADOW = 'mount --bind "$1" "$2"; shift 2; exec "$@"';

/** The path of a program that the lab needs, and the Debian package that brings it. */
export async function needed(name: string, debianPackage: string): Promise<string> {
  const path = await findOnPath(name, `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/bin:/sbin:/bin`);
  if (path === null) throw new Error(`${name} is missing: apt-get install ${debianPackage}`);
  return path;
}

/**
 * The command in a root file system in which `absent` are not, and the tools in the box are, by name: to be used within
 * `ip netns exec`, whose mounts nobody else sees.
 */
export function withToolbox(
  box: Readonly<Record<string, string>>,
  absent: readonly string[],
  command: readonly string[],
): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'netwhy-toolbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  // Copies: what the originals stand for is absent elsewhere.
  for (const [name, path] of Object.entries(box)) copyFileSync(path, join(folder, name));
  chmodSync(folder, 0o755);
  return withoutTools(absent, ['sh', '-ec', SHADOW, 'sh', folder, PLACE, ...command]);
}
