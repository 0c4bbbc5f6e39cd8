import * as z from 'zod/mini';
import { FACT_NAMES } from '../domain/fact.ts';
import { ALL_CODES } from '../domain/finding-code.ts';
import type { Evidence } from '../evidence/kinds.ts';
import type { CatalogueEntry } from './entry.ts';
import { DISTANCES, PLATFORMS } from './entry.ts';

const words = z.string().check(z.minLength(1));

const textSchema = z.strictObject({ en: words, ko: words });

const codeSchema = z.enum(ALL_CODES);

const ownerSchema = z.enum(['this-machine', 'target', 'path', 'resolver', 'service', 'nobody', 'unknown']);

const factsSchema = z.optional(z.array(z.enum(FACT_NAMES)));

/** Names of kinds of evidence: a test holds them against those that are recorded. */
const kindsSchema = z.optional(z.array(z.custom<keyof Evidence>((name) => typeof name === 'string')));

const conditionSchema = z.strictObject({
  owner: z.optional(z.array(ownerSchema)),
  place: z.optional(z.array(z.enum(DISTANCES))),
  known: factsSchema,
  unknown: factsSchema,
  measured: kindsSchema,
  unmeasured: kindsSchema,
});

const remedySchema = z.strictObject({
  platform: z.enum(PLATFORMS),
  at: z.optional(ownerSchema),
  when: z.optional(conditionSchema),
  family: z.optional(z.union([z.literal(4), z.literal(6)])),
  protocol: z.optional(z.enum(['tcp', 'udp'])),
  title: textSchema,
  check: z.nullable(words),
  command: z.nullable(words),
  risk: z.enum(['none', 'reversible', 'irreversible']),
  undo: z.nullable(words),
});

/** The keys of a file of the catalogue. */
export const ENTRY_SHAPE = {
  code: codeSchema,
  title: textSchema,
  summary: textSchema,
  explanation: textSchema,
  fine: z.optional(textSchema),
  alternatives: z.array(z.strictObject({ code: codeSchema, cause: z.optional(words), why: textSchema })),
  ruledOut: textSchema,
  remedies: z.array(remedySchema),
};

/** Strict: an unknown key is an error. The mini build of zod, which starts four times as fast. */
export const entrySchema: z.ZodMiniType<CatalogueEntry> = z.strictObject(ENTRY_SHAPE);
