import { Command } from 'commander';
import { readTrace } from '../../analysis/trace.ts';
import { remarksOn } from '../../analysis/trace-remarks.ts';
import type { IpAddress } from '../../domain/address.ts';
import type { TraceEvidence } from '../../evidence/trace.ts';
import type { TraceRow } from '../../evidence/trace-row.ts';
import { usualProtocol } from '../../probe/trace/vehicle.ts';
import { jsonText } from '../../report/json-text.ts';
import { nameFailure } from '../../report/ping/text.ts';
import { toTraceMarkdown } from '../../report/trace/markdown.ts';
import { toTraceText } from '../../report/trace/text.ts';
import { sayTrace } from '../../report/trace/verdict.ts';
import type { TraceView } from '../../report/trace/view.ts';
import { evidenceOf } from '../../session/view/trace-rounds.ts';
import { reverseName } from '../../system/dns/reverse-name.ts';
import { EXIT } from '../common/exit-code.ts';
import { interruptSignal } from '../common/interrupt.ts';
import { note, print } from '../common/output.ts';
import { onQuitKey } from '../common/quit-key.ts';
import { VERSION } from '../common/version.ts';
import { type FoundAddress, findAddress } from '../engine/find-address.ts';
import { openPorts } from '../engine/open-ports.ts';
import { ENGINE_EXITS, textOptions } from '../options/engine-options.ts';
import { traceFace } from './face.ts';
import { hopNames } from './names.ts';
import { addTraceOptions, readTraceRequest, type TraceCommandOptions } from './request.ts';
import { runRounds } from './rounds-run.ts';

const AFTER_HELP = `
Examples:
  netwhy trace db1.example                     the routers on the way, and where the path ends
  netwhy trace db1.example --watch             round after round, as mtr does
  netwhy trace db1.example:443                 by TCP to the port: where does a filter drop it?
  netwhy trace db1.example --markdown          to paste into a ticket

${ENGINE_EXITS}
`;

export function traceCommand(): Command {
  const command = new Command('trace')
    .description('the routers on the way to a host: loss, round trip times, names, and where the path ends')
    .argument('<host>', 'host, IPv4 or IPv6 address; host:port for TCP')
    .addHelpText('after', AFTER_HELP);
  return addTraceOptions(command).action(run);
}

async function run(input: string, options: TraceCommandOptions): Promise<void> {
  const asked = readTraceRequest(input, options);
  const isTerminal = process.stdout.isTTY === true && process.env['TERM'] !== 'dumb';
  if (options.watch && !isTerminal) await note('netwhy: --watch needs a terminal on stdout: one round only.\n');
  const end = endOf(options, options.watch === true && isTerminal);
  const { signal } = end;
  const ports = await openPorts(options.engine);
  const isOpen = options.protocol === undefined && asked.protocol === 'icmp';
  const request = isOpen ? { ...asked, protocol: usualProtocol(ports.prober) } : asked;
  const found = await findAddress(request, ports, signal);
  const { address, route } = found;
  if (address === null) {
    await printNoAddress(found, options);
    process.exit(end.close() ? EXIT.interrupted : EXIT.inconclusive);
  }

  // Names are no reason to go on after Ctrl-C, and none to be late for a deadline.
  const names = hopNames(options.names ? (each) => reverseName(each, signal) : null);
  const viewOf = (rows: readonly TraceRow[], trace: TraceEvidence | null): TraceView => ({
    host: request.target.host,
    address,
    protocol: request.protocol,
    port: trace?.port ?? request.port,
    rows,
    names: names.known(),
    verdict:
      trace === null
        ? null
        : {
            trace,
            reading: readTrace(trace, { onLink: route?.onLink ?? null, source: route?.source ?? null }),
            remarks: remarksOn(trace),
            routeError: route?.error ?? null,
          },
  });
  const isDrawn = isTerminal && !options.json && !options.markdown && !options.quiet;
  const face = traceFace(isDrawn ? (options.watch ? 'watch' : 'grow') : 'none', viewOf, options, ports.clock);
  const rounds = await runRounds(
    { request, options, address, gateway: route?.gateway ?? null, isOn: options.watch === true && isTerminal },
    ports,
    signal,
    {
      onAnswer: (answers) => {
        const latest = answers.at(-1)?.address;
        if (latest !== undefined) names.learn(latest);
        face.onAnswer(answers);
      },
      onRound: face.onRound,
    },
  );
  ports.prober?.close();
  await names.settled();
  face.close();
  const isInterrupted = end.close();
  const trace = evidenceOf(rounds);
  await printResult(viewOf(rounds.rows, trace), found, options);
  // getaddrinfo cannot be called off: the process would wait for a dead resolver after everything is said.
  process.exit(isInterrupted ? EXIT.interrupted : exitCodeOf(trace));
}

/** What ends the run: a signal, the deadline, where it goes on and on a key. `close` tells whether it was Ctrl-C. */
function endOf({ deadline }: TraceCommandOptions, hasKeys: boolean): { signal: AbortSignal; close: () => boolean } {
  const interrupted = interruptSignal();
  const keys = hasKeys ? onQuitKey(process.stdin) : null;
  const signal = AbortSignal.any([
    interrupted,
    ...(keys === null ? [] : [keys.signal]),
    ...(deadline === undefined ? [] : [AbortSignal.timeout(deadline * 1000)]),
  ]);
  const close = (): boolean => {
    keys?.close();
    return interrupted.aborted || keys?.isInterrupt() === true;
  };
  return { signal, close };
}

async function printResult(view: TraceView, found: FoundAddress, options: TraceCommandOptions): Promise<void> {
  const text = textOptions(options);
  if (options.json) return print(await documentOf(view, found, options));
  if (options.markdown) return print(toTraceMarkdown(view, text.lang));
  if (!options.quiet) return print(toTraceText(view, text));
}

async function printNoAddress(found: FoundAddress, options: TraceCommandOptions): Promise<void> {
  if (options.json) return print(await documentOf(null, found, options));
  if (!options.quiet) return print(nameFailure(await found.resolve, textOptions(options)));
}

async function documentOf(view: TraceView | null, found: FoundAddress, options: TraceCommandOptions): Promise<string> {
  const verdict = view?.verdict ?? null;
  const saying = verdict === null ? null : sayTrace(verdict, textOptions(options).lang);
  return jsonText({
    schema: 'netwhy.trace/v1',
    version: VERSION,
    target: found.target,
    verdict: verdict === null ? null : { ...verdict.reading, says: saying?.says, notes: saying?.notes },
    resolve: await found.resolve,
    route: found.route,
    trace: verdict?.trace ?? null,
    names: view === null ? {} : namesOf(view.names),
  });
}

function namesOf(names: ReadonlyMap<IpAddress, string>): Readonly<Record<IpAddress, string>> {
  return Object.fromEntries(names);
}

/** Contract, section 2: answered, not answered, could not be tried. */
function exitCodeOf({ outcome, method, hops }: TraceEvidence): number {
  if (outcome === 'reached') return EXIT.healthy;
  return method === null || hops.length === 0 ? EXIT.inconclusive : EXIT.fault;
}
