import type { Owner, Verdict } from '../domain/verdict.ts';
import type { Text } from './flow.ts';

/** Something to do, or somebody to call. The command is printed, never run. */
export type OwnStep = {
  readonly title: Text;
  readonly command?: string | undefined;
  readonly risk?: 'none' | 'reversible' | 'irreversible' | undefined;
  readonly at?: Owner | undefined;
};

/** What a flow of the user's own ends on. Its texts and commands may name facts in braces. */
export type OwnConclusion = {
  readonly verdict: Verdict;
  readonly title: Text;
  readonly summary?: Text | undefined;
  readonly owner?: Owner | undefined;
  readonly steps: readonly OwnStep[];
  /** Addresses of pages to open. */
  readonly links: readonly string[];
};
