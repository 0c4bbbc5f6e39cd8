import { type Family, familyOf, type IpAddress } from '../../domain/address.ts';
import type { Unavailable } from '../../domain/evidence.ts';
import type { Clock } from '../../domain/ports.ts';
import { lackOf, methodFor, type Prober } from '../../domain/prober.ts';
import { roundMs } from '../../domain/statistics.ts';
import { type MtuEvidence, mtuCommand } from '../../evidence/mtu.ts';
import type { OnEvent, ProbeEvent } from '../../evidence/probe-event.ts';
import { type Edge, findEdge } from './edge.ts';
import { looksVanished, type MtuResult, nextVolley, resultOf } from './plan.ts';
import { fullBytes, isBelievable, smallBytes } from './sizes.ts';
import { followReports, type Tally } from './tally.ts';
import { fireSizes, type VolleyPorts } from './volley.ts';

/** Ethernet's: where the interface's own cannot be read. */
const USUAL_MTU = 1500;
const SHORTEST_PATIENCE_MS = 300;
const LONGEST_PATIENCE_MS = 1000;

export type MtuOptions = {
  /** It has just answered a small echo. */
  readonly address: IpAddress;
  /** Of the interface or route by which the packets leave; null where it is not known. */
  readonly interfaceMtu: number | null;
  /** Of a small echo; null where it is not known. */
  readonly rttMs: number | null;
};

export type MtuPorts = {
  readonly prober: Prober | null;
  readonly unavailable: Unavailable | null;
  readonly clock: Clock;
};

/**
 * Finds out whether packets as large as the interface allows reach the address without fragmentation (RFC 1191, RFC 8201),
 * and what happens to those that do not (RFC 2923 2.1). Ends with the first answer where they do: one round trip. Follows
 * the routers' reports where they do not. Where large echoes meet silence it looks for the largest usual size that passes,
 * and for the last hop that large packets reach: about two seconds. Ends as soon as the signal aborts.
 *
 * The echoes ignore the path MTU that the kernel remembers, and are sent so that it learns none from what they bring. Where
 * it cannot be kept from it, it remembers the reports for this destination (ten minutes by default), as it does for every
 * program: see `learned`.
 */
export async function mtu(
  options: MtuOptions,
  ports: MtuPorts,
  signal: AbortSignal,
  onEvent: OnEvent,
): Promise<MtuEvidence> {
  const { address } = options;
  const { clock, prober } = ports;
  const family = familyOf(address);
  const full = fullBytes(options.interfaceMtu ?? USUAL_MTU, family);
  const startedAt = clock.isoNow();
  const startedMs = clock.nowMs();
  const unavailable = prober === null ? ports.unavailable : lackOf(prober, 'sized-echo');
  const measured =
    prober === null || unavailable !== null
      ? NOTHING_SENT
      : await measure({ ...options, full }, { prober, clock }, signal, onEvent);
  const { tally, edge } = measured;
  const result = resultOf(tally, full, family);
  return {
    startedAt,
    durationMs: roundMs(clock.nowMs() - startedMs),
    equivalent: mtuCommand(address, full),
    ...(signal.aborted && { cutShort: true as const }),
    method: prober === null || unavailable !== null ? null : methodFor(prober, 'sized-echo'),
    unavailable,
    address,
    fullSize: result.chain.full,
    ...foundOf(result),
    localError:
      result.kind === 'refused' ? (tally.find(({ localError }) => localError !== null)?.localError ?? null) : null,
    sizes: tally.map(({ bytes, sent, answered }) => ({ bytes, sent, answered })).sort((a, b) => b.bytes - a.bytes),
    lastPassing: result.kind === 'vanishes' ? (edge?.lastPassing ?? null) : null,
    firstFailing: result.kind === 'vanishes' ? (edge?.firstFailing ?? null) : null,
    lastReturning: result.kind === 'vanishes' ? (edge?.lastReturning ?? null) : null,
    learned: prober !== null && isTaught(prober, family) ? learnedFrom(tally, family) : null,
  };
}

type Measured = { readonly tally: Tally; readonly edge: Edge | null };

const NOTHING_SENT: Measured = { tally: [], edge: null };

async function measure(
  { address, full, rttMs }: MtuOptions & { readonly full: number },
  ports: VolleyPorts,
  signal: AbortSignal,
  onEvent: OnEvent,
): Promise<Measured> {
  const family = familyOf(address);
  const patienceMs = Math.min(Math.max(2 * (rttMs ?? 0) + 100, SHORTEST_PATIENCE_MS), LONGEST_PATIENCE_MS);
  const volley = { address, patienceMs };
  const unneeded = new AbortController();
  const until = AbortSignal.any([signal, unneeded.signal]);
  const look = (large: number) => findEdge(large, smallBytes(family), volley, ports, until, onEvent);
  let tally: Tally = [];
  /** Looked for while the sizes are still narrowed down: both only wait for silence. */
  const looking = new Map<number, Promise<Edge | null>>();
  for (let volleys = 0; !signal.aborted; volleys += 1) {
    const step = nextVolley(tally, volleys, full, family);
    if (step.kind === 'end') break;
    onEvent(sizesOf(tally, step.sizes));
    tally = await fireSizes(tally, step.sizes, volley, ports, signal);
    onEvent(sizesOf(tally, []));
    const chain = followReports(tally, full, family);
    if (!looking.has(chain.large) && looksVanished(tally, chain)) looking.set(chain.large, look(chain.large));
  }
  const { kind, chain } = resultOf(tally, full, family);
  const edge = kind === 'vanishes' ? ((await looking.get(chain.large)) ?? null) : null;
  unneeded.abort();
  return { tally, edge };
}

/** How far it has got; `underWay` are sizes of which echoes are on their way. */
function sizesOf(tally: Tally, underWay: readonly number[]): ProbeEvent {
  const known = tally.map(({ bytes, sent, answered, report }) => ({
    bytes,
    sent,
    answered,
    reportedBy: report?.from ?? null,
  }));
  const fresh = [...new Set(underWay)].filter((bytes) => !tally.some((size) => size.bytes === bytes));
  const sizes = [...known, ...fresh.map((bytes) => ({ bytes, sent: 0, answered: 0, reportedBy: null }))];
  return { kind: 'sizes', sizes: sizes.toSorted((a, b) => b.bytes - a.bytes) };
}

function foundOf(result: MtuResult): Pick<MtuEvidence, 'pathMtu' | 'blackhole' | 'reportedBy'> {
  switch (result.kind) {
    case 'passes':
      return { pathMtu: result.chain.large, blackhole: false, reportedBy: result.chain.reportedBy };
    case 'mumbled':
      return { pathMtu: result.passing, blackhole: false, reportedBy: result.chain.mumbledBy };
    case 'vanishes':
      return { pathMtu: result.passing, blackhole: true, reportedBy: result.chain.reportedBy };
    case 'refused':
    case 'silent':
      return { pathMtu: null, blackhole: false, reportedBy: null };
  }
}

/**
 * Whether the kernel takes a path MTU from the reports of these echoes. On IPv6 Linux does from every report of an echo,
 * whichever socket sent it; the tools of the system do not ask it not to.
 */
export function isTaught(prober: Prober, family: Family): boolean {
  return family === 6 || methodFor(prober, 'sized-echo') === 'system';
}

function learnedFrom(tally: Tally, family: Family): number | null {
  const told = tally.flatMap(({ bytes, report }) =>
    report?.from != null && isBelievable(report.mtu, bytes, family) ? [report.mtu] : [],
  );
  return told.length === 0 ? null : Math.min(...told);
}
