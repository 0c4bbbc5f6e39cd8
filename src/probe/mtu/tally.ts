import type { Family, IpAddress } from '../../domain/address.ts';
import { isBelievable, usualBelow } from './sizes.ts';

/** What became of the echoes of one size. `bytes` is that of the whole IP packet. */
export type SizeTally = {
  readonly bytes: number;
  /** Those that left this machine. */
  readonly sent: number;
  readonly answered: number;
  /**
   * The first router that would not pass one, and the MTU that it gave, null where it gave none; `from` null where this
   * machine only remembers it.
   */
  readonly report: { readonly from: IpAddress | null; readonly mtu: number | null } | null;
  /** errno name with which this machine would not send it (`EMSGSIZE`: larger than the interface takes), else null. */
  readonly localError: string | null;
};

/** All sizes that were tried, in the order of the first try. */
export type Tally = readonly SizeTally[];

export function tallyOf(tally: Tally, bytes: number): SizeTally {
  return tally.find((size) => size.bytes === bytes) ?? { bytes, sent: 0, answered: 0, report: null, localError: null };
}

/** The tally with one size changed. */
export function withSize(tally: Tally, bytes: number, change: (size: SizeTally) => SizeTally): Tally {
  const changed = change(tallyOf(tally, bytes));
  if (!tally.some((size) => size.bytes === bytes)) return [...tally, changed];
  return tally.map((size) => (size.bytes === bytes ? changed : size));
}

/** How far the words of the routers lead. */
export type Chain = {
  /** Largest packet that this machine can send. */
  readonly full: number;
  /** The size to send next, as a sender that heeds every report would. */
  readonly large: number;
  /** Who gave that size; null where it is this machine's own. */
  readonly reportedBy: IpAddress | null;
  /** Who refused a packet of that size without a usable word of what it takes instead; null if nobody did. */
  readonly mumbledBy: IpAddress | null;
};

/** Narrower links on one path, each with a router of its own that reports it; who gives more leads nowhere. */
const MOST_REPORTS = 5;

/** Follows the reports from the full size down. An answer of the target counts more than a report. */
export function followReports(tally: Tally, fullBytes: number, family: Family): Chain {
  let chain: Chain = { full: fullBytes, large: fullBytes, reportedBy: null, mumbledBy: null };
  for (let reports = 0; ; ) {
    const { answered, report, localError } = tallyOf(tally, chain.large);
    if (answered > 0) return chain;
    if (localError === 'EMSGSIZE' && chain.reportedBy === null) {
      const [smaller] = usualBelow(chain.large, family);
      if (smaller === undefined) return chain;
      chain = { ...chain, full: smaller, large: smaller };
      continue;
    }
    if (report === null) return chain;
    const isUsable = reports < MOST_REPORTS && isBelievable(report.mtu, chain.large, family);
    if (!isUsable) return { ...chain, mumbledBy: report.from };
    reports += 1;
    chain = { ...chain, large: report.mtu, reportedBy: report.from };
  }
}

/** The largest size below the limit that was answered; null for none. */
export function largestPassing(tally: Tally, limit: number): number | null {
  const passing = tally.filter(({ bytes, answered }) => bytes < limit && answered > 0).map(({ bytes }) => bytes);
  return passing.length === 0 ? null : Math.max(...passing);
}

/** The sizes between the largest that passes and the large one that may still turn out to pass, largest first. */
export function openSizes(tally: Tally, large: number, family: Family): readonly number[] {
  const passing = largestPassing(tally, large) ?? 0;
  const told = tally.flatMap(({ bytes, report }) =>
    report !== null && isBelievable(report.mtu, bytes, family) ? [report.mtu] : [],
  );
  // What a router reported needs no trying above the size that it gave, and would only cost it more errors.
  const limit = Math.min(large - 1, ...told.filter((bytes) => bytes > passing));
  const candidates = [...new Set([...usualBelow(large, family), ...told])]
    .filter((bytes) => bytes > passing && bytes <= limit)
    .sort((a, b) => b - a);
  const smallestLost = candidates.findLast((bytes) => isLost(tallyOf(tally, bytes)));
  return candidates.filter((bytes) => smallestLost === undefined || bytes < smallestLost);
}

/** One loss is chance; a report, or this machine's own refusal, is word enough. */
function isLost({ sent, answered, report, localError }: SizeTally): boolean {
  return answered === 0 && (sent >= 2 || report !== null || localError !== null);
}

export function packetsOf(tally: Tally): number {
  return tally.reduce((sum, { sent }) => sum + sent, 0);
}
