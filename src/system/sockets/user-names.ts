import { readFile } from 'node:fs/promises';

/** The names of this machine's own users by number (passwd(5)); empty where the file cannot be read. */
export async function userNames(path = '/etc/passwd'): Promise<ReadonlyMap<number, string>> {
  try {
    const lines = (await readFile(path, 'utf8')).split('\n');
    const entries = lines.flatMap((line): readonly (readonly [number, string])[] => {
      const [name = '', , uid = ''] = line.split(':');
      return name !== '' && /^\d+$/.test(uid) ? [[Number(uid), name]] : [];
    });
    // Of several names for one number the first one counts, as for getpwuid(3).
    return new Map(entries.toReversed());
  } catch {
    return new Map();
  }
}
