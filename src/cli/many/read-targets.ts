import { open } from 'node:fs/promises';
import type { BadLine } from '../../evidence/report/many.ts';
import { printable } from '../../text/printable.ts';
import { note } from '../common/output.ts';
import { UserError } from '../common/user-error.ts';
import { type ListEntry, MOST_TARGETS } from './list-entry.ts';
import { readPlainList } from './plain-list.ts';
import { readYamlList } from './yaml-list.ts';

/** Ten thousand targets with long names are smaller. */
const MOST_BYTES = 8 * 1024 * 1024;

export type TargetList = {
  readonly entries: readonly (ListEntry & { readonly file: string })[];
  readonly bad: readonly BadLine[];
};

/** Reads a list of targets; `-` is stdin. A file that cannot be read, is too large or holds no list is a mistake of the user. */
export async function readTargets(file: string): Promise<TargetList> {
  const text = await textOf(file);
  const name = file === '-' ? 'stdin' : file;
  const read = isStructured(file, text) ? await readYamlList(text) : readPlainList(text);
  if (read === null) {
    throw new UserError(
      `${JSON.stringify(name)} is no list of targets.`,
      'One target a line, an Ansible inventory, or a file_sd of Prometheus.',
    );
  }
  if (read.entries.length > MOST_TARGETS) {
    throw new UserError(
      `${JSON.stringify(name)} has more than ${MOST_TARGETS} targets.`,
      'Split it: split -l 5000 FILE',
    );
  }
  return {
    entries: read.entries.map((entry) => ({ ...entry, file: name })),
    bad: read.bad.map(({ line, message }) => ({ file: name, line, message: printable(message) })),
  };
}

/** JSON and YAML are told by the name of the file, or by what it begins with. */
function isStructured(file: string, text: string): boolean {
  if (/\.(?:json|ya?ml)$/iu.test(file)) return true;
  const start = text.slice(0, 4096).trimStart();
  return (
    start.startsWith('{') || start.startsWith('---') || /^\[\s*[{"\]]/u.test(start) || /^-\s+targets\s*:/u.test(start)
  );
}

async function textOf(file: string): Promise<string> {
  if (file === '-' && process.stdin.isTTY) await note('One target a line, then Ctrl-D.\n');
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    const stream = file === '-' ? process.stdin : (await open(file)).createReadStream();
    for await (const chunk of stream) {
      bytes += (chunk as Buffer).length;
      if (bytes > MOST_BYTES)
        throw new UserError(`--targets: more than ${MOST_BYTES >> 20} MiB are not read.`, 'Split it.');
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`--targets: ${JSON.stringify(file)} cannot be read (${code}).`, 'Use - for stdin.');
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\ufeff/u, '');
}
