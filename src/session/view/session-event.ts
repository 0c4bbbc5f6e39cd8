import type { IpAddress } from '../../domain/address.ts';
import type { ConclusionCode } from '../../domain/finding-code.ts';
import type { ProbeName } from '../../domain/outcome.ts';
import type { Step } from '../../domain/report.ts';
import type { Target } from '../../domain/target.ts';
import type { ProbeEvent } from '../../evidence/probe-event.ts';
import type { Report } from '../../evidence/report/report.ts';
import type { ChoiceInput } from '../../flow/flow.ts';
import type { HandAnswer } from '../../flow/hand-answers.ts';

/** A choice of a question that a person answers; `input`: what is given with it, absent for nothing. */
export type Choice = { readonly id: string; readonly label: string; readonly input?: ChoiceInput };

/** Why what a person gave is of no use: it is asked for again. `example` shows what would be. */
export type RefusedInput = {
  readonly id: string;
  readonly input: ChoiceInput;
  /** `unreadable`: no such thing. `unseen`: it was understood, and shows no listeners, or could not be looked at. */
  readonly why: 'unreadable' | 'unseen';
  readonly message: string;
  readonly example: string | null;
};

/** Outcomes of a question, or choices by their ids, and where they lead: to a question, or to a conclusion. */
export type Branch = {
  readonly outcomes: readonly string[];
  readonly to: string | null;
  readonly code: ConclusionCode | null;
};

/** A question that the flow may come to. */
export type PlannedQuestion = {
  readonly id: string;
  readonly question: string;
  /** null for a question to a person. */
  readonly probe: ProbeName | null;
  /** What it is about, in one to four words. */
  readonly label: string;
  /** Where its answers lead, those that lead to the same place together, in the order of the flow. */
  readonly branches: readonly Branch[];
  /** What a person can answer in place of the probe; empty for a question to a person. */
  readonly answers: readonly HandAnswer[];
};

/**
 * Everything that a session tells while it runs, in order. Plain, serialisable data: the wizard receives it from
 * another process. `atMs` counts from the start of the session.
 */
export type SessionEvent =
  | {
      readonly kind: 'started';
      readonly flow: string;
      readonly target: Target;
      readonly deadlineMs: number;
      /** In the order of the flow, its first question first. */
      readonly plan: readonly PlannedQuestion[];
    }
  /** An answer was taken back: the walk begins again on the evidence that is there. */
  | { readonly kind: 'walk-restarted' }
  | { readonly kind: 'address-chosen'; readonly address: IpAddress }
  | { readonly kind: 'probe-started'; readonly probe: ProbeName; readonly atMs: number }
  | { readonly kind: 'probe-progress'; readonly probe: ProbeName; readonly progress: ProbeEvent; readonly atMs: number }
  | { readonly kind: 'probe-finished'; readonly probe: ProbeName; readonly atMs: number }
  | {
      readonly kind: 'node-entered';
      readonly id: string;
      readonly question: string;
      readonly why: string;
      readonly probe: ProbeName | null;
    }
  /** Nothing is measured for the question that was entered before a person says so. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'going-on' }
  | { readonly kind: 'named'; readonly address: IpAddress; readonly name: string }
  | {
      readonly kind: 'asked';
      readonly id: string;
      readonly choices: readonly Choice[];
      /** The choice that stands while nobody answers. */
      readonly unattended: string;
      /** What another answer could lead to; empty where every answer leads the same way. */
      readonly couldBe: readonly ConclusionCode[];
    }
  | ({ readonly kind: 'input-refused' } & RefusedInput)
  | { readonly kind: 'node-answered'; readonly step: Step }
  | { readonly kind: 'concluded'; readonly report: Report };
