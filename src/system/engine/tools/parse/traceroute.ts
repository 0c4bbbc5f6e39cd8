import type { Family } from '../../../../domain/address.ts';
import type { MplsLabel } from '../../../../domain/hop-extension.ts';
import { canonicalAddress } from '../../../host/interfaces/machine-address.ts';
import { linesOf } from '../../../process/parse-lines.ts';
import type { TracerouteDialect } from '../../../vantage/parse-identity.ts';
import type { IcmpCode, ToolReading } from './reading.ts';
import { refusalOf } from './refusal.ts';

/**
 * One hop with one probe: ` 3  10.0.0.1 <syn,ack>  0.05 ms !H`. GNU inetutils writes `0.003ms`, Butskoy's the TCP flags
 * (`-O info`) and the MPLS labels (`-e`) between address and time.
 */
const HOP = /^\d{1,3}\s+(\S{1,120})(?:\s+<([^<>]{1,200})>)?\s+([\d.]{1,12}) ?ms(?:\s+(!\S{0,12}))?$/u;
const SILENT = /^\d{1,3}\s+\*$/u;
const MPLS = /^L=(\d{1,7}),E=([0-7]),S=([01]),T=(\d{1,3})$/u;

/**
 * Annotations of traceroute(8): Butskoy's, inetutils', and those of the BSDs.
 */
const MARKS: Readonly<Record<string, IcmpCode>> = {
  '!N': { type: 3, code: 0 },
  '!H': { type: 3, code: 1 },
  '!P': { type: 3, code: 2 },
  '!F': { type: 3, code: 4 },
  '!S': { type: 3, code: 5 },
  '!U': { type: 3, code: 6 },
  '!W': { type: 3, code: 7 },
  '!I': { type: 3, code: 8 },
  '!A': { type: 3, code: 9 },
  '!Z': { type: 3, code: 10 },
  '!Q': { type: 3, code: 11 },
  '!T': { type: 3, code: 12 },
  '!X': { type: 3, code: 13 },
  '!V': { type: 3, code: 14 },
  '!C': { type: 3, code: 15 },
};
const MARKS_V6: Readonly<Record<string, IcmpCode>> = {
  '!N': { type: 1, code: 0 },
  '!X': { type: 1, code: 1 },
  '!S': { type: 1, code: 2 },
  '!H': { type: 1, code: 3 },
  '!F': { type: 2, code: 0 },
  '!P': { type: 4, code: 1 },
};
/** BusyBox has letters of its own: recorded from 1.35.0. */
const BUSYBOX_MARKS: Readonly<Record<string, IcmpCode>> = { '!A': { type: 3, code: 13 } };
const BUSYBOX_MARKS_V6: Readonly<Record<string, IcmpCode>> = {
  '!N': { type: 1, code: 0 },
  '!S': { type: 1, code: 1 },
};
const NUMBERED = /^!<?(\d{1,3})>?$/u;
const FRAGMENTATION = /^!F(?:-(\d{1,5}))?$/u;

/** Reads the hop that a Unix traceroute printed for one probe, whatever number it gives the hop. Never throws. */
export function readTraceroute(
  stdout: string,
  stderr: string,
  dialect: TracerouteDialect,
  family: Family,
): ToolReading {
  for (const line of linesOf(stdout)) {
    if (SILENT.test(line)) return { kind: 'silent' };
    const found = hopOf(line, marksOf(dialect, family), family);
    if (found !== null) return found;
  }
  return refusalOf(stderr) ?? { kind: 'unreadable' };
}

type Marks = Readonly<Record<string, IcmpCode>>;

function marksOf(dialect: TracerouteDialect, family: Family): Marks {
  if (dialect !== 'busybox') return family === 4 ? MARKS : MARKS_V6;
  return family === 4 ? { ...MARKS, ...BUSYBOX_MARKS } : BUSYBOX_MARKS_V6;
}

function hopOf(line: string, marks: Marks, family: Family): ToolReading | null {
  const found = HOP.exec(line);
  const from = canonicalAddress(found?.[1] ?? '');
  const rttMs = Number(found?.[3]);
  if (found === null || from === null || !Number.isFinite(rttMs)) return null;
  const [, , told, , mark] = found;
  if (mark !== undefined) return errorOf(mark, { from, rttMs }, marks, family);
  const flags = told?.split(',') ?? [];
  if (flags.includes('rst')) return { kind: 'reset', from, rttMs, replyTtl: null };
  if (flags.includes('syn')) return { kind: 'reply', from, rttMs, replyTtl: null };
  const mpls = labelsOf(told ?? '');
  return { kind: 'from', from, rttMs, ...(mpls.length > 0 && { mpls }) };
}

/** A mark that is not known here is an error of which nothing is known: it is not taken for a hop. */
function errorOf(
  mark: string,
  seen: { readonly from: string; readonly rttMs: number },
  marks: Marks,
  family: Family,
): ToolReading {
  const fragmentation = FRAGMENTATION.exec(mark);
  const mtu = Number(fragmentation?.[1] ?? 0);
  const known = marks[fragmentation === null ? mark : '!F'];
  const code = Number(NUMBERED.exec(mark)?.[1] ?? 256);
  const icmp = known ?? (code <= 255 ? { type: family === 4 ? 3 : 1, code } : null);
  if (icmp === null) return { kind: 'unnamed' };
  return { kind: 'error', ...seen, icmp, mtu: mtu > 0 && mtu <= 65_535 ? mtu : null };
}

function labelsOf(told: string): readonly MplsLabel[] {
  if (!told.startsWith('MPLS:')) return [];
  return told
    .slice('MPLS:'.length)
    .split('/')
    .flatMap((entry) => {
      const found = MPLS.exec(entry);
      if (found === null) return [];
      const [label = 0, trafficClass = 0, bottom = 0, ttl = 0] = found.slice(1).map(Number);
      return label < 2 ** 20 && ttl <= 255 ? [{ label, trafficClass, bottom: bottom === 1, ttl }] : [];
    });
}
