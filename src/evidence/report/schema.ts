import type * as z from 'zod/mini';
import { ALL_CODES } from '../../domain/finding-code.ts';
import { PROBE_NAMES } from '../../domain/outcome.ts';
import { NOT_CHECKED_REASONS } from '../../domain/report.ts';
import { FIELDS } from '../fields.ts';
import type { EvidenceOf } from '../kind.ts';
import { EVIDENCE_KINDS, EVIDENCE_NAMES, type EvidenceName } from '../kinds.ts';

const MAX_LISTED = 256;

/** Names of flows, nodes and choices, as the loader of flows takes them. */
const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

const f = FIELDS;

const code = (description: string) => f.oneOf(ALL_CODES, description);

/** A code of the contract, or of a flow of the user's own. */
const conclusion = (description: string) => f.oneOfOrOwn(ALL_CODES, description);

const verdict = (description: string) => f.oneOf(['healthy', 'degraded', 'fault', 'inconclusive'], description);

const confidence = (description: string) => f.oneOf(['certain', 'likely', 'possible'], description);

/** The reports of a netwhy that did not tell it say nothing of it. */
const owner = (description: string) =>
  f.withDefault(
    f.oneOf(['this-machine', 'target', 'path', 'resolver', 'service', 'nobody', 'unknown'], description),
    'unknown',
  );

const sentence = (description: string) => f.text(description, 'sentence');

const name = (description: string) => f.word(description, 'text', NAME);

const where = (description: string) =>
  f.nullable(
    f.object(
      {
        hop: f.nullable(f.count('Hops from this machine, which is 0; null where unknown.')),
        address: f.nullable(f.address('Who is there; null where unknown.')),
      },
      `${description}; null where it has no place.`,
    ),
  );

const target = f.object(
  {
    input: f.text('What was typed.', 'target'),
    scheme: f.oneOf(['tcp', 'udp', 'http', 'https'], 'How it is asked for.'),
    host: f.text('The name or the address that was asked for.', 'host'),
    address: f.nullable(f.address('The address that the walk is about; null while unknown.')),
    family: f.nullable(f.family('IP version of that address.')),
    port: f.nullable(f.port('The asked port; null where none was asked for.')),
    name: f.optional(f.text('What the list of targets calls it; absent where it gives it no name.', 'host')),
  },
  'What was asked for.',
);

const nextStep = f.object(
  {
    title: sentence('What it does, in one line.'),
    platform: f.word("`any`, or one of the catalogue's platforms (`nftables`, `aws`, …).", 'text', NAME),
    command: f.nullable(sentence('The command; null for advice that no command carries out.')),
    check: f.nullable(
      sentence('What only reads and shows whether the step is the right one; null where there is nothing to read.'),
    ),
    risk: f.oneOf(['none', 'reversible', 'irreversible'], 'What it can break.'),
    undo: f.nullable(sentence('What takes it back; null where nothing does, or nothing has to.')),
    at: owner('Where it is done; unknown where the catalogue does not say.'),
  },
  'One thing to do.',
);

const diagnosis = f.object(
  {
    code: conclusion('What was found; `own.NAME`: a conclusion of the flow that was walked.'),
    confidence: confidence('How sure that is.'),
    title: sentence('One line that stands alone.'),
    summary: sentence('One line with the facts filled in.'),
    explanation: sentence('What happened, and why the evidence means that.'),
    owner: owner('Who has to act, as far as measured.'),
    where: where('The place on the path that it is about'),
    alternatives: f.list(
      f.object({ code: code('Another cause.'), why: sentence('Why it fits.') }, 'What else fits.'),
      'Every other cause that fits this evidence; empty where the diagnosis is certain.',
      MAX_LISTED,
    ),
    nextSteps: f.list(nextStep, 'What to do, first the most fitting.', MAX_LISTED),
  },
  'What the run came to.',
);

