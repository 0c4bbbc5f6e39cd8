import type { Context } from '../../analysis/context.ts';
import { isOwnCode } from '../../domain/finding-code.ts';
import type { Clock, SocketSource } from '../../domain/ports.ts';
import { planOf } from '../tasks/plan-of.ts';
import type { SessionOptions } from '../tasks/session-options.ts';
import type { SessionPorts } from '../tasks/session-ports.ts';
import { createTasks } from '../tasks/tasks.ts';
import type { SessionEvent } from '../view/session-event.ts';
import type { SessionResult } from '../walk/result.ts';
import { type WalkSource, walk } from '../walk/walk.ts';

/** Kept back of the deadline for closing sockets and writing the report. */
const CLOSING_MS = 150;
/** How long aborted probes may take to say how far they got. */
const SETTLE_MS = 60;

/** What a person chose. `sockets`: where the target's own are to be read from now on, where that was given with it. */
export type Answer = { readonly choice: string; readonly sockets: SocketSource | null };

/** Answers a flow's question; null when the session ended first. */
export type Ask = (id: string, choices: readonly string[], signal: AbortSignal) => Promise<Answer | null>;

/** Settles when a person wants the next question to be measured, or the session ended. */
export type Ready = (signal: AbortSignal) => Promise<void>;

/**
 * Walks the flow on live probes. Ends by the deadline whatever happens, not counting the time in which a person thinks
 * about a question, and soon after `interrupt` aborts; the result then says how far it got. Rejects only for a bug.
 * With `ready` it asks before each measurement, and sends nothing before its question is there.
 */
export async function runSession(
  options: SessionOptions,
  ports: SessionPorts,
  ask: Ask,
  interrupt: AbortSignal,
  onEvent: (event: SessionEvent) => void,
  ready: Ready | null = null,
): Promise<SessionResult> {
  const { clock } = ports;
  const startedMs = clock.nowMs() - options.elapsedMs;
  const startedAt = clock.isoNow();
  const sinceStart = () => Math.round(clock.nowMs() - startedMs);
  const over = new AbortController();
  const stop = AbortSignal.any([over.signal, interrupt]);
  const deadline = startDeadline(clock, options.deadlineMs - CLOSING_MS - options.elapsedMs, over);

  const tasks = createTasks(options, ports, stop, {
    started: (probe) => onEvent({ kind: 'probe-started', probe, atMs: sinceStart() }),
    progress: (probe, progress) => onEvent({ kind: 'probe-progress', probe, progress, atMs: sinceStart() }),
    finished: (probe) => onEvent({ kind: 'probe-finished', probe, atMs: sinceStart() }),
    chosen: (address) => onEvent({ kind: 'address-chosen', address }),
  });
  const context = (): Context => ({
    target: options.target,
    address: tasks.address(),
    families: options.families,
    thresholds: options.thresholds,
    deadlineS: options.deadlineMs / 1000,
  });
  const { flow, target, deadlineMs } = options;
  onEvent({ kind: 'started', flow: flow.name, target, deadlineMs, plan: planOf(flow, context(), options.lang) });
  const known = () => ({ evidence: tasks.evidence(), context: context() });
  const source: WalkSource = {
    known,
    nowMs: () => clock.nowMs(),
    need: async (probe) => {
      await tasks.need(probe);
      return stop.aborted ? null : known();
    },
    byHand: (id) => options.answers.get(id) ?? null,
    ready: async () => {
      if (ready === null) return;
      deadline.pause();
      onEvent({ kind: 'waiting' });
      await ready(stop);
      onEvent({ kind: 'going-on' });
      deadline.resume();
    },
    ask: async (node) => {
      const given = options.answers.get(node.id);
      if (given !== undefined) return given;
      deadline.pause();
      try {
        const answer = await ask(node.id, Object.keys(node.choices), stop);
        if (answer?.sockets != null) tasks.lookAt(answer.sockets);
        return answer?.choice ?? null;
      } finally {
        deadline.resume();
      }
    },
  };
  if (ready === null) tasks.startEarly();
  const walked = await walk(options.flow, source, options.lang, onEvent);
  // A conclusion of the user's own is theirs to explain.
  if (walked.ending.kind === 'concluded' && !isOwnCode(walked.ending.code)) await tasks.testify(walked.ending.code);
  if (walked.ending.kind === 'unfinished') await clock.sleep(SETTLE_MS, new AbortController().signal);
  const { evidence, context: lastContext } = known();
  const durationMs = sinceStart();
  deadline.pause();
  over.abort();
  return {
    flow: options.flow.name,
    startedAt,
    durationMs,
    // How long an unfinished run had: the deadline, or what the user gave it.
    context: { ...lastContext, deadlineS: durationMs / 1000 },
    steps: walked.steps,
    evidence,
    ending: walked.ending,
  };
}

/** The deadline's clock: it stands still while a person thinks. */
function startDeadline(
  clock: Clock,
  ms: number,
  over: AbortController,
): { readonly pause: () => void; readonly resume: () => void } {
  let leftMs = ms;
  let runningSinceMs = 0;
  let paused = new AbortController();
  const resume = () => {
    paused = new AbortController();
    runningSinceMs = clock.nowMs();
    const { signal } = paused;
    void clock.sleep(Math.max(0, leftMs), signal).then(() => {
      if (!signal.aborted) over.abort();
    });
  };
  const pause = () => {
    if (paused.signal.aborted) return;
    paused.abort();
    leftMs -= clock.nowMs() - runningSinceMs;
  };
  resume();
  return { pause, resume };
}
