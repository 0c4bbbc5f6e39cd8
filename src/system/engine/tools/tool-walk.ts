import { type Family, familyOf } from '../../../domain/address.ts';
import type { Clock } from '../../../domain/ports.ts';
import { NEVER_ITS_TURN, type Probe } from '../../../domain/prober.ts';
import type { StartLines } from '../../process/line-process.ts';
import { answerOf } from './answer.ts';
import type { WalkLine } from './parse/parse-walk.ts';
import type { SystemTool, ToolAnswer } from './system-tool.ts';
import { startWalk, type Walk, type WalkResult } from './walk.ts';

/** A tool that cannot be asked for one hop: it walks the path from its first on. */
export type Walker = {
  readonly name: Extract<SystemTool['name'], 'tracepath' | 'tracert'>;
  /** See StartLines. */
  readonly isHeldBack: boolean;
  /** Its arguments to walk the path that such a probe goes; null for what it cannot send. */
  command(probe: Probe): readonly string[] | null;
  read(line: string, family: Family): WalkLine | null;
};

/** Walks to one address at a time: no router is asked for more than six errors. */
const MOST_WALKS = 3;
/** Longer than any trace: what an older walk told is not what is asked for. */
const KEPT_MS = 10_000;

type StartedWalk = Walk & { readonly startedMs: number };

/**
 * Makes such a tool answer for one probe at a time. Probes to one address share a walk; the second one at a TTL takes the
 * second answer that the walk has for it, or one of another walk. What a walk never came to was never sent.
 */
export function createWalkTool(walker: Walker, start: StartLines, clock: Clock): SystemTool {
  const walksTo = new Map<string, readonly StartedWalk[]>();
  let isClosed = false;

  const walkAlong = (args: readonly string[], family: Family): StartedWalk => ({
    ...startWalk(
      (events) => start(walker.name, args, events, walker.isHeldBack),
      (line) => walker.read(line, family),
      clock,
    ),
    startedMs: clock.nowMs(),
  });

  return {
    name: walker.name,
    carriesMany: true,
    canSend: (probe) => !isClosed && probe.ttl !== null && walker.command(probe) !== null,
    send(probe, signal, onTurn) {
      const args = walker.command(probe);
      const { to, ttl } = probe;
      if (args === null || ttl === null || isClosed) {
        return Promise.resolve({ kind: 'failed', why: { code: 'tool-cannot-send' } });
      }
      const key = args.join(' ');
      const startedMs = clock.nowMs();
      const over = new AbortController();
      let hasLeft = false;
      return new Promise((resolve) => {
        let leave = (): void => undefined;
        const settle = (answer: ToolAnswer): void => {
          signal.removeEventListener('abort', giveUp);
          over.abort();
          leave();
          resolve(answer);
        };
        const waitedMs = (): number => clock.nowMs() - startedMs;
        const giveUp = (): void => settle({ kind: 'silent', waitedMs: waitedMs() });
        const asker = {
          settle: (result: WalkResult) => settle(answerTo(result, probe, waitedMs())),
          again: () => ask(),
          onTurn: (turn: 'waits' | 'leaves') => {
            hasLeft = turn === 'leaves';
            onTurn?.(turn);
          },
        };
        const ask = (): void => {
          const walks = (walksTo.get(key) ?? []).filter((walk) => clock.nowMs() - walk.startedMs < KEPT_MS);
          for (const walk of walks) {
            const asked = walk.ask(ttl, asker);
            if (asked === null) continue;
            leave = asked;
            return;
          }
          if (walks.length >= MOST_WALKS) settle({ kind: 'local-error', code: 'EOPNOTSUPP' });
          else {
            walksTo.set(key, [...walks, walkAlong(args, familyOf(to))]);
            ask();
          }
        };
        signal.addEventListener('abort', giveUp, { once: true });
        void clock.sleep(probe.timeoutMs, over.signal).then(() => {
          if (over.signal.aborted) return;
          settle(hasLeft ? { kind: 'silent', waitedMs: waitedMs() } : answerTo('never', probe, waitedMs()));
        });
        if (signal.aborted) giveUp();
        else ask();
      });
    },
    close() {
      isClosed = true;
      for (const walk of [...walksTo.values()].flat()) walk.end();
    },
  };
}

function answerTo(result: WalkResult, probe: Probe, waitedMs: number): ToolAnswer {
  if (result === 'never') return { kind: 'local-error', code: NEVER_ITS_TURN };
  if (result === 'nothing') return { kind: 'failed', why: { code: 'tool-unreadable' } };
  return answerOf(result, probe, waitedMs);
}
