import { randomBytes } from 'node:crypto';
import { chmod, lstat, rename, rm, writeFile } from 'node:fs/promises';

/**
 * Writes a file whole or not at all: whoever reads it meanwhile sees what was there before, or all of the new. What is no
 * ordinary file (a FIFO, a device, a link) is written to as it is. `mode` is that of a new file.
 */
export async function writeWhole(file: string, text: string | Uint8Array, mode = 0o666): Promise<void> {
  const there = await lstat(file).catch(() => null);
  if (there !== null && !there.isFile()) return writeFile(file, text);
  const beside = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeFile(beside, text, { flag: 'wx', mode });
    if (there !== null) await chmod(beside, there.mode & 0o7777);
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
