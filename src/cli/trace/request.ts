import { type Command, Option } from 'commander';
import type { Family } from '../../domain/address.ts';
import type { Target } from '../../domain/target.ts';
import { transportOf } from '../../domain/target.ts';
import type { TraceProtocol } from '../../evidence/trace.ts';
import { UserError } from '../common/user-error.ts';
import { engineOption, PROBING_ENGINES, type ProbingOptions } from '../options/engine-option.ts';
import { addEngineOptions, type EngineOptions, readTarget, wholeNumber } from '../options/engine-options.ts';

export type TraceCommandOptions = EngineOptions &
  ProbingOptions & {
    readonly protocol?: TraceProtocol;
    readonly port?: number;
    readonly flows: number;
    readonly maxHops: number;
    readonly once?: true;
    readonly watch?: true;
    readonly names: boolean;
    readonly markdown?: true;
  };

/** What a command line asks to trace. `port` is null for ICMP, and where the protocol's usual one will do. */
export type TraceRequest = {
  readonly target: Target;
  readonly families: readonly Family[];
  readonly protocol: TraceProtocol;
  readonly port: number | null;
};

const MOST_PORTS = 65_535;
/** A router gives six errors in a row. */
const MOST_FLOWS = 6;
const MOST_HOPS = 64;

export function addTraceOptions(command: Command): Command {
  return addEngineOptions(
    command
      .addOption(
        new Option(
          '--protocol <name>',
          'what carries the TTL (icmp, udp where no echo can be sent, tcp for a target with a port)',
        ).choices(['icmp', 'udp', 'tcp']),
      )
      .option('--port <n>', 'of the target, for udp (33434) and tcp (80)', wholeNumber(1, MOST_PORTS))
      .option('--flows <n>', 'vary the flow, to see all ways of a balanced path', wholeNumber(1, MOST_FLOWS), 1)
      .option('--max-hops <n>', 'look no further', wholeNumber(1, MOST_HOPS), 30)
      .option('--once', 'a single round (the default)')
      .option('--watch', 'go on, a round each second or two, until q or Ctrl-C')
      .addOption(engineOption(PROBING_ENGINES))
      .option('--no-names', 'do not look up hop names')
      .option('--markdown', 'the table as Markdown, to paste into a ticket'),
  );
}

/** Reads a command line; every mistake is told before anything is sent. */
export function readTraceRequest(input: string, options: TraceCommandOptions): TraceRequest {
  const { target, families } = readTarget(input, options);
  refuseContradictions(options);
  const transport = options.port !== undefined || target.port !== null ? transportOf(target.scheme) : 'icmp';
  const protocol = options.protocol ?? transport;
  const port = options.port ?? target.port;
  if (protocol === 'icmp' && port !== null) {
    throw new UserError('ICMP has no ports.', `netwhy trace ${target.host} --protocol tcp --port ${port}`);
  }
  if (options.port !== undefined && target.port !== null && options.port !== target.port) {
    throw new UserError(
      `the target says port ${target.port}, and --port says ${options.port}.`,
      'Leave one of them out.',
    );
  }
  return { target, families, protocol, port };
}

function refuseContradictions(options: TraceCommandOptions): void {
  const faces = [options.json && '--json', options.markdown && '--markdown', options.watch && '--watch'].filter(
    Boolean,
  );
  if (faces.length > 1) throw new UserError(`${faces.join(' and ')} exclude each other.`);
  if (options.once && options.watch) throw new UserError('--once and --watch exclude each other.');
  if (options.quiet && options.watch) throw new UserError('--quiet and --watch exclude each other.');
}
