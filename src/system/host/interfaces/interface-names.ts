import { readdir, readFile } from 'node:fs/promises';

const DEVICES = '/sys/class/net';

/** The names of this machine's interfaces by index (sysfs); empty where they cannot be read. */
export async function interfaceNames(folder = DEVICES): Promise<ReadonlyMap<number, string>> {
  try {
    const names = await readdir(folder);
    const indexes = await Promise.all(
      names.map(async (name) => {
        const text = await readFile(`${folder}/${name}/ifindex`, 'utf8').catch(() => '');
        return [Number(text.trim()), name] as const;
      }),
    );
    return new Map(indexes.filter(([index]) => index > 0));
  } catch {
    return new Map();
  }
}
