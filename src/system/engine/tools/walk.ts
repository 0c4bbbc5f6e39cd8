import type { Clock } from '../../../domain/ports.ts';
import type { SendOptions } from '../../../domain/prober.ts';
import type { LineEvents, LineProcess } from '../../process/line-process.ts';
import type { WalkLine } from './parse/parse-walk.ts';
import type { ToolReading } from './parse/reading.ts';

/** What became of a probe: read, `never`: the walk ended before it came to that TTL; `nothing`: it told nothing at all. */
export type WalkResult = ToolReading | 'never' | 'nothing';

export type WalkAsker = {
  readonly settle: (result: WalkResult) => void;
  /** The walk has no further answer at that TTL: another one is to be asked. */
  readonly again: () => void;
  readonly onTurn: NonNullable<SendOptions['onTurn']>;
};

/** One process of a tool that goes hop by hop from TTL 1 on. */
export type Walk = {
  /** Waits for the next answer at a TTL; the returned function ends that. null: another walk has to be asked. */
  ask(ttl: number, asker: WalkAsker): (() => void) | null;
  end(): void;
};

type Waiting = { readonly ttl: number; readonly asker: WalkAsker };

/** A walk that nobody waits for is ended, unless somebody asks for the hops behind within that time. */
const IDLE_MS = 500;

export function startWalk(
  start: (events: LineEvents) => Promise<LineProcess | null>,
  read: (line: string) => WalkLine | null,
  clock: Clock,
): Walk {
  /** What nobody has taken yet, by TTL. */
  const told = new Map<number, ToolReading[]>();
  const waiting = new Set<Waiting>();
  const over = new AbortController();
  let state: 'walks' | 'through' | 'ended' = 'walks';
  /** The TTL that it is busy with. */
  let at = 1;
  let asked = 0;

  const hear = (text: string): void => {
    const line = read(text);
    if (line === null) return;
    const { ttl, readings } = line;
    told.set(ttl, [...(told.get(ttl) ?? []), ...readings]);
    at = Math.max(at, ttl + 1);
    for (const each of [...waiting]) {
      if (each.ttl === at) each.asker.onTurn('leaves');
      if (each.ttl !== ttl) continue;
      waiting.delete(each);
      const reading = told.get(ttl)?.shift();
      if (reading === undefined) each.asker.again();
      else each.asker.settle(reading);
    }
    void endWhenIdle();
  };

  const stop = (how: 'through' | 'ended'): void => {
    if (state !== 'walks') return;
    state = how;
    over.abort();
    for (const each of [...waiting]) {
      waiting.delete(each);
      each.asker.settle(resultAt(each.ttl));
    }
  };

  /** Of a walk that is through, at a TTL of which nothing is left to tell. */
  const resultAt = (ttl: number): WalkResult => {
    if (told.size === 0) return 'nothing';
    return ttl < at ? { kind: 'silent' } : 'never';
  };

  const endWhenIdle = async (): Promise<void> => {
    const before = asked;
    if (waiting.size > 0 || state !== 'walks') return;
    await clock.sleep(IDLE_MS, over.signal);
    if (waiting.size === 0 && asked === before) end();
  };

  const process = start({ onLine: hear, onEnd: () => stop('through') });
  void process.then((child) => {
    if (child === null) stop('through');
    else if (state === 'ended') child.end();
  });

  const end = (): void => {
    stop('ended');
    void process.then((child) => child?.end());
  };

  return {
    ask(ttl, asker) {
      asked += 1;
      const reading = told.get(ttl)?.shift();
      if (reading !== undefined) {
        asker.settle(reading);
        return () => undefined;
      }
      if (told.has(ttl) || state === 'ended') return null;
      if (state === 'through') {
        asker.settle(resultAt(ttl));
        return () => undefined;
      }
      const each = { ttl, asker };
      waiting.add(each);
      asker.onTurn(ttl <= at ? 'leaves' : 'waits');
      return () => {
        waiting.delete(each);
        void endWhenIdle();
      };
    },
    end,
  };
}
