import type { IpAddress } from '../../../src/domain/address.ts';
import type { Answer, Probe, Prober } from '../../../src/domain/prober.ts';
import type { Hop, TraceEvidence } from '../../../src/evidence/trace.ts';
import type { FakeClock } from '../../fake/clock.ts';

/** A router, or the target, that answers echoes to its own address. */
export type FakeHop = {
  readonly address: IpAddress;
  readonly rttMs?: number;
  /** By the number of the echo to its own address, from 0. */
  readonly loses?: (echo: number) => boolean;
  /** A router before it says that the address cannot be reached. */
  readonly isUnreachable?: boolean;
  /** By the number of the probe whose TTL ends here, from 0; default all. */
  readonly namesItself?: (probe: number) => boolean;
};

export type HopNetwork = Prober & { readonly sent: readonly { readonly probe: Probe; readonly atMs: number }[] };

/** Hops in a row, the target last, each of which can be asked by its own address and by TTL. */
export function hopNetwork(clock: FakeClock, hops: readonly FakeHop[], refusal: string | null = null): HopNetwork {
  const sent: { readonly probe: Probe; readonly atMs: number }[] = [];
  const counts = new Map<string, number>();
  const count = (key: string): number => {
    const before = counts.get(key) ?? 0;
    counts.set(key, before + 1);
    return before;
  };

  const answerOf = (probe: Probe): Answer | null => {
    const expiresAt = probe.ttl === null ? undefined : hops[probe.ttl - 1];
    if (expiresAt !== undefined && expiresAt.address !== probe.to) {
      if (expiresAt.namesItself?.(count(`ttl ${expiresAt.address}`)) === false) return null;
      return errorOf('time-exceeded', 11, expiresAt);
    }
    const hop = hops.find(({ address }) => address === probe.to);
    if (hop === undefined) return null;
    if (hop.isUnreachable === true) return errorOf('network-unreachable', 3, hop);
    if (hop.loses?.(count(hop.address)) === true) return null;
    return { kind: 'reply', from: hop.address, rttMs: hop.rttMs ?? 1, replyTtl: 64 };
  };

  return {
    method: 'raw',
    lacks: {},
    sent,
    send: async (probe, { signal }) => {
      if (refusal !== null) return { kind: 'local-error', code: refusal };
      const sentAtMs = clock.nowMs();
      sent.push({ probe, atMs: sentAtMs });
      const answer = answerOf(probe);
      const rttMs = answer !== null && 'rttMs' in answer ? (answer.rttMs ?? Infinity) : Infinity;
      const isTimely = answer !== null && rttMs <= probe.timeoutMs;
      await clock.sleep(isTimely ? rttMs : probe.timeoutMs, signal);
      return isTimely && !signal.aborted ? answer : { kind: 'silent', waitedMs: clock.nowMs() - sentAtMs };
    },
    watch: () => () => undefined,
    close: () => undefined,
  };
}

function errorOf(kind: 'time-exceeded' | 'network-unreachable', type: number, { address, rttMs = 1 }: FakeHop): Answer {
  return { kind: 'icmp-error', error: { kind, from: address, type, code: 0 }, rttMs, replyTtl: 64, mtu: null };
}

/** A trace that heard these hops; null for one that it did not. The last reached the target. */
export function tracedTo(target: IpAddress, heard: readonly (IpAddress | null)[], rttMs = 1): TraceEvidence {
  const rtts = { min: rttMs, median: rttMs, avg: rttMs, max: rttMs, stddev: 0 };
  const hops: readonly Hop[] = heard.map((address, index) => ({
    ttl: index + 1,
    addresses: address === null ? [] : [address],
    sent: 2,
    received: address === null ? 0 : 2,
    rttMs: address === null ? null : rtts,
    error: null,
  }));
  return {
    startedAt: '2026-11-22T12:00:00.000Z',
    durationMs: 10,
    equivalent: `traceroute -I -n ${target}`,
    method: 'raw',
    unavailable: null,
    address: target,
    protocol: 'icmp',
    outcome: heard.includes(target) ? 'reached' : 'stopped',
    hops,
    loop: [],
  };
}
