import type { ConnectState, Listener } from '../../domain/evidence.ts';
import type { ConclusionCode } from '../../domain/finding-code.ts';
import type { ProbeName } from '../../domain/outcome.ts';
import type { Step } from '../../domain/report.ts';
import type { SizeProgress } from '../../evidence/probe-event.ts';
import type { Report } from '../../evidence/report/report.ts';
import type { TraceRow } from '../../evidence/trace-row.ts';
import { foldProgress } from './fold-progress.ts';
import type { Choice, PlannedQuestion, RefusedInput, SessionEvent } from './session-event.ts';
import type { HopEvent } from './trace-rounds.ts';

/** One echo: `rttMs` null while it is not answered, `error` the kind of the ICMP error that answered. */
export type EchoView = { readonly sequence: number; readonly rttMs: number | null; readonly error: string | null };

/** A connection attempt; `state` and `ms` null while nothing has answered. */
export type AttemptView = {
  readonly address: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly state: ConnectState | null;
  readonly ms: number | null;
};

/** How the service behind the port answered. */
export type ServiceView = {
  readonly protocol: 'tls' | 'http';
  readonly answer: string;
  readonly isGood: boolean;
  readonly ms: number | null;
};

/** What one resolver said; `rcode` and `ms` null where it said nothing usable. */
export type ServerView = {
  readonly address: string;
  readonly rcode: string | null;
  readonly ms: number | null;
  readonly addresses: readonly string[];
};

export type NodeView = {
  readonly id: string;
  readonly question: string;
  readonly why: string;
  readonly probe: ProbeName | null;
};

/** A question to a person, with its choices. */
export type AskView = {
  readonly id: string;
  readonly question: string;
  readonly choices: readonly Choice[];
  /** The choice that stands while nobody answers. */
  readonly unattended: string;
  /** What another answer could lead to. */
  readonly couldBe: readonly ConclusionCode[];
};

/** A session as a face shows it, folded from its events. */
export type SessionView = {
  readonly target: string | null;
  readonly port: number | null;
  readonly address: string | null;
  readonly deadlineMs: number;
  /** Every question of the flow, as far as it can be worded before anything is known. */
  readonly plan: readonly PlannedQuestion[];
  readonly steps: readonly Step[];
  readonly current: NodeView | null;
  /** Whether the session waits for a person's word before it measures for the current question. */
  readonly isWaiting: boolean;
  /** The question that waits for a person; null while none does. */
  readonly asked: AskView | null;
  /** What was given with a choice of it and is of no use; null for nothing. */
  readonly refused: RefusedInput | null;
  /** Every question that was put to a person since the walk began. */
  readonly asks: readonly AskView[];
  /** Why each question was asked, by its id. */
  readonly whys: Readonly<Record<string, string>>;
  readonly running: readonly ProbeName[];
  readonly addresses: readonly string[];
  readonly servers: readonly ServerView[];
  readonly echoes: readonly EchoView[];
  /** What answered the trace, in order. */
  readonly answers: readonly HopEvent[];
  /** The path as a table: what the trace found so far, or found, or what echoes to its hops met. */
  readonly path: readonly TraceRow[];
  /** Names of hops, by address. */
  readonly names: Readonly<Record<string, string>>;
  readonly sizes: readonly SizeProgress[];
  /** The last hop that a large packet is known to have come to. */
  readonly largeCameTo: { readonly ttl: number; readonly address: string } | null;
  readonly attempts: readonly AttemptView[];
  readonly service: readonly ServiceView[];
  /** The target's sockets, those of the asked port first; null where they were not, or could not be, seen. */
  readonly listening: readonly Listener[] | null;
  readonly report: Report | null;
};

export const EMPTY_VIEW: SessionView = {
  target: null,
  port: null,
  address: null,
  deadlineMs: 0,
  plan: [],
  steps: [],
  current: null,
  isWaiting: false,
  asked: null,
  refused: null,
  asks: [],
  whys: {},
  running: [],
  addresses: [],
  servers: [],
  echoes: [],
  answers: [],
  path: [],
  names: {},
  sizes: [],
  largeCameTo: null,
  attempts: [],
  service: [],
  listening: null,
  report: null,
};

const NOTHING_ASKED = { current: null, isWaiting: false, asked: null, refused: null } as const;

/** Folds one event into the view. Pure; unknown order (a late echo, a hop twice) is taken as it comes. */
export function fold(view: SessionView, event: SessionEvent): SessionView {
  switch (event.kind) {
    case 'started': {
      const { target, deadlineMs, plan } = event;
      return { ...EMPTY_VIEW, target: target.input, port: target.port, deadlineMs, plan };
    }
    case 'walk-restarted':
      return { ...view, ...NOTHING_ASKED, steps: [], asks: [], report: null };
    case 'address-chosen':
      return { ...view, address: event.address };
    case 'probe-started':
      return { ...view, running: [...view.running, event.probe] };
    case 'probe-finished':
      return { ...view, running: view.running.filter((probe) => probe !== event.probe) };
    case 'probe-progress':
      return foldProgress(view, event.probe, event.progress);
    case 'named':
      return { ...view, names: { ...view.names, [event.address]: event.name } };
    case 'node-entered':
      return {
        ...view,
        current: { id: event.id, question: event.question, why: event.why, probe: event.probe },
        isWaiting: false,
        whys: { ...view.whys, [event.id]: event.why },
      };
    case 'waiting':
      return { ...view, isWaiting: true };
    case 'going-on':
      return { ...view, isWaiting: false };
    case 'asked': {
      const { kind: _, ...told } = event;
      const asked = { ...told, question: view.current?.question ?? '' };
      return { ...view, asked, refused: null, asks: [...view.asks, asked] };
    }
    case 'input-refused': {
      const { kind: _, ...refused } = event;
      return { ...view, refused };
    }
    case 'node-answered':
      return { ...view, ...NOTHING_ASKED, steps: [...view.steps, event.step] };
    case 'concluded':
      return { ...view, ...NOTHING_ASKED, running: [], report: event.report };
  }
}

/** The questions that a person answered, in order; those of probes have outcomes, not choices. */
export function answeredByPerson(view: SessionView): readonly Step[] {
  const ids = view.asks.map(({ id }) => id);
  return view.steps.filter(({ id }) => ids.includes(id));
}
