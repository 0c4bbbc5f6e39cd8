import { bindScopeOf } from '../../domain/bind-scope.ts';
import type { PortsSaying } from './verdict.ts';
import type { PortsView } from './view.ts';

/** The part of `netwhy.ports/v1` that the sockets make up. */
export function portsDocument(
  view: PortsView,
  { verdict, says, notes }: PortsSaying,
): Readonly<Record<string, unknown>> {
  const { host, asked, summary, counters, gaps, unavailable, rows } = view;
  return {
    host,
    asked,
    verdict: { verdict, says, notes },
    summary,
    counters,
    gaps,
    unavailable,
    sockets: rows.map((row) => ({ ...row, scope: bindScopeOf(row.local.address) })),
  };
}
