import type { IpAddress } from '../../domain/address.ts';
import type { Clock } from '../../domain/ports.ts';
import type { Prober } from '../../domain/prober.ts';
import type { HopEchoes } from '../../evidence/hop-echoes.ts';
import type { TraceEvidence } from '../../evidence/trace.ts';

export type HopEchoesOptions = {
  readonly address: IpAddress;
  /** The path as far as it is known; null if nothing is. */
  readonly trace: TraceEvidence | null;
  /** The hop that the target is by the TTL of its replies; null where that says nothing. */
  readonly distance: number | null;
  /** Echoes to each hop before anything is decided. */
  readonly count: number;
  /** The most that a hop gets where `undecided` asks for more. */
  readonly most: number;
  /** Which hops (by index) need more echoes; asked once all have their count. */
  readonly undecided: (hops: readonly HopEchoes[]) => readonly number[];
  /** No echo is sent later than this after the start. */
  readonly longestMs: number;
};

export type HopEchoesPorts = {
  readonly prober: Prober;
  readonly clock: Clock;
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number;
};

/** A place of the path; `address` null where no router has named itself. */
export type PathPlace = { readonly ttl: number | null; readonly address: IpAddress | null };
