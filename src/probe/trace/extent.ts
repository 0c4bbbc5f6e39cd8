import type { IpAddress } from '../../domain/address.ts';
import type { FoundLoop, LoopContext } from './loop.ts';
import { findLoop } from './loop.ts';
import type { AnsweredShot, Shot } from './shot.ts';
import { answeredOf } from './shot.ts';

/** How far the path is known. */
export type Extent = {
  /** Who answered at TTL 1, 2, …, up to the highest TTL that was probed; null for silence. */
  readonly path: readonly (IpAddress | null)[];
  /** The highest TTL that was answered; 0 for none. */
  readonly lastAnswering: number;
  /** The first answer of the target, by TTL. */
  readonly target: AnsweredShot | null;
  /** The first final error, by TTL. */
  readonly final: AnsweredShot | null;
  readonly loop: FoundLoop | null;
  /** The TTL at which the path ends, by one of these three; null while that is open. */
  readonly end: number | null;
};

export function extentOf(shots: readonly Shot[], context: LoopContext): Extent {
  const highest = Math.max(0, ...shots.map(({ ttl }) => ttl));
  const answered = [...answeredOf(shots)].sort((a, b) => a.ttl - b.ttl || a.answer.atMs - b.answer.atMs);
  const path = Array.from(
    { length: highest },
    (_, index) => answered.find(({ ttl }) => ttl === index + 1)?.answer.from ?? null,
  );
  const target = answered.find(({ answer }) => answer.kind === 'target') ?? null;
  const final = answered.find(({ answer }) => answer.kind === 'final') ?? null;
  const loop = target === null && final === null ? findLoop(path, context) : null;
  return {
    path,
    lastAnswering: answered.at(-1)?.ttl ?? 0,
    target,
    final,
    loop,
    // An error on the way to a target that answers farther on was passing.
    end: target?.ttl ?? final?.ttl ?? (loop === null ? null : loop.end + 1),
  };
}
