import type * as z from 'zod/mini';
import type { ProbeName } from '../domain/outcome.ts';
import type { ReportTarget } from '../domain/target.ts';
import type { Language } from '../domain/verdict.ts';
import type { Fields } from './fields.ts';
import type { ProbeEvent } from './probe-event.ts';

/** What every entry of the evidence carries; see `timed` in fields.ts. */
export type Timed = {
  readonly startedAt: string;
  readonly durationMs: number;
  readonly equivalent: string;
  readonly cutShort?: true;
};

/** What was asked for, as far as lines and replayed events depend on it. */
export type Asked = { readonly port: number | null; readonly transport: 'tcp' | 'udp' };

/** The parts of a line, in order; those that say nothing are left out. */
export type Parts = readonly (string | false | null)[];

type DeepReadonly<T> = T extends readonly (infer U)[]
  ? readonly DeepReadonly<U>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

/** The type that a schema describes. */
export type Inferred<S extends (f: Fields) => z.core.$ZodType> = DeepReadonly<z.infer<ReturnType<S>>>;

/**
 * Everything that there is to know of one kind of evidence. A new kind is a file with one of these and its line in
 * `kinds.ts`; the JSON Schema, the check of a saved report, the order in JSON, redaction, the lines of text and Markdown,
 * the wizard's list and its replay are made from it.
 */
export type EvidenceKind<E extends Timed> = {
  /** Under whose name its progress is told. */
  readonly probe: ProbeName;
  /**
   * Its fields, each with a description and what it can give away (see `secret.ts`). A function of the builders, so that
   * a run which only writes a report never loads the library that reads one.
   */
  readonly schema: (f: Fields) => z.core.$ZodType;
  /** What was seen, for a person, in the words of each language. Not yet fit to print: see printable.ts. */
  readonly describe: (evidence: E, lang: Language, asked: Asked) => Parts;
  /**
   * The command that a person would type to see the same, from what was seen and asked alone: of a recorded run none is
   * taken from the file. Empty where a word of it could not be shown for what it is (see copiedCommand).
   */
  readonly command: (evidence: E, target: ReportTarget) => string;
  /** What the probe would have told while it ran, for a face that shows a recorded run as it went. */
  readonly events: (evidence: E, asked: Asked) => readonly ProbeEvent[];
};

/** The type of the evidence of a kind. */
export type EvidenceOf<K> = K extends EvidenceKind<infer E extends Timed> ? E : never;
