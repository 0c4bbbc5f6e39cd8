import type { ProbeName } from '../../domain/outcome.ts';
import type { NotCheckedReason } from '../../domain/report.ts';
import type { Target } from '../../domain/target.ts';
import type { Confidence, Verdict } from '../../domain/verdict.ts';
import type { ProbeWords } from '../../evidence/answers/probe-words.ts';
import type { GivingWords } from './giving-words.ts';
import type { PageName } from './page-name.ts';

/** The wizard's own words; questions and explanations come from the flows and the catalogue. */
export type Words = {
  readonly symptom: string;
  readonly target: string;
  readonly targetHint: string;
  readonly tree: string;
  readonly starting: string;
  readonly engine: string;
  readonly measured: string;
  readonly evidence: string;
  readonly evidenceLater: string;
  readonly alsoSeen: string;
  readonly ruledOut: string;
  readonly notChecked: string;
  readonly notCheckedReason: Readonly<Record<NotCheckedReason, string>>;
  readonly explanation: string;
  readonly alternatives: string;
  readonly nextSteps: string;
  readonly check: string;
  readonly run: string;
  readonly hop: (number: number) => string;
  readonly keys: string;
  /** What each key does, for the list of keys. */
  readonly help: Readonly<Record<HintName, string>>;
  readonly why: string;
  readonly whyLater: string;
  readonly failed: string;
  /** Beside a platform that was detected. */
  readonly here: string;
  readonly risk: Readonly<Record<'none' | 'reversible' | 'irreversible', string>>;
  readonly undo: string;
  readonly sinceLast: string;
  readonly noChange: string;
  readonly gone: string;
  readonly fresh: string;
  readonly backTo: string;
  /** What an answer in place of a probe means. */
  readonly otherwise: string;
  /** `outcome` null where nothing was measured. */
  readonly asMeasured: (outcome: string | null) => string;
  readonly byHand: string;
  readonly saveAs: string;
  readonly saveHint: string;
  readonly fileExists: (file: string) => string;
  readonly saveFailed: (message: string) => string;
  readonly saved: (file: string) => string;
  readonly copied: (size: string) => string;
  readonly copiedIn: Readonly<Record<'terminal' | 'tmux' | 'screen', string>>;
  readonly tooLong: (size: string) => string;
  readonly noClipboard: string;
  readonly giving: GivingWords;
  readonly recents: string;
  readonly means: (target: Target) => string;
  /** Before a question whose answer could change the verdict. */
  readonly sharper: string;
  /** Before where the other answers of a question lead. */
  readonly otherAnswers: string;
  /** Titles of what stands behind the verdict. */
  readonly pages: Readonly<Record<PageName, string>>;
  readonly localError: string;
  /** In place of a page that has nothing to show. */
  readonly noHops: string;
  readonly noSockets: string;
  readonly copiedStep: string;
  readonly next: string;
  readonly goOn: string;
  readonly recorded: (when: string) => string;
  readonly now: string;
  readonly echo: string;
  readonly port: string;
  readonly size: string;
  readonly sockets: string;
  readonly median: string;
  readonly lost: (count: number, percent: number) => string;
  readonly tooLarge: (who: string) => string;
  readonly largeCameTo: (hop: string, address: string) => string;
  readonly noListener: (port: number) => string;
  readonly queue: (waiting: number, limit: number | null) => string;
  readonly probes: Readonly<Record<ProbeName, ProbeWords>>;
  readonly name: string;
  readonly narrow: string;
  readonly more: (count: number) => string;
  readonly seconds: (passed: string) => string;
  readonly verdict: Readonly<Record<Verdict, string>>;
  readonly confidence: Readonly<Record<Confidence, string>>;
  readonly hints: Readonly<Record<HintName, string>>;
};

export type HintName =
  | 'move'
  | 'scroll'
  | 'page'
  | 'number'
  | 'choose'
  | 'start'
  | 'back'
  | 'why'
  | 'evidence'
  | 'again'
  | 'other'
  | 'help'
  | 'quit'
  | 'interrupt'
  | 'tab'
  | 'half'
  | 'ends'
  | 'copy'
  | 'save'
  | 'write'
  | 'recent'
  | 'go-on'
  | 'finish'
  | 'hops'
  | 'tree'
  | 'platforms'
  | 'pages'
  | 'answer'
  | 'skip'
  | 'copy-step';
