import type { ConnectState } from '../domain/evidence.ts';
import type { ProbeName } from '../domain/outcome.ts';
import type { ProbeEvent } from '../domain/probe-event.ts';
import type { Report, Step } from '../domain/report.ts';
import type { Choice, SessionEvent } from './session-event.ts';

/** One echo: `rttMs` null while it is not answered, `error` the kind of the ICMP error that answered. */
export type EchoView = { readonly sequence: number; readonly rttMs: number | null; readonly error: string | null };

export type HopView = {
  readonly ttl: number;
  readonly addresses: readonly string[];
  readonly rttsMs: readonly number[];
};

/** A connection attempt; `state` and `ms` null while nothing has answered. */
export type AttemptView = {
  readonly address: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly state: ConnectState | null;
  readonly ms: number | null;
};

export type NodeView = {
  readonly id: string;
  readonly question: string;
  readonly why: string;
  readonly probe: ProbeName | null;
};

/** A question to a person, with its choices. */
export type AskView = { readonly id: string; readonly choices: readonly Choice[] };

/** A session as a face shows it, folded from its events. */
export type SessionView = {
  readonly target: string | null;
  readonly address: string | null;
  readonly deadlineMs: number;
  readonly steps: readonly Step[];
  readonly current: NodeView | null;
  /** The question that waits for a person; null while none does. */
  readonly asked: AskView | null;
  /** Every question that was put to a person since the walk began. */
  readonly asks: readonly AskView[];
  /** Why each question was asked, by its id. */
  readonly whys: Readonly<Record<string, string>>;
  readonly running: readonly ProbeName[];
  readonly addresses: readonly string[];
  readonly servers: readonly { readonly address: string; readonly rcode: string | null; readonly ms: number | null }[];
  readonly echoes: readonly EchoView[];
  readonly hops: readonly HopView[];
  readonly attempts: readonly AttemptView[];
  readonly report: Report | null;
};

export const EMPTY_VIEW: SessionView = {
  target: null,
  address: null,
  deadlineMs: 0,
  steps: [],
  current: null,
  asked: null,
  asks: [],
  whys: {},
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
      return { ...view, steps: [], current: null, asked: null, asks: [], report: null };
    case 'address-chosen':
      return { ...view, address: event.address };
    case 'probe-started':
      return { ...view, running: [...view.running, event.probe] };
    case 'probe-finished':
      return { ...view, running: view.running.filter((probe) => probe !== event.probe) };
    case 'probe-progress':
      return foldProgress(view, event.progress);
    case 'node-entered':
      return {
        ...view,
        current: { id: event.id, question: event.question, why: event.why, probe: event.probe },
        whys: { ...view.whys, [event.id]: event.why },
      };
    case 'asked': {
      const asked = { id: event.id, choices: event.choices };
      return { ...view, asked, asks: [...view.asks, asked] };
    }
    case 'node-answered':
      return { ...view, steps: [...view.steps, event.step], current: null, asked: null };
    case 'concluded':
      return { ...view, current: null, asked: null, running: [], report: event.report };
  }
}

/** The last question that a person answered, null where none did; those of probes have outcomes, not choices. */
export function lastAnswered(view: SessionView): string | null {
  const ids = view.asks.map(({ id }) => id);
  return view.steps.findLast(({ id }) => ids.includes(id))?.id ?? null;
}

function foldProgress(view: SessionView, event: ProbeEvent): SessionView {
  switch (event.kind) {
    case 'addresses':
      return { ...view, addresses: event.addresses };
    case 'server':
      return { ...view, servers: [...view.servers, event.answer] };
    case 'echo-sent':
      return { ...view, echoes: [...view.echoes, { sequence: event.sequence, rttMs: null, error: null }] };
    case 'echo-answered':
      return { ...view, echoes: withEcho(view.echoes, event.sequence, { rttMs: event.rttMs }) };
    case 'echo-error':
      return { ...view, echoes: withEcho(view.echoes, event.sequence, { error: event.error.kind }) };
    case 'hop':
      return { ...view, hops: withHop(view.hops, event) };
    case 'attempt-started': {
      const { address, port, protocol } = event;
      return { ...view, attempts: withAttempt(view.attempts, { address, port, protocol, state: null, ms: null }) };
    }
    case 'attempt': {
      const { address, port, protocol, state, ms } = event.attempt;
      return { ...view, attempts: withAttempt(view.attempts, { address, port, protocol, state, ms }) };
    }
  }
}

function withEcho(echoes: readonly EchoView[], sequence: number, heard: Partial<EchoView>): readonly EchoView[] {
  return echoes.map((echo) => (echo.sequence === sequence ? { ...echo, ...heard } : echo));
}

/** An attempt takes the place of the same one that was under way, or stands at the end. */
function withAttempt(attempts: readonly AttemptView[], attempt: AttemptView): readonly AttemptView[] {
  const isSame = (other: AttemptView) =>
    other.address === attempt.address && other.port === attempt.port && other.protocol === attempt.protocol;
  const index = attempts.findIndex(isSame);
  return index === -1 ? [...attempts, attempt] : attempts.with(index, attempt);
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
