import type { TaskContext } from './context.ts';

/** Whether nothing worse than loss or delay is known: a port that does not let in is another question. */
export function isServed({ target, known }: TaskContext): boolean {
  return target.port === null || known.asked?.state === 'open';
}

/** Whether the asked port takes connections, and keeps them, at the address that the walk is about. */
export async function isLetIn({ signs, known, job }: TaskContext): Promise<boolean> {
  await Promise.race([signs.portAnswered.promise, job('connect')]);
  return known.asked?.state === 'open' && known.asked.dropped === null;
}
