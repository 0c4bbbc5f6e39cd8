import { displayed } from '../../text/displayed.ts';
import { EXIT } from './exit-code.ts';
import { eraseFirstFrame } from './first-frame.ts';

let isPrinted = false;

// A reader that went away (`| head`) is no error; without a listener it would end the process with a stack trace.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

/** Writes to stdout and resolves once it is flushed, or can no longer be. */
export async function print(text: string): Promise<void> {
  isPrinted ||= text !== '';
  const failed = await write(process.stdout, text);
  if (failed !== null) await tellFailure(failed);
}

/** Whether a result stands on stdout already, or a part of it. */
export function hasPrinted(): boolean {
  return isPrinted;
}

/** Everything that is not the result goes to stderr. */
export async function note(text: string): Promise<void> {
  await write(process.stderr, text);
}

/** The one door to the terminal; what draws on purpose (the wizard, a table that is watched) has its own. */
function write(stream: NodeJS.WriteStream, text: string): Promise<NodeJS.ErrnoException | null> {
  eraseFirstFrame(process.stdout);
  return new Promise((resolve) => {
    stream.write(displayed(text), (error) => resolve(error ?? null));
  });
}

/** A result that did not arrive is no success, whatever it says; a full disk for instance. */
async function tellFailure({ code, message }: NodeJS.ErrnoException): Promise<void> {
  if (code === 'EPIPE') return;
  process.once('exit', () => {
    process.exitCode = EXIT.internal;
  });
  await note(`netwhy: the result could not be written: ${message}\n`);
}
