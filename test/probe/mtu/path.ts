import { familyOf, type IpAddress } from '../../../src/domain/address.ts';
import type { Answer, Probe, Prober } from '../../../src/domain/prober.ts';
import type { FakeClock } from '../../fake/clock.ts';

export type NarrowPath = {
  readonly clock: FakeClock;
  readonly target: IpAddress;
  /** What each link takes, the one at this machine first; behind each but the last sits a router. */
  readonly links: readonly number[];
  /** Routers (by hop) that do not report what is too large for them. */
  readonly quiet?: readonly number[];
  /** Routers (by hop) that never send Time Exceeded. */
  readonly nameless?: readonly number[];
  /** What the routers give as next MTU in place of the truth. */
  readonly claims?: (truth: number, bytes: number) => number | null;
  /** Loses the packet with this number (from 0, both directions in one). */
  readonly loses?: (packet: number) => boolean;
  /** Routers (by hop) that answer no echo. */
  readonly mute?: readonly number[];
  /** What each link takes on the way back, as `links`; where not given, the same. Nobody reports what does not fit there. */
  readonly back?: readonly number[];
  /** The largest echo that the target answers. */
  readonly targetTakes?: number;
  /** errno name with which this machine refuses a packet of this size, else null. */
  readonly refuses?: (bytes: number) => string | null;
  readonly rttMs?: number;
};

export type SentShot = {
  readonly to: IpAddress;
  readonly bytes: number;
  readonly ttl: number | null;
  readonly atMs: number;
};

export type FakePath = Prober & {
  readonly sent: readonly SentShot[];
  /** Errors that a router was asked for, by its hop: all, or those of one kind. */
  errorsAskedOf(hop: number, kind?: 'time-exceeded' | 'packet-too-big'): number;
  inFlight(): number;
};

export function routerAt(hop: number, target: IpAddress): IpAddress {
  return familyOf(target) === 4 ? `10.0.${hop}.1` : `fd00:0:0:${hop}::1`;
}

/** A prober over links of different MTU. Looks at the TTL before the size, as Linux does. Every packet has "don't fragment". */
export function createNarrowPath(path: NarrowPath): FakePath {
  const { clock, target, rttMs = 1 } = path;
  const family = familyOf(target);
  const sent: SentShot[] = [];
  const asked: { readonly hop: number; readonly kind: string }[] = [];
  let pending = 0;

  const error = (hop: number, kind: 'time-exceeded' | 'packet-too-big', mtu: number | null): Answer => {
    asked.push({ hop, kind });
    return {
      kind: 'icmp-error',
      error: { kind, from: routerAt(hop, target), ...WIRE[kind][family] },
      rttMs,
      replyTtl: null,
      mtu,
    };
  };

  return {
    method: 'raw',
    lacks: {},
    sent,
    errorsAskedOf: (hop, kind) =>
      asked.filter((error) => error.hop === hop && (kind === undefined || error.kind === kind)).length,
    inFlight: () => pending,
    send: async (probe, { signal }) => {
      const bytes = bytesOf(probe, family);
      const refusal = path.refuses?.(bytes) ?? null;
      if (refusal !== null) return { kind: 'local-error', code: refusal };
      const isLost = path.loses?.(sent.length) ?? false;
      sent.push({ to: probe.to, bytes, ttl: probe.ttl, atMs: clock.nowMs() });
      const answer =
        isLost || signal.aborted ? null : travel(path, { to: probe.to, bytes, ttl: probe.ttl ?? 64 }, error);
      pending += 1;
      await clock.sleep(answer === null ? probe.timeoutMs : rttMs, signal);
      pending -= 1;
      return answer === null || signal.aborted ? { kind: 'silent', waitedMs: probe.timeoutMs } : answer;
    },
    watch: () => () => undefined,
    close: () => undefined,
  };
}

function bytesOf(probe: Probe, family: 4 | 6): number {
  if (probe.kind !== 'echo' || !probe.dontFragment) throw new Error('only echoes that must not be fragmented are sent');
  return probe.payloadBytes + (family === 4 ? 28 : 48);
}

type RouterError = (hop: number, kind: keyof typeof WIRE, mtu: number | null) => Answer;

/** What becomes of a packet of this size and TTL: an answer, or null for silence. */
function travel(
  path: NarrowPath,
  { to, bytes, ttl }: { readonly to: IpAddress; readonly bytes: number; readonly ttl: number },
  error: RouterError,
): Answer | null {
  const { links, target, quiet = [], nameless = [], mute = [] } = path;
  const reply = (from: IpAddress, hops: number): Answer | null => comeBack(path, from, hops, bytes);
  const takes = path.targetTakes ?? 65_535;
  if (links.slice(0, 1).some((first) => bytes > first)) return null;
  for (let hop = 1; hop < links.length; hop += 1) {
    if (to === routerAt(hop, target)) return mute.includes(hop) ? null : reply(to, hop);
    if (ttl === hop) return nameless.includes(hop) ? null : error(hop, 'time-exceeded', null);
    const next = links[hop] ?? 0;
    if (bytes > next) return quiet.includes(hop) ? null : error(hop, 'packet-too-big', claimOf(path, next, bytes));
  }
  return bytes > takes ? null : reply(target, links.length);
}

function claimOf({ claims }: NarrowPath, truth: number, bytes: number): number | null {
  return claims === undefined ? truth : claims(truth, bytes);
}

/** The reply of what is so many links away, or null where one of them loses it. */
function comeBack({ links, back = links, rttMs = 1 }: NarrowPath, from: IpAddress, hops: number, bytes: number) {
  const fits = back.slice(0, hops).every((takes) => bytes <= takes);
  return fits ? ({ kind: 'reply', from, rttMs, replyTtl: null } as const) : null;
}

/** ICMP and ICMPv6 type and code (RFC 792, RFC 1191, RFC 4443). */
const WIRE = {
  'time-exceeded': { 4: { type: 11, code: 0 }, 6: { type: 3, code: 0 } },
  'packet-too-big': { 4: { type: 3, code: 4 }, 6: { type: 2, code: 0 } },
} as const;
