import { bindScopeOf } from '../../domain/bind-scope.ts';
import { isListener, isQueueFull } from '../../domain/socket.ts';
import type { Language, Verdict } from '../../domain/verdict.ts';
import { hintOf } from '../../evidence/obstacles/describe.ts';
import { printable } from '../../text/printable.ts';
import { endText, pidText, processText } from './cells.ts';
import { portsWordsOf } from './language.ts';
import type { PortsView } from './view.ts';

/** What the sockets come to; `says` is null where nothing was asked of them but to be listed. */
export type PortsSaying = {
  readonly verdict: Verdict;
  readonly says: string | null;
  readonly notes: readonly string[];
};

const MOST_QUEUES = 3;

export function sayPorts(view: PortsView, lang: Language): PortsSaying {
  const words = portsWordsOf(lang);
  if (view.unavailable !== null) {
    return { verdict: 'inconclusive', says: printable(words.unavailable(hintOf(view.unavailable, lang))), notes: [] };
  }
  const notes = [...queueNotes(view, lang), ...view.gaps.map(words.gap)];
  return { ...answerOf(view, lang), notes: notes.map(printable) };
}

function answerOf({ rows, asked }: PortsView, lang: Language): Omit<PortsSaying, 'notes'> {
  const words = portsWordsOf(lang);
  const port = asked.port === null ? null : printable(asked.port);
  if (rows.length === 0) {
    const isPortAlone = asked.process === null && asked.states === null && !asked.isListening;
    return {
      verdict: 'fault',
      says: port !== null && isPortAlone ? words.nothingAtPort(port) : words.nothingFits,
    };
  }
  if (port === null) return { verdict: 'healthy', says: null };
  const listeners = rows.filter(isListener);
  const [first] = listeners;
  if (first === undefined) {
    // With a filter of states or processes, listeners may be there and not be shown.
    if (asked.states !== null || asked.process !== null) return { verdict: 'healthy', says: null };
    return { verdict: 'degraded', says: words.onlyConnections(port, rows.length) };
  }
  if (listeners.some(isQueueFull)) return { verdict: 'fault', says: null };
  if (listeners.every(({ local }) => bindScopeOf(local.address) === 'loopback')) {
    return { verdict: 'healthy', says: words.loopbackOnly(port) };
  }
  const process = first.owners.length === 0 ? null : `${processText(first)} (${pidText(first)})`;
  return { verdict: 'healthy', says: words.listens(port, process) };
}

function queueNotes({ rows, counters }: PortsView, lang: Language): readonly string[] {
  const words = portsWordsOf(lang);
  const full = rows.filter(isQueueFull);
  return [
    ...full
      .slice(0, MOST_QUEUES)
      .map((row) => words.queueFull(endText(row.local, row.interface), row.acceptQueue ?? 0, row.backlog ?? 0)),
    ...(full.length > MOST_QUEUES ? [words.otherQueuesFull(full.length - MOST_QUEUES)] : []),
    ...(counters !== null && counters.drops > 0 ? [words.overflows(counters.overflows, counters.drops)] : []),
  ];
}
