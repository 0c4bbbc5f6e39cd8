import type { Listener } from '../domain/evidence.ts';
import type { SocketsEvidence } from './sockets.ts';

/** A machine may have thousands of them; a face draws a handful. */
const MOST_LISTENERS = 20;

/** The sockets that a face draws while a session runs: those of the asked port first. Null where none could be seen. */
export function listenersShown({ listening }: SocketsEvidence, port: number | null): readonly Listener[] | null {
  if (listening === null) return null;
  const isAsked = (listener: Listener) => listener.port === port;
  const byPort = listening.toSorted((a, b) => Number(isAsked(b)) - Number(isAsked(a)) || a.port - b.port);
  return byPort.slice(0, MOST_LISTENERS);
}
