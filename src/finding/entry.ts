import type { Family } from '../domain/address.ts';
import type { FactName } from '../domain/fact.ts';
import type { FindingCode } from '../domain/finding-code.ts';
import type { Language, Owner } from '../domain/verdict.ts';
import type { Evidence } from '../evidence/kinds.ts';

/**
 * A template in each language. Facts stand in braces (`{host}`); `[[…]]` is left out when a fact in it is unknown.
 * Korean: 은(는), 이(가), 을(를), 과(와), (으)로 and (이)라는 right behind a fact take the form that fits its value.
 */
export type Text = Readonly<Record<Language, string>>;

/** Platforms of remedies, in the order in which they are shown unless the machine's own come first. */
export const PLATFORMS = [
  'any',
  'linux',
  'nftables',
  'iptables',
  'ufw',
  'firewalld',
  'windows',
  'macos',
  'aws',
  'azure',
  'gcp',
  'kubernetes',
  'docker',
  'network',
] as const;

export type Platform = (typeof PLATFORMS)[number];

/** Hop 0, hop 1, farther, or nowhere that was measured. */
export const DISTANCES = ['here', 'first-hop', 'beyond', 'unplaced'] as const;

export type Distance = (typeof DISTANCES)[number];

/**
 * Under which evidence a remedy applies; what the evidence contradicts is not shown. `owner`: who has to act, where that
 * is known; absent: the one whom `at` names. `place`: how far from this machine the cause sits. `known`, `unknown`: facts. `measured`, `unmeasured`: kinds of evidence.
 */
export type Condition = {
  readonly owner?: readonly Owner[] | undefined;
  readonly place?: readonly Distance[] | undefined;
  readonly known?: readonly FactName[] | undefined;
  readonly unknown?: readonly FactName[] | undefined;
  readonly measured?: readonly (keyof Evidence)[] | undefined;
  readonly unmeasured?: readonly (keyof Evidence)[] | undefined;
};

/**
 * Something to do. `check` only reads; `command` changes something unless its risk is `none`; null: advice that no
 * command carries out. `family` and `protocol`: shown only for that family or transport. `at`: where it is done, in the
 * words of who has to act; one that is not done where the cause sits (a workaround) names in `when` whose fault it is for.
 */
export type Remedy = {
  readonly platform: Platform;
  readonly at?: Owner | undefined;
  readonly when?: Condition | undefined;
  readonly family?: Family | undefined;
  readonly protocol?: 'tcp' | 'udp' | undefined;
  readonly title: Text;
  readonly check: string | null;
  readonly command: string | null;
  readonly risk: 'none' | 'reversible' | 'irreversible';
  readonly undo: string | null;
};

/** What else looks the same, and the one probe or command that tells them apart. */
export type Alternative = {
  readonly code: FindingCode;
  /** Tells two causes of one code apart, as in the table of codes. */
  readonly cause?: string | undefined;
  readonly why: Text;
};

/** One file of the catalogue: the explanation of one code. */
export type CatalogueEntry = {
  readonly code: FindingCode;
  /** Stands alone, at most 80 columns. */
  readonly title: Text;
  readonly summary: Text;
  readonly explanation: Text;
  /** When it is fine as it is. */
  readonly fine?: Text | undefined;
  readonly alternatives: readonly Alternative[];
  /** Said when the evidence excludes this code. */
  readonly ruledOut: Text;
  readonly remedies: readonly Remedy[];
};
