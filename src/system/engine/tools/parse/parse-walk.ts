import type { ToolReading } from './reading.ts';

/**
 * What a line of a tool that walks a path hop by hop says of one TTL: a reading for each of its probes there, in their
 * order.
 */
export type WalkLine = { readonly ttl: number; readonly readings: readonly ToolReading[] };

/** The fields in front of a hop: its TTL, 1 to 255; null for another line. */
export function ttlOf(digits: string | undefined): number | null {
  const ttl = Number(digits ?? 0);
  return ttl >= 1 && ttl <= 255 ? ttl : null;
}
