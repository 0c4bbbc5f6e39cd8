import type { HopEchoes } from '../../src/evidence/hop-echoes.ts';

/** Hops by how many echoes each lost, and of how many; `[0, 0]` for a hop that was not asked. */
export function hopsOf(counts: readonly (readonly [lost: number, sent: number])[]): readonly HopEchoes[] {
  return counts.map(([lost, sent], index) => ({
    ttl: index + 1,
    address: `10.0.${index + 1}.1`,
    sent,
    received: sent - lost,
    rttMs: null,
    jitterMs: null,
  }));
}