const finding = f.object(
  {
    code: conclusion('What was found.'),
    severity: f.oneOf(['fault', 'warning', 'info'], 'How bad it is.'),
    summary: sentence('One line with the facts filled in.'),
    where: where('The place on the path that it is about'),
  },
  'One finding.',
);

const step = f.object(
  {
    id: name('Name of the question in the flow.'),
    question: sentence('The question.'),
    answer: name('The word that the tree shows: yes, no, unknown, or the chosen answer.'),
    probe: f.optional(f.oneOf(PROBE_NAMES, 'Whose reading the outcome is; absent for a question to a person.')),
    outcome: name('The outcome that was read, `silent` for instance.'),
    next: f.nullable(name('The question that follows; null where the walk ended.')),
    durationMs: f.ms('How long the answer took, in ms.'),
    byHand: f.optional(
      f.object(
        { measured: f.nullable(name('What the probe found, null where it found nothing.')) },
        'Where a person answered a question that a probe answers; absent where `outcome` was measured.',
      ),
    ),
  },
  'One question and its answer.',
);

const otherView = f.object(
  {
    from: f.text('The vantage.', 'vantage'),
    verdict: verdict('The verdict from there.'),
    code: conclusion('What was found from there.'),
    confidence: confidence('How sure that is.'),
    summary: sentence('One line with the facts filled in.'),
    where: where('The place on the path that it is about'),
    address: f.nullable(f.address('The address that the name gave there.')),
  },
  'What the same question came to from another vantage.',
);

const comparison = f.object(
  {
    others: f.list(otherView, 'The other vantages.', MAX_LISTED),
    meanings: f.list(
      sentence('One difference.'),
      'What the difference to each of the others means, in their order.',
      MAX_LISTED,
    ),
  },
  'The same question from further vantages; absent where there was one only.',
);

type EvidenceShape = {
  [K in EvidenceName]: z.ZodMiniExactOptional<z.ZodMiniType<EvidenceOf<(typeof EVIDENCE_KINDS)[K]>>>;
};

const evidence = f.object(
  Object.fromEntries(
    EVIDENCE_NAMES.map((each) => [each, f.optional(EVIDENCE_KINDS[each].schema(FIELDS))]),
  ) as unknown as EvidenceShape,
  'What was measured. A probe that did not run is absent; what could not be measured is null, never 0.',
);

/** The shape of the public report (contract, section 3). Strict: an unknown key or word is an error. */
export const reportSchema = f.object(
  {
    schema: f.just('netwhy.report/v1', 'The version of this schema.'),
    version: f.word(
      'The version of netwhy that made the report.',
      'text',
      /^\d{1,4}(?:\.\d{1,4}){2}(?:-[a-z0-9.]{1,32})?$/,
    ),
    startedAt: f.time('When the run began.'),
    durationMs: f.ms('How long it took, in ms.'),
    flow: f.word('The decision tree that was walked.', 'flow', NAME),
    from: f.text('Where the probes ran: `local`, or a vantage as it was named.', 'vantage'),
    target,
    verdict: verdict('What it comes to.'),
    diagnosis,
    findings: f.list(finding, 'All that was found, the diagnosis first.', MAX_LISTED),
    ruledOut: f.list(
      f.object({ code: code('What it is not.'), because: sentence('What excludes it.') }, 'One excluded cause.'),
      'What the evidence excludes.',
      MAX_LISTED,
    ),
    notChecked: f.list(
      f.object(
        {
          code: code('What nobody looked at.'),
          reason: f.oneOf(NOT_CHECKED_REASONS, 'Why not.'),
        },
        'One cause that was not looked at.',
      ),
      'What was not looked at; never counts as ruled out.',
      MAX_LISTED,
    ),
    steps: f.list(step, 'The way through the decision tree.', MAX_LISTED),
    evidence,
    comparison: f.optional(comparison),
  },
  'What netwhy found when it was asked why something cannot be reached.',
);
