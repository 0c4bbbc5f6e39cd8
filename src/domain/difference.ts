/** What two reports can differ in. */
export const DIFFERENCE_SUBJECTS = [
  'target',
  'vantage',
  'verdict',
  'diagnosis',
  'place',
  'addresses',
  'route',
  'path',
  'mtu',
  'port',
  'listeners',
  'certificate',
  'rtt',
  'loss',
] as const;

export type DifferenceSubject = (typeof DIFFERENCE_SUBJECTS)[number];

/** One thing that is not as it was, in words of the evidence. Both were measured: what one run did not look at is no difference. */
export type Difference = { readonly subject: DifferenceSubject; readonly before: string; readonly after: string };

/** What two reports come to. `isWorse`: what was asked for fares worse than before. */
export type ReportComparison = { readonly isWorse: boolean; readonly differences: readonly Difference[] };
