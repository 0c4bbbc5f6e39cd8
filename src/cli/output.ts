/** Writes to stdout and resolves once it is flushed; a reader that went away (`| head`) is no error. */
export function print(text: string): Promise<void> {
  return write(process.stdout, text);
}

/** Everything that is not the result goes to stderr. */
export function note(text: string): Promise<void> {
  return write(process.stderr, text);
}

function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise<void>((settle) => {
    const resolve = () => settle();
    stream.once('error', resolve);
    stream.write(text, () => {
      stream.off('error', resolve);
      resolve();
    });
  });
}
