import type { Report } from '../../evidence/report/report.ts';
import type { Hop, TraceEvidence } from '../../evidence/trace.ts';
import { printable } from '../../text/printable.ts';
import type { Labels } from '../labels.ts';
import type { Symbols } from '../symbols.ts';
import { isBehindPlace } from './owner-words.ts';

/** A piece of the drawn path; the broken ones are where the diagnosis points. */
export type PathPiece = { readonly text: string; readonly isBroken: boolean };

/**
 * The path as pieces that belong on one line each, to be joined by spaces: you, the hops (neighbouring silent ones as
 * one), and what became of it. Null where no trace was made. Fit to print.
 */
export function drawPath(report: Report, labels: Labels, symbols: Symbols): readonly PathPiece[] | null {
  const { trace, route } = report.evidence;
  if (trace === undefined || trace.method === null) return null;
  const lastAnswered = trace.hops.findLastIndex(({ addresses }) => addresses.length > 0);
  const shown = trace.outcome === 'loop' ? uptoLoop(trace) : trace.hops.slice(0, lastAnswered + 1);
  const place = report.diagnosis.where;
  const isAtFault = (hop: Hop) =>
    trace.outcome === 'reached' && report.verdict !== 'healthy' && place !== null && hop.ttl === place.hop;
  // What is lost behind the place is lost on the way to the next hop, or there.
  const isBehind = isBehindPlace(report.diagnosis.code) && trace.outcome === 'reached' && place !== null;
  const pieces = runs(shown).map((run) => {
    const [hop] = run;
    const name = nameOf(hop, run.length, route?.gateway ?? null, symbols);
    if (isBehind) {
      const isBroken = report.verdict !== 'healthy' && place.hop !== null && hop.ttl === place.hop + 1;
      const link = isBroken ? `${symbols.link} ${symbols.broken} ${symbols.link}` : symbols.link;
      return { text: `${link} ${name}`, isBroken };
    }
    const isBroken = isAtFault(hop);
    return { text: `${symbols.link} ${isBroken ? `${symbols.verdict.degraded} ` : ''}${name}`, isBroken };
  });
  const you = { text: labels.you, isBroken: false };
  return [you, ...pieces, ...endOf(trace, report.verdict === 'healthy', symbols)].map((piece) => ({
    ...piece,
    text: printable(piece.text),
  }));
}

type Run = readonly [Hop, ...Hop[]];

/** Hops one by one, silent neighbours together. */
function runs(hops: readonly Hop[]): readonly Run[] {
  const found: Run[] = [];
  for (const hop of hops) {
    const before = found[found.length - 1];
    if (before !== undefined && isSilent(hop) && isSilent(before[0])) found[found.length - 1] = [...before, hop];
    else found.push([hop]);
  }
  return found;
}

function isSilent({ addresses }: Hop): boolean {
  return addresses.length === 0;
}

function nameOf(hop: Hop, length: number, gateway: string | null, symbols: Symbols): string {
  const [first, ...others] = hop.addresses;
  if (first === undefined) return length === 1 ? symbols.silent : `${symbols.silent} ×${length}`;
  const role = first === gateway ? ' (gw)' : '';
  return `${first}${role}${others.length === 0 ? '' : ` (+${others.length})`}`;
}

/** The hops up to the end of the first round of the loop. */
function uptoLoop({ hops, loop }: TraceEvidence): readonly Hop[] {
  const first = hops.findIndex(({ addresses }) => loop[0] !== undefined && addresses.includes(loop[0]));
  return hops.slice(0, Math.max(0, first) + loop.length);
}

function endOf({ outcome, address, loop }: TraceEvidence, isHealthy: boolean, symbols: Symbols): readonly PathPiece[] {
  const beyond = { text: `${symbols.more} ${address}`, isBroken: false };
  // What was asked for arrives: only the probes of the trace did not.
  if (isHealthy && outcome !== 'reached') return [{ ...beyond, text: `${symbols.link} ${beyond.text}` }];
  switch (outcome) {
    case 'reached':
      return [];
    case 'loop':
      return [{ text: `${symbols.link} ${symbols.again} ${loop[0] ?? ''}`, isBroken: true }, beyond];
    case 'stopped':
    case 'silent':
    case 'unreachable':
    case 'prohibited':
      return [{ text: `${symbols.link} ${symbols.broken}`, isBroken: true }, beyond];
  }
}
