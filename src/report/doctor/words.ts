import type { CapabilityId, Cause, Purpose } from '../../domain/doctor.ts';

/** The words of `netwhy doctor`. A title is a noun; a cause is a clause that follows a colon. */
export type DoctorWords = {
  readonly title: Readonly<Record<CapabilityId, string>>;
  readonly cause: Readonly<Record<Cause, (detail: string) => string>>;
  readonly purpose: Readonly<Record<Purpose, string>>;
  readonly full: (engines: string) => string;
  readonly reduced: (full: string, rest: { readonly reduced: string; readonly missing: string }) => string;
  readonly nothing: string;
  /** What is lost on the whole. */
  readonly undecided: (codes: string) => string;
  readonly unsure: (codes: string) => string;
  readonly nothingLost: string;
  /** Beside one thing that is missing. */
  readonly costs: (codes: string) => string;
  readonly blurs: (codes: string) => string;
  readonly costsNothing: string;
  readonly costsAll: string;
  readonly grant: string;
  readonly undo: string;
  readonly there: string;
  readonly alsoMissing: string;
  readonly sentNothing: string;
};
