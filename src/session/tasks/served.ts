import type { TaskContext } from './context.ts';

/** Whether nothing worse than loss or delay is known: a port that does not let in is another question. */
export function isServed({ target, known }: TaskContext): boolean {
  return target.port === null || known.asked?.state === 'open';
}

/** Whether the asked port takes connections, and keeps them, at the address that the walk is about. */
export async function isLetIn({ target, signs, known, job }: TaskContext): Promise<boolean> {
  await Promise.race([signs.portAnswered.promise, job('connect')]);
  if (known.asked?.state === 'open') return known.asked.dropped === null;
  // The address may have been settled only after another one had answered.
  await job('connect');
  const attempts = known.evidence.connect?.attempts ?? [];
  return attempts.some(
    ({ address, port, state, dropped }) =>
      address === known.primary && port === target.port && state === 'open' && dropped === null,
  );
}
