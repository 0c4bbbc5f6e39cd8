import type { ConnectAttempt } from '../../domain/evidence.ts';
import { transportOf } from '../../domain/target.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import type { Context } from '../context.ts';

/** The attempts at the asked port. */
export function asked(evidence: Evidence, { target }: Context): readonly ConnectAttempt[] {
  const protocol = transportOf(target.scheme);
  return (evidence.connect?.attempts ?? []).filter(
    (attempt) => attempt.port === target.port && attempt.protocol === protocol,
  );
}

/** Whether every attempt at the asked port was accepted. */
export function allOpen(evidence: Evidence, context: Context): boolean {
  const attempts = asked(evidence, context);
  return attempts.length > 0 && attempts.every(({ state }) => state === 'open');
}
