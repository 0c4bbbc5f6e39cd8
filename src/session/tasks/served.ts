import type { TaskContext } from './context.ts';

/** Whether nothing worse than loss or delay is known: a port that does not let in is another question. */
export function isServed({ target, known }: TaskContext): boolean {
  return target.port === null || known.asked?.state === 'open';
}
