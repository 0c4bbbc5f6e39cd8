// A reader that went away (`| head`) is no error; without a listener it would end the process with a stack trace.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

/** Writes to stdout and resolves once it is flushed, or can no longer be. */
export function print(text: string): Promise<void> {
  return write(process.stdout, text);
}

/** Everything that is not the result goes to stderr. */
export function note(text: string): Promise<void> {
  return write(process.stderr, text);
}

function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve) => {
    stream.write(text, () => resolve());
  });
}
