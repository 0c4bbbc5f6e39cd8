/** The same run for whoever asks, whatever they ask it with after the first. */
export function once<A, R>(run: (argument: A) => Promise<R>): (argument: A) => Promise<R> {
  let result: Promise<R> | null = null;
  return (argument) => {
    result ??= run(argument);
    return result;
  };
}
