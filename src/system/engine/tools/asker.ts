import type { Obstacle } from '../../../domain/obstacle.ts';
import type { Clock } from '../../../domain/ports.ts';
import type { Answer, Probe, SendOptions } from '../../../domain/prober.ts';
import { inOrder } from './order.ts';
import { createSlots } from './slots.ts';
import type { SystemTool, ToolAnswer, ToolTrouble } from './system-tool.ts';

/** Processes at once. The wait for room is no part of a round trip: that is what the tool prints. */
const MOST_PROCESSES = 16;
/** A tool that fails so often is not asked any more. */
const MOST_FAILURES = 2;

export type Asker = {
  /** Asks one tool after the other for a probe, until one gives an answer that can be believed. Never rejects. */
  ask(probe: Probe, signal: AbortSignal, onTurn?: SendOptions['onTurn']): Promise<Answer>;
  /** The tools that have not failed too often. */
  sound(): readonly SystemTool[];
  /** What each tool that failed did last. */
  failures(): readonly Obstacle[];
};

export function createAsker(tools: readonly SystemTool[], clock: Clock): Asker {
  const slots = createSlots(MOST_PROCESSES);
  const failed = new Map<SystemTool, readonly ToolTrouble[]>();
  /** What another tool calls an error that one does not name, by who sent it and for what: asked once. */
  const named = new Map<string, Promise<Answer | null>>();

  const sound = (): readonly SystemTool[] => tools.filter((tool) => (failed.get(tool)?.length ?? 0) < MOST_FAILURES);

  const askOne = (
    tool: SystemTool,
    probe: Probe,
    signal: AbortSignal,
    onTurn: SendOptions['onTurn'],
  ): Promise<ToolAnswer | null> =>
    tool.carriesMany ? tool.send(probe, signal, onTurn) : sendInTurn(tool, probe, signal, onTurn);

  /** A probe that waits for room has not left, and its time has not begun. */
  const sendInTurn = (
    tool: SystemTool,
    probe: Probe,
    signal: AbortSignal,
    onTurn: SendOptions['onTurn'],
  ): Promise<ToolAnswer | null> => {
    if (!slots.isFull()) return slots.within(() => tool.send(probe, signal, onTurn), signal);
    onTurn?.('waits');
    return slots.within(() => {
      onTurn?.('leaves');
      return tool.send(probe, signal, onTurn);
    }, signal);
  };

  /** A router gives few errors: what it means by one it is asked once, whatever was in flight. */
  const askForName = async (
    others: readonly SystemTool[],
    from: string,
    probe: Probe,
    signal: AbortSignal,
  ): Promise<Answer | null> => {
    const key = `${probe.kind} ${probe.to} ${from}`;
    const known = named.get(key) ?? askInTurn(others, probe, signal);
    named.set(key, known);
    const answer = await known;
    if (answer?.kind !== 'icmp-error') named.delete(key);
    return answer?.kind === 'icmp-error' && answer.error.from === from ? answer : null;
  };

  const askInTurn = async (
    inTurn: readonly SystemTool[],
    probe: Probe,
    signal: AbortSignal,
    onTurn?: SendOptions['onTurn'],
  ): Promise<Answer | null> => {
    let isUnclear = false;
    for (const [index, tool] of inTurn.entries()) {
      const answer = await askOne(tool, probe, signal, onTurn);
      if (signal.aborted || answer === null) return null;
      if (answer.kind === 'failed') {
        failed.set(tool, [...(failed.get(tool) ?? []), answer.why]);
      } else if (answer.kind !== 'unclear') {
        return answer;
      } else if (answer.from !== null) {
        return askForName(inTurn.slice(index + 1), answer.from, probe, signal);
      } else isUnclear = true;
    }
    // Somebody answered, and no tool here can say with what: no answer is what claims least.
    return isUnclear ? null : { kind: 'local-error', code: 'EOPNOTSUPP' };
  };

  return {
    sound,
    failures: () =>
      [...failed].flatMap(([{ name }, troubles]) => troubles.slice(-1).map((trouble) => ({ ...trouble, tool: name }))),
    async ask(probe, signal, onTurn) {
      const startedMs = clock.nowMs();
      const inTurn = inOrder(sound(), probe);
      // Probes that are lost keep their processes: one that carries them all has room.
      const withRoom = slots.isFull()
        ? [...inTurn].sort((a, b) => Number(b.carriesMany) - Number(a.carriesMany))
        : inTurn;
      const answer = await askInTurn(withRoom, probe, signal, onTurn);
      return answer ?? { kind: 'silent', waitedMs: clock.nowMs() - startedMs };
    },
  };
}
