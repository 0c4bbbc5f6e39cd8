import type { Report } from '../../evidence/report/report.ts';
import { formatMs } from '../../text/format-ms.ts';
import { printable } from '../../text/printable.ts';
import type { Labels } from '../labels.ts';
import { isBehindPlace } from './owner-words.ts';

/** The place that the diagnosis points at, with what was measured there; null where it has none. Fit to print. */
export function describePlace({ diagnosis, evidence }: Report, labels: Labels): string | null {
  const where = diagnosis.where;
  if (where === null || (where.hop === null && where.address === null)) return null;
  const isThere = ({ ttl }: { readonly ttl: number | null }) => ttl === where.hop;
  const hop = evidence.hopEchoes?.hops.find(isThere) ?? evidence.trace?.hops.find(isThere);
  const measured = hop?.rttMs ? `${hop.received}/${hop.sent}, ${formatMs(hop.rttMs.median)}` : null;
  const behind = isBehindPlace(diagnosis.code) && where.hop !== null && where.hop > 0;
  const name =
    where.hop === 0
      ? labels.thisMachine
      : where.hop === null
        ? null
        : (behind ? labels.behindHop : labels.hop)(where.hop);
  return printable([name, where.address, measured].filter((part) => part !== null).join(', '));
}
