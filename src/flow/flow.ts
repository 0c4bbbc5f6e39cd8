import type { ConclusionCode, OwnCode } from '../domain/finding-code.ts';
import type { ProbeName } from '../domain/outcome.ts';
import type { Thresholds } from '../domain/reading.ts';
import type { Language } from '../domain/verdict.ts';
import type { OwnConclusion } from './own-conclusion.ts';

/** The same words in each language. May name facts in braces (`{host}`), see domain/fact.ts. */
export type Text = { readonly [language in Language]: string };

/** Where an answer leads: to another node, or to the end of the walk. */
export type Edge =
  | { readonly kind: 'go'; readonly to: string }
  | { readonly kind: 'conclude'; readonly code: ConclusionCode };

/** A question that a measurement answers. `on` has an edge for every outcome of the probe, and no other. */
export type ProbeNode = {
  readonly kind: 'probe';
  readonly id: string;
  readonly question: Text;
  /** What it is about, in one to four words; absent where the words of the probe will do. */
  readonly label?: Text;
  /** Why this question is asked here; a flow of the user's own need not say. */
  readonly why?: Text;
  readonly probe: ProbeName;
  readonly with: Partial<Thresholds>;
  /** Which outcomes the tree shows as yes and as no; the rest is unknown. */
  readonly answers: { readonly yes: readonly string[]; readonly no: readonly string[] };
  readonly on: Readonly<Record<string, Edge>>;
};

/** What a person gives along with a choice: where to look (`ssh://db1`), or what somebody pasted of ss, netstat or lsof. */
export const CHOICE_INPUTS = ['vantage', 'sockets'] as const;

export type ChoiceInput = (typeof CHOICE_INPUTS)[number];

export type Choice = { readonly label: Text; readonly input?: ChoiceInput; readonly then: Edge };

/** A question that a person answers; `unattended` is the choice where nobody does. */
export type AskNode = {
  readonly kind: 'ask';
  readonly id: string;
  readonly question: Text;
  readonly label?: Text;
  readonly why?: Text;
  /** In the order of the file. */
  readonly choices: Readonly<Record<string, Choice>>;
  readonly unattended: string;
};

export type FlowNode = ProbeNode | AskNode;

/** A recorded walk: what each node was answered, and what must be concluded. A missing choice is `unattended`. */
export type FlowTest = {
  readonly name: string;
  readonly outcomes: Readonly<Record<string, string>>;
  readonly conclude: ConclusionCode;
};

/** A decision tree as `loadFlow` returns it: complete, without cycles, every node reachable. Plain, serialisable data. */
export type Flow = {
  readonly name: string;
  readonly title: Text;
  /** What a healthy verdict of this flow does not say, and what it adds; may name facts. */
  readonly unmeasured?: Text;
  readonly start: string;
  readonly nodes: Readonly<Record<string, FlowNode>>;
  /** Conclusions of the user's own, by their codes; absent where there are none. */
  readonly own?: Readonly<Record<OwnCode, OwnConclusion>>;
  readonly tests: readonly FlowTest[];
};
