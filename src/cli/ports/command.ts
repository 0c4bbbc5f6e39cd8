import { Command } from 'commander';
import { ownerGaps } from '../../analysis/doctor/owner-gaps.ts';
import { selectSockets } from '../../analysis/select-sockets.ts';
import { summariseSockets } from '../../analysis/socket-summary.ts';
import type { SocketLister } from '../../domain/socket.ts';
import { roundMs } from '../../domain/statistics.ts';
import type { TextOptions } from '../../report/check/text.ts';
import { jsonText } from '../../report/json-text.ts';
import { portsDocument } from '../../report/ports/json.ts';
import { toPortsText } from '../../report/ports/text.ts';
import { sayPorts } from '../../report/ports/verdict.ts';
import type { PortsView } from '../../report/ports/view.ts';
import { systemClock } from '../../system/clock.ts';
import { openLister } from '../../system/vantage/lister.ts';
import { EXIT } from '../common/exit-code.ts';
import { interruptSignal } from '../common/interrupt.ts';
import { note, print } from '../common/output.ts';
import { UserError } from '../common/user-error.ts';
import { VERSION } from '../common/version.ts';
import { addEngineOptions, ENGINE_EXITS, textOptions } from '../options/engine-options.ts';
import { type PortsCommandOptions, type PortsRequest, portNumberOf, readPortsRequest } from './request.ts';
import { watchPorts } from './watch.ts';

const AFTER_HELP = `
Examples:
  netwhy ports                            everything that listens or is connected, TCP and UDP
  netwhy ports 5432                       who listens there, from where it can be reached, who is connected
  netwhy ports https --watch              the same once a second
  netwhy ports --listening --process nginx
  netwhy ports 5432 --on ssh://db1        the same question to another machine; nothing is installed there
  netwhy ports --state time-wait --json | jq '.sockets | length'

Bound to: loopback is this machine only, "all IPv6 only" takes no IPv4, "all IPv4 and IPv6" is one socket for both.
Queue: connections that wait to be accepted, and how many may. Drops: lost at this socket. Blank is none, or
said below. Processes of other users are seen by root only.

${ENGINE_EXITS}
`;

export function portsCommand(): Command {
  const command = new Command('ports')
    .description(
      'listening sockets and connections of this machine: who holds them, and from where they can be reached',
    )
    .argument('[port]', 'local or remote port, or the name of a service')
    .option('--listening', 'only what listens')
    .option('--process <name|pid>', 'only what this process holds')
    .option('--state <state>', 'only sockets in this state; several with commas')
    .option('--on <vantage>', 'whose sockets: ssh://[user@]host, docker://container, kubectl://[ns/]pod', 'local')
    .option('--watch', 'go on, once a second, until q or Ctrl-C')
    .addHelpText('after', AFTER_HELP);
  return addEngineOptions(command).action(run);
}

/** A far side that has not answered by then will not. */
const LONGEST_S = 15;

type Looked = { readonly view: PortsView; readonly document: () => unknown };

async function run(port: string | undefined, options: PortsCommandOptions): Promise<void> {
  const request = readPortsRequest(port, options);
  const lister = listerOf(options);
  const isTerminal = process.stdout.isTTY === true && process.env['TERM'] !== 'dumb';
  if (options.watch && !isTerminal) await note('netwhy: --watch needs a terminal on stdout: once only.\n');
  const interrupted = interruptSignal();
  const signal =
    options.deadline === undefined
      ? interrupted
      : AbortSignal.any([interrupted, AbortSignal.timeout(options.deadline * 1000)]);
  const look = () => lookOnce(request, lister, options, signal);
  const watched = options.watch && isTerminal ? await watchPorts(look, options, signal) : null;
  const { view, document } = watched?.last ?? (await look());
  if (options.json) await print(jsonText(document()));
  else if (!options.quiet) await print(toPortsText(view, pageOptions(options)));
  process.exit(interrupted.aborted || watched?.isInterrupted ? EXIT.interrupted : exitCodeOf(view));
}

async function lookOnce(
  { filter, asked }: PortsRequest,
  lister: SocketLister,
  options: PortsCommandOptions,
  signal: AbortSignal,
): Promise<Looked> {
  const startedAt = systemClock.isoNow();
  const startedMs = systemClock.nowMs();
  const listing = await lister.list(signal, 'all');
  const durationMs = roundMs(systemClock.nowMs() - startedMs);
  const isSeen = !('unavailable' in listing);
  const all = isSeen ? listing.rows : [];
  const rows = selectSockets(all, filter);
  // A socket without a process may well be the one that was asked for.
  const candidates = filter.process === null ? rows : selectSockets(all, { ...filter, process: null });
  const view: PortsView = {
    host: lister.host,
    asked,
    rows,
    summary: summariseSockets(rows),
    counters: isSeen ? listing.counters : null,
    gaps: [...ownerGaps(candidates), ...(isSeen ? listing.gaps : [])],
    unavailable: isSeen ? null : listing.unavailable,
  };
  const document = () => ({
    schema: 'netwhy.ports/v1',
    version: VERSION,
    startedAt,
    durationMs,
    method: isSeen ? listing.method : null,
    equivalent: lister.equivalent(portNumberOf(filter), filter.isListening),
    ...portsDocument(view, sayPorts(view, textOptions(options).lang)),
  });
  return { view, document };
}

function listerOf({ on, deadline = LONGEST_S }: PortsCommandOptions): SocketLister {
  const opened = openLister(on, deadline * 1000);
  if (opened.kind === 'ok') return opened.lister;
  throw new UserError(`--on: ${opened.message}.`, `A vantage looks like ${opened.example}`);
}

/** What is no terminal gets every column, for grep and awk; sentences have their own limit. */
function pageOptions(options: PortsCommandOptions): TextOptions {
  const text = textOptions(options);
  return process.stdout.isTTY === true ? text : { ...text, columns: Number.POSITIVE_INFINITY };
}

/** Contract, section 2: answered, not answered, could not be tried. */
function exitCodeOf({ unavailable, rows, asked }: PortsView): number {
  if (unavailable !== null) return EXIT.inconclusive;
  const isAsked = asked.port !== null || asked.process !== null || asked.states !== null;
  return rows.length > 0 || !isAsked ? EXIT.healthy : EXIT.fault;
}
