import type { HopEchoes } from '../../evidence/hop-echoes.ts';
import type { Report } from '../../evidence/report/report.ts';
import type { Hop, TraceEvidence } from '../../evidence/trace.ts';
import { formatMs, withPlainSpaces } from '../../text/format-ms.ts';
import { printable } from '../../text/printable.ts';
import { tableLines } from '../../text/table.ts';
import { type Labels, labelsOf } from '../labels.ts';
import { asAscii, type Symbols, symbolsOf } from '../symbols.ts';
import type { FirstScreenOptions, InkedLine } from './first-screen.ts';

/**
 * The path hop by hop, a column for each protocol that was sent along it, with what came back of what was sent, and the
 * broken place marked:
 *
 *   Hop  Address    ICMP   TCP 5432  RTT
 *     1  10.89.0.2  ✓ 3/3  ✓ 1/1     0.05 ms
 *     2  10.89.1.2  ✓ 3/3  ✓ 1/1     0.03 ms  ←
 *     3  10.89.2.2  ✓ 3/3  · 0/2     0.07 ms
 *
 * Empty where no path was measured. Fit to print.
 */
export function hopColumns(
  report: Report,
  names: Readonly<Record<string, string>>,
  { columns, lang, ascii }: FirstScreenOptions,
): readonly InkedLine[] {
  const { trace, portTrace, hopEchoes } = report.evidence;
  const traces = [trace, portTrace].filter((each): each is TraceEvidence => each !== undefined && each.method !== null);
  const ttls = [...new Set(traces.flatMap(({ hops }) => hops.map(({ ttl }) => ttl)))].toSorted((a, b) => a - b);
  if (ttls.length === 0) return [];
  const labels = labelsOf(lang);
  const symbols = symbolsOf(ascii);
  const echoesAt = (ttl: number) => hopEchoes?.hops.find((hop) => hop.ttl === ttl) ?? null;
  const hopsAt = (ttl: number) => traces.flatMap(({ hops }) => hops.filter((hop) => hop.ttl === ttl));
  const place = report.verdict === 'healthy' ? null : (report.diagnosis.where?.hop ?? null);
  const column = (header: string, cells: readonly string[], givesWay: number | null = null) => ({
    header,
    cells,
    align: 'start' as const,
    givesWay,
  });
  const { header, rows } = tableLines(
    [
      { ...column(labels.hopTable.hop, ttls.map(String)), align: 'end' },
      column(
        labels.hopTable.address,
        ttls.map((ttl) => addressOf(hopsAt(ttl), names, symbols)),
      ),
      ...traces.map((each) =>
        column(
          headerOf(each, report, labels),
          ttls.map((ttl) =>
            cellOf(
              each.hops.find((hop) => hop.ttl === ttl),
              symbols,
            ),
          ),
        ),
      ),
      column(
        labels.hopTable.echoes,
        ttls.map((ttl) => echoCell(echoesAt(ttl), symbols)),
        2,
      ),
      column(
        labels.hopTable.rtt,
        ttls.map((ttl) => rttOf(echoesAt(ttl), hopsAt(ttl))),
        1,
      ),
      column(
        '',
        ttls.map((ttl) => (ttl === place ? labels.hopTable.here : '')),
        0,
      ),
    ],
    columns,
  );
  const told = (text: string) => (ascii ? asAscii(withPlainSpaces(text)) : withPlainSpaces(text)).trimEnd();
  return [
    ...header.map((text): InkedLine => ({ text: told(text), ink: 'bold' })),
    ...rows.flatMap((lines, index) => {
      const isPlace = ttls[index] === place;
      const isSilent = hopsAt(ttls[index] ?? 0).every(({ addresses }) => addresses.length === 0);
      return lines.map((text): InkedLine => ({ text: told(text), ink: isPlace ? 'red' : isSilent ? 'dim' : null }));
    }),
  ];
}

function headerOf({ protocol, port }: TraceEvidence, { target }: Report, { hopTable }: Labels): string {
  const name = protocol.toUpperCase();
  const to = port ?? (protocol === 'icmp' ? null : target.port);
  return to === null ? `${hopTable.trace} ${name}` : `${hopTable.trace} ${name} ${to}`;
}

function addressOf(hops: readonly Hop[], names: Readonly<Record<string, string>>, symbols: Symbols): string {
  const addresses = [...new Set(hops.flatMap((hop) => hop.addresses))];
  if (addresses.length === 0) return symbols.silent;
  return printable(
    addresses.map((address) => (names[address] === undefined ? address : `${address} (${names[address]})`)).join(', '),
  );
}

/** What came back of what was sent with this TTL; nothing where none was sent. */
function cellOf(hop: Hop | undefined, symbols: Symbols): string {
  if (hop === undefined) return '';
  return `${hop.received > 0 ? symbols.verdict.healthy : symbols.broken} ${hop.received}/${hop.sent}`;
}

function echoCell(echoes: HopEchoes | null, symbols: Symbols): string {
  if (echoes === null || echoes.sent === 0) return '';
  const sign = echoes.received === echoes.sent ? symbols.verdict.healthy : echoes.received > 0 ? '!' : symbols.broken;
  return `${sign} ${echoes.received}/${echoes.sent}`;
}

function rttOf(echoes: HopEchoes | null, hops: readonly Hop[]): string {
  const rtt = echoes?.rttMs ?? hops.find(({ rttMs }) => rttMs !== null)?.rttMs ?? null;
  return rtt === null ? '' : formatMs(rtt.median);
}
