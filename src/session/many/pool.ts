/**
 * Works on every item, at most `width` of them at once, in their order. Stops beginning new ones when the signal aborts; the
 * results of those that were never begun are absent. Rejects with the first rejection.
 */
export async function pool<T>(
  items: readonly T[],
  width: number,
  signal: AbortSignal,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length && !signal.aborted) {
      const index = next;
      next += 1;
      await work(items[index] as T, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
}
