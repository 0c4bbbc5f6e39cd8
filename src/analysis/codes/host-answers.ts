import type { Evidence } from '../../evidence/kinds.ts';
import type { PingEvidence } from '../../evidence/ping.ts';
import { proofOf } from '../alive.ts';
import type { Context } from '../context.ts';

/** Whether the host itself has answered anything. */
export function hostAnswered(evidence: Evidence, context: Context): boolean {
  if ((evidence.ping?.received ?? 0) > 0) return true;
  return context.address !== null && proofOf(evidence.connect?.attempts ?? [], context.address) !== null;
}

/** Whether any address of the target answered an echo. */
export function echoAnswered(ping: PingEvidence | undefined): boolean {
  return ping !== undefined && [ping, ...ping.others].some(({ received }) => received > 0);
}

/** No engine could send an echo: what an echo alone tells is unknown. */
export function noEcho({ ping }: Evidence): boolean {
  return ping !== undefined && ping.method === null;
}
