import { Command } from 'commander';
import { readPing } from '../../analysis/ping.ts';
import { looksRateLimited } from '../../analysis/ping-limited.ts';
import { DEFAULT_THRESHOLDS } from '../../domain/reading.ts';
import type { PingEvidence } from '../../evidence/ping.ts';
import type { ProbeEvent } from '../../evidence/probe-event.ts';
import { ping } from '../../probe/ping/ping.ts';
import { jsonText } from '../../report/json-text.ts';
import { echoLine, nameFailure, pingSummary, pingTitle } from '../../report/ping/text.ts';
import { type PingVerdict, sayPing } from '../../report/ping/verdict.ts';
import { EXIT } from '../common/exit-code.ts';
import { interruptSignal } from '../common/interrupt.ts';
import { print } from '../common/output.ts';
import { UserError } from '../common/user-error.ts';
import { VERSION } from '../common/version.ts';
import { type FoundAddress, findAddress } from '../engine/find-address.ts';
import { openPorts } from '../engine/open-ports.ts';
import { engineOption, PROBING_ENGINES, type ProbingOptions } from '../options/engine-option.ts';
import {
  addEngineOptions,
  ENGINE_EXITS,
  type EngineOptions,
  readTarget,
  textOptions,
  wholeNumber,
} from '../options/engine-options.ts';

type PingCommandOptions = EngineOptions & ProbingOptions & { readonly count: number };

const DEFAULT_COUNT = 10;
const MOST_ECHOES = 1000;
/** What ping allows everybody. */
const INTERVAL_MS = 200;
/** Beyond the time that the echoes themselves take. */
const LINGER_MS = 1600;

const AFTER_HELP = `
Examples:
  netwhy ping db1.example                 ten echoes, five a second
  netwhy ping 192.0.2.7 --count 100       loss with a narrower interval
  netwhy ping db1.example -6 --json | jq .ping.rttMs

${ENGINE_EXITS}
`;

export function pingCommand(): Command {
  const command = new Command('ping')
    .description('echoes to a host: loss with its interval, round trip times, errors and who sent them')
    .argument('<host>', 'host, IPv4 or IPv6 address')
    .option('--count <n>', 'echoes to send', wholeNumber(1, MOST_ECHOES), DEFAULT_COUNT)
    .addOption(engineOption(PROBING_ENGINES))
    .addHelpText('after', AFTER_HELP);
  return addEngineOptions(command).action(run);
}

async function run(input: string, options: PingCommandOptions): Promise<void> {
  const asked = readTarget(input, options);
  if (asked.target.port !== null) {
    throw new UserError('an echo has no port.', `netwhy ping ${asked.target.host}, or netwhy check ${input}`);
  }
  const interrupted = interruptSignal();
  const signal =
    options.deadline === undefined
      ? interrupted
      : AbortSignal.any([interrupted, AbortSignal.timeout(options.deadline * 1000)]);
  const ports = await openPorts(options.engine);
  const found = await findAddress(asked, ports, signal);
  const text = textOptions(options);
  const isText = !options.json && !options.quiet;
  const { host } = asked.target;
  const { address } = found;
  if (address === null) {
    if (isText) await print(nameFailure(await found.resolve, text));
    await printDocument(found, null, options);
    process.exit(interrupted.aborted ? EXIT.interrupted : EXIT.inconclusive);
  }
  const lines: string[] = [];
  const isLive = isText && process.stdout.isTTY === true;
  const show = (event: ProbeEvent): void => {
    const line = echoLine(event, address, text);
    if (line === null) return;
    // A reader that is slow must not hold up the measurement: what is not a terminal gets its lines at the end.
    if (isLive) process.stdout.write(line);
    else lines.push(line);
  };
  if (isText) await print(pingTitle(host, address, options.count, text));
  const evidence = await ping(
    {
      address,
      others: [],
      count: options.count,
      extendTo: options.count,
      intervalMs: INTERVAL_MS,
      patienceMs: options.count * INTERVAL_MS + LINGER_MS,
    },
    ports,
    signal,
    show,
  );
  ports.prober?.close();
  const verdict = judge(evidence, found);
  if (isText) await print(`${lines.join('')}${pingSummary(host, verdict, text)}`);
  await printDocument(found, verdict, options);
  // getaddrinfo cannot be called off: the process would wait for a dead resolver after everything is said.
  process.exit(interrupted.aborted ? EXIT.interrupted : exitCodeOf(evidence));
}

function judge(evidence: PingEvidence, { route }: FoundAddress): PingVerdict {
  const context = { portAsked: false, source: route?.source ?? null };
  return {
    ping: evidence,
    reading: readPing(evidence, DEFAULT_THRESHOLDS, context),
    looksRateLimited: looksRateLimited(evidence),
  };
}

async function printDocument(
  found: FoundAddress,
  verdict: PingVerdict | null,
  options: PingCommandOptions,
): Promise<void> {
  if (!options.json) return;
  const saying = verdict === null ? null : sayPing(verdict, textOptions(options).lang);
  await print(
    jsonText({
      schema: 'netwhy.ping/v1',
      version: VERSION,
      target: found.target,
      verdict: verdict === null ? null : { ...verdict.reading, says: saying?.says, notes: saying?.notes },
      resolve: await found.resolve,
      route: found.route,
      ping: verdict?.ping ?? null,
    }),
  );
}

/** Contract, section 2: answered, not answered, could not be tried. */
function exitCodeOf({ received, sent }: PingEvidence): number {
  if (received > 0) return EXIT.healthy;
  return sent > 0 ? EXIT.fault : EXIT.inconclusive;
}
