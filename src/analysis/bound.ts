import type { Listener } from '../domain/evidence.ts';
import type { OutcomeOf } from '../domain/outcome.ts';
import type { Reading } from '../domain/reading.ts';
import { isQueueFull } from '../domain/socket.ts';
import type { SocketsEvidence } from '../evidence/sockets.ts';
import { isLoopback, readSockets, type SocketsContext } from './sockets.ts';

/**
 * Reads whether the sockets of the asked port take connections from other machines. Where a loopback address was asked,
 * a listener that is bound to it serves this machine alone; every other address counts as the reading `sockets` has it.
 */
export function readBound(evidence: SocketsEvidence | undefined, context: SocketsContext): Reading<'bound'> {
  const listening = evidence?.listening ?? null;
  if (listening === null || !isLoopback(context.address)) {
    const { outcome, confidence, where } = readSockets(evidence, context);
    return { outcome, confidence, where };
  }
  const atPort = listening.filter(({ port, protocol }) => port === context.port && protocol === context.protocol);
  return { outcome: judge(atPort, context), where: null, confidence: 'certain' };
}

function judge(atPort: readonly Listener[], { family }: SocketsContext): OutcomeOf<'bound'> {
  if (atPort.length === 0) return 'not-listening';
  const open = atPort.filter(({ address }) => !isLoopback(address));
  if (open.length === 0) return 'loopback-only';
  const serving = open.filter(
    (listener) => listener.family === family || (listener.address === '::' && listener.v6Only !== true),
  );
  if (serving.length === 0) return 'other-family';
  // Others get in at that address, and at no other: this machine's own attempt at loopback would be refused.
  if (serving.every(({ address }) => address !== '0.0.0.0' && address !== '::')) return 'other-address';
  return serving.some(isQueueFull) ? 'queue-full' : 'listening';
}
