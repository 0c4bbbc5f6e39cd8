import type { ConnectAttempt } from '../domain/evidence.ts';
import type { ProbeName } from '../domain/outcome.ts';
import type { Report, Step } from '../domain/report.ts';
import type { Choice, SessionEvent } from './session-event.ts';

/** One echo: `rttMs` null while it is not answered, `error` the kind of the ICMP error that answered. */
export type EchoView = { readonly sequence: number; readonly rttMs: number | null; readonly error: string | null };

export type HopView = {
  readonly ttl: number;
  readonly addresses: readonly string[];
  readonly rttsMs: readonly number[];
};

export type NodeView = {
  readonly id: string;
  readonly question: string;
  readonly why: string;
  readonly probe: ProbeName | null;
};

/** A session as a face shows it, folded from its events. */
export type SessionView = {
  readonly target: string | null;
  readonly address: string | null;
  readonly deadlineMs: number;
  readonly steps: readonly Step[];
  readonly current: NodeView | null;
  /** The question that waits for a person; null while none does. */
  readonly asked: { readonly id: string; readonly choices: readonly Choice[] } | null;
  /** Every question that was put to a person so far. */
  readonly askedIds: readonly string[];
  readonly running: readonly ProbeName[];
  readonly addresses: readonly string[];
  readonly servers: readonly { readonly address: string; readonly rcode: string | null; readonly ms: number | null }[];
  readonly echoes: readonly EchoView[];
  readonly hops: readonly HopView[];
  readonly attempts: readonly ConnectAttempt[];
  readonly report: Report | null;
};

export const EMPTY_VIEW: SessionView = {
  target: null,
  address: null,
  deadlineMs: 0,
  steps: [],
  current: null,
  asked: null,
  askedIds: [],
  running: [],
  addresses: [],
  servers: [],
  echoes: [],
  hops: [],
  attempts: [],
  report: null,
};

/** Folds one event into the view. Pure; unknown order (a late echo, a hop twice) is taken as it comes. */
export function fold(view: SessionView, event: SessionEvent): SessionView {
  switch (event.kind) {
    case 'started':
      return { ...EMPTY_VIEW, target: event.target.input, deadlineMs: event.deadlineMs };
    case 'walk-restarted':
      return { ...view, steps: [], current: null, asked: null, report: null };
    case 'address-chosen':
      return { ...view, address: event.address };
    case 'probe-started':
      return { ...view, running: [...view.running, event.probe] };
    case 'probe-finished':
      return { ...view, running: view.running.filter((probe) => probe !== event.probe) };
    case 'probe-progress':
      return foldProgress(view, event.progress);
    case 'node-entered':
      return { ...view, current: { id: event.id, question: event.question, why: event.why, probe: event.probe } };
    case 'asked':
      return { ...view, asked: { id: event.id, choices: event.choices }, askedIds: [...view.askedIds, event.id] };
    case 'node-answered':
      return { ...view, steps: [...view.steps, event.step], current: null, asked: null };
    case 'concluded':
      return { ...view, current: null, asked: null, running: [], report: event.report };
  }
}

function foldProgress(
  view: SessionView,
  event: Extract<SessionEvent, { kind: 'probe-progress' }>['progress'],
): SessionView {
  switch (event.kind) {
    case 'addresses':
      return { ...view, addresses: event.addresses };
    case 'server':
      return { ...view, servers: [...view.servers, event.answer] };
    case 'echo-sent':
      return { ...view, echoes: [...view.echoes, { sequence: event.sequence, rttMs: null, error: null }] };
    case 'echo-answered':
      return {
        ...view,
        echoes: view.echoes.map((echo) => (echo.sequence === event.sequence ? { ...echo, rttMs: event.rttMs } : echo)),
      };
    case 'echo-error':
      return {
        ...view,
        echoes: view.echoes.map((echo) =>
          echo.sequence === event.sequence ? { ...echo, error: event.error.kind } : echo,
        ),
      };
    case 'hop':
      return { ...view, hops: withHop(view.hops, event) };
    case 'attempt-started':
      return view;
    case 'attempt':
      return { ...view, attempts: [...view.attempts, event.attempt] };
  }
}

function withHop(
  hops: readonly HopView[],
  event: { readonly ttl: number; readonly address: string; readonly rttMs: number },
): readonly HopView[] {
  const known = hops.find(({ ttl }) => ttl === event.ttl) ?? { ttl: event.ttl, addresses: [], rttsMs: [] };
  const addresses = known.addresses.includes(event.address) ? known.addresses : [...known.addresses, event.address];
  const hop = { ...known, addresses, rttsMs: [...known.rttsMs, event.rttMs] };
  return [...hops.filter(({ ttl }) => ttl !== event.ttl), hop].sort((a, b) => a.ttl - b.ttl);
}
