import type { Fields } from './fields.ts';
import type { EvidenceKind } from './kind.ts';
import { commandOfTrace, describeTrace, type TraceEvidence, traceSchema } from './trace.ts';

const schema = (f: Fields) =>
  traceSchema(f, 'How far the packets to the asked port come, beside the other trace: a trace by TCP or UDP.');

export const PORT_TRACE: EvidenceKind<TraceEvidence> = {
  probe: 'port-trace',
  schema,
  describe: describeTrace,
  command: commandOfTrace,
  // While it runs it tells no hops: those that a face draws are of the other trace.
  events: () => [],
};
