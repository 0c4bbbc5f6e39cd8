import * as z from 'zod/mini';
import { DEFAULT_THRESHOLDS } from '../../domain/reading.ts';
import { wholeSchema } from './schema.ts';

/** JSON Schema (draft 2020-12) of a flow file, for editors. Made from the schema that `loadFlow` judges by. */
export function flowJsonSchema(): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(wholeSchema(), { target: 'draft-2020-12', io: 'input', reused: 'ref' });
  return {
    ...(described(schema) as typeof schema),
    title: 'A flow of netwhy',
    description:
      'A decision tree: measurements and questions, and where each answer leads. Beyond this schema `netwhy flows validate` checks that every node exists and is reachable, that no way comes back, and that the recorded tests end where they say.',
  };
}

const { lossPercent, slowMs, jitterMs, firstByteMs } = DEFAULT_THRESHOLDS;
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  flow: 'The name of the flow; the file is NAME.yaml.',
  start: 'The node that the walk starts at.',
  include: 'Parts (parts/NAME.yaml) whose nodes are put among those of this flow, as far as a way leads to them.',
  instead: 'By code: where an edge of the part leads in place of this conclusion, a node or another conclusion.',
  own: 'Nodes of the part that this flow has as well: its own are taken.',
  unmeasured: 'Said behind a healthy verdict: what the flow did not measure. May name facts in braces.',
  why: 'Why this question is asked here.',
  answers: 'Which outcomes the tree shows as yes and as no; the rest is shown as unknown.',
  on: 'Where each outcome leads: a node, or a conclusion. Every outcome of the probe must be here.',
  unattended: 'The choice that is taken where nobody can be asked.',
  input:
    "What the person gives with the choice: a vantage (ssh://db1) or pasted output of ss, netstat or lsof. The choice leads to a node that reads the target's sockets.",
  outcomes: 'What each node on the way was answered: an outcome, or a choice.',
  lossPercent: `From this loss on a ping is lossy. Percent, default ${lossPercent}.`,
  slowMs: `From this median round trip time on a ping is slow. Milliseconds, default ${slowMs}.`,
  firstByteMs: `A service whose answer begins later than this is slow. Milliseconds, default ${firstByteMs}.`,
  jitterMs: `From this jitter on a ping is jittery. Milliseconds, default ${jitterMs}.`,
};

function described(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(described);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      key === 'properties' ? describedProperties(value) : described(value),
    ]),
  );
}

function describedProperties(properties: object): object {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => {
      const description = DESCRIPTIONS[name];
      return [name, description === undefined ? described(value) : { ...(described(value) as object), description }];
    }),
  );
}
