import { open } from 'node:fs/promises';
import type { SocketSource } from '../../domain/ports.ts';
import { type Target, transportOf } from '../../domain/target.ts';
import { pastedSource } from '../../system/sockets/pasted/source.ts';
import { note } from '../common/output.ts';
import { UserError } from '../common/user-error.ts';
import type { CheckOptions } from '../options/check-options.ts';

/** Of a file or of stdin; a table of a hundred thousand sockets is smaller. */
const MOST_BYTES = 32 * 1024 * 1024;

/** The sockets that `--sockets` names a file of; null where it names none. */
export async function pastedFile(
  { sockets, on }: Pick<CheckOptions, 'sockets' | 'on'>,
  target: Target,
): Promise<SocketSource | null> {
  if (sockets === undefined) return null;
  if (on !== undefined) throw new UserError('--sockets and --on exclude each other.', 'Name one place to look at.');
  const text = await textOf(sockets);
  const opened = pastedSource(text, { port: target.port, protocol: transportOf(target.scheme) });
  if (opened.kind === 'ok') return opened.source;
  throw new UserError(`--sockets: ${opened.message}.`, `On the target run one of: ${opened.example}`);
}

async function textOf(file: string): Promise<string> {
  if (file === '-' && process.stdin.isTTY) await note('Paste the output of ss -ltunp, then press Ctrl-D.\n');
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    const stream = file === '-' ? process.stdin : (await open(file)).createReadStream();
    for await (const chunk of stream) {
      bytes += (chunk as Buffer).length;
      if (bytes > MOST_BYTES) throw new UserError(`--sockets: more than ${MOST_BYTES >> 20} MiB are not read.`);
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`--sockets: ${JSON.stringify(file)} cannot be read (${code}).`, 'Use - for stdin.');
  }
  return Buffer.concat(chunks).toString('utf8');
}
