import type { IcmpErrorKind } from '../../domain/icmp-error.ts';
import type { Where } from '../../domain/verdict.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import type { Context } from '../context.ts';
import { locateFilter, placeOfFilter } from '../filter-location.ts';
import { foreignErrors, placeOfError } from '../path.ts';

/** Who sent the first error of these kinds. */
export function errorPlace(evidence: Evidence, kinds: readonly IcmpErrorKind[]): Where | null {
  const error = foreignErrors(evidence, evidence.route?.source ?? null).find(({ kind }) => kinds.includes(kind));
  return error === undefined ? null : placeOfError(evidence, error);
}

/** Who answered the attempt at the asked port with an ICMP error. */
export function attemptErrorPlace(evidence: Evidence, context: Context): Where | null {
  const attempt = evidence.connect?.attempts.find(({ port, icmp }) => port === context.target.port && icmp !== null);
  return attempt?.icmp ? placeOfError(evidence, attempt.icmp) : null;
}

/** Where what keeps the SYN from the port sits, or sends its refusal from. */
export function filterPlace(evidence: Evidence): Where | null {
  const location = locateFilter(evidence);
  return location === null ? null : placeOfFilter(location);
}
