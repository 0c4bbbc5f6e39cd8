import * as z from 'zod/mini';
import { ALL_CODES, FINDING_CODES, type FindingCode } from '../../domain/finding-code.ts';
import { OUTCOMES, PROBE_NAMES, type ProbeName } from '../../domain/outcome.ts';
import { CHOICE_INPUTS } from '../flow.ts';

/** Names of flows, nodes and choices. */
const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;
// Control characters and those that turn the direction of writing could make a terminal say what the file does not.
// Without the flag u, as editors that are given the JSON Schema may compile it without.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const ONE_LINE = /^(?!\s*$)[^\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]*$/;

/** The codes that a walk may end on. The others are only ever listed beside a diagnosis. */
const CONCLUDABLE_CODES: readonly FindingCode[] = ALL_CODES.filter((code) => FINDING_CODES[code] !== 'info');

const nameSchema = z.string().check(z.regex(NAME), z.maxLength(64));
const lineSchema = z.string().check(z.regex(ONE_LINE), z.maxLength(500));
const textSchema = z.strictObject({ en: lineSchema, ko: lineSchema });
/** One of netwhy's codes; or, in a flow of the user's own, that of a conclusion which the flow defines. */
const codeSchema = z.union([
  z.enum(CONCLUDABLE_CODES),
  z.string().check(z.regex(/^own\.[a-z0-9-]+$/, { abort: true })),
]);
/** Of a row in a tree. */
const shortSchema = lineSchema.check(z.maxLength(32));
const shortTextSchema = z.strictObject({ en: shortSchema, ko: shortSchema });
const conclusionSchema = z.strictObject({ conclude: codeSchema });
const edgeSchema = z.union([nameSchema, conclusionSchema]);
const positive = z.number().check(z.positive());
const thresholdsSchema = z.strictObject({
  lossPercent: z.optional(z.number().check(z.positive(), z.maximum(100))),
  slowMs: z.optional(positive),
  firstByteMs: z.optional(positive),
  jitterMs: z.optional(positive),
});

/** A node of one probe: `on` must have each of its outcomes, and `answers` may name no other. */
function probeNodeSchema(probe: ProbeName) {
  const outcomes: readonly string[] = OUTCOMES[probe];
  return z.strictObject({
    question: textSchema,
    label: z.optional(shortTextSchema),
    why: z.optional(textSchema),
    probe: z.literal(probe),
    with: z.optional(thresholdsSchema),
    answers: z.optional(
      z.strictObject({ yes: z.optional(z.array(z.enum(outcomes))), no: z.optional(z.array(z.enum(outcomes))) }),
    ),
    on: z.strictObject(Object.fromEntries(outcomes.map((outcome) => [outcome, edgeSchema]))),
  });
}

export const probeNodeSchemas = Object.fromEntries(
  PROBE_NAMES.map((probe) => [probe, probeNodeSchema(probe)]),
) as Readonly<Record<ProbeName, ReturnType<typeof probeNodeSchema>>>;

/** For a node whose probe is not known: what can be said of it all the same. */
export const anyProbeNodeSchema = z.strictObject({
  question: textSchema,
  label: z.optional(shortTextSchema),
  why: z.optional(textSchema),
  probe: z.enum(PROBE_NAMES),
  with: z.optional(thresholdsSchema),
  answers: z.optional(z.strictObject({ yes: z.optional(z.array(z.string())), no: z.optional(z.array(z.string())) })),
  on: z.record(z.string(), edgeSchema),
});

export const askNodeSchema = z.strictObject({
  ask: textSchema,
  label: z.optional(shortTextSchema),
  why: z.optional(textSchema),
  choices: z.record(
    nameSchema,
    z.strictObject({
      label: textSchema,
      input: z.optional(z.enum(CHOICE_INPUTS)),
      // biome-ignore lint/suspicious/noThenProperty: the word of the flow file
      then: edgeSchema,
    }),
  ),
  unattended: nameSchema,
});

const testSchema = z.strictObject({
  name: lineSchema,
  outcomes: z.record(z.string(), z.string()),
  conclude: codeSchema,
});

/**
 * Parts whose nodes are put among the flow's own. `instead`: where an edge leads in place of a conclusion of the part;
 * `on`: where single outcomes of a node of the part lead in this flow; `own`: nodes of the part that the flow has as well.
 */
const includeSchema = z.record(
  nameSchema,
  z.strictObject({
    instead: z.optional(z.partialRecord(z.enum(CONCLUDABLE_CODES), edgeSchema)),
    on: z.optional(z.record(nameSchema, z.record(nameSchema, edgeSchema))),
    own: z.optional(z.array(nameSchema)),
  }),
);

const ownerSchema = z.enum(['this-machine', 'target', 'path', 'resolver', 'service', 'nobody', 'unknown']);

/** What stands under `conclude` where a flow of the user's own ends on a code of its own. */
export const ownConclusionSchema = z.strictObject({
  own: nameSchema,
  verdict: z.enum(['healthy', 'degraded', 'fault', 'inconclusive']),
  title: textSchema,
  summary: z.optional(textSchema),
  owner: z.optional(ownerSchema),
  steps: z.optional(
    z.array(
      z.strictObject({
        title: textSchema,
        command: z.optional(lineSchema),
        risk: z.optional(z.enum(['none', 'reversible', 'irreversible'])),
        at: z.optional(ownerSchema),
      }),
    ),
  ),
  links: z.optional(z.array(z.string().check(z.regex(/^https?:\/\/[^\s"'<>`\\]+$/), z.maxLength(500)))),
});

/** A part but for its nodes, which are judged among those of the flow that includes it. */
export const partSchema = z.strictObject({ part: nameSchema, nodes: z.record(nameSchema, z.unknown()) });

/** A flow but for its nodes, which are judged one by one. */
export const frameSchema = z.strictObject({
  flow: nameSchema,
  title: textSchema,
  unmeasured: z.optional(textSchema),
  start: nameSchema,
  include: z.optional(includeSchema),
  nodes: z.record(nameSchema, z.unknown()),
  tests: z.optional(z.array(testSchema)),
});

export type RawEdge = z.infer<typeof edgeSchema>;
export type RawProbeNode = z.infer<typeof anyProbeNodeSchema>;
export type RawAskNode = z.infer<typeof askNodeSchema>;
export type RawFrame = z.infer<typeof frameSchema>;

/** The whole of it in one schema, for editors. */
export function wholeSchema() {
  const nodes = z.union([...Object.values(probeNodeSchemas), askNodeSchema]);
  return z.extend(frameSchema, { nodes: z.record(nameSchema, nodes) });
}
