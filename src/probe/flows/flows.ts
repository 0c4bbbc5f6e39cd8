import type { IpAddress } from '../../domain/address.ts';
import type { ConnectAttempt, Stray } from '../../domain/evidence.ts';
import type { Clock, Connector } from '../../domain/ports.ts';
import type { Prober } from '../../domain/prober.ts';
import { methodFor } from '../../domain/prober.ts';
import { roundMs } from '../../domain/statistics.ts';
import { type FlowAttempt, type FlowsEvidence, flowsCommand } from '../../evidence/flows.ts';
import { connectAgain } from './connect-again.ts';
import { knock } from './knock.ts';

/** Beside the first connection. A service takes no notice of SYNs that are reset before they become connections. */
const SYNS = 5;
const CONNECTIONS = 3;
/** Ports of programs that people log in to (SSH, Telnet, RDP, VNC): the fourth new connection in a minute may be locked out. */
const LOGIN_PORTS: ReadonlySet<number> = new Set([22, 23, 3389, 5900]);
const LOGINS = 2;
/** A source port that is silent is asked so often before it is believed to be dead; one that answers, twice. */
const SILENT_TRIES = 4;
const OTHER_TRIES = 3;
/** Above the range of Linux's ephemeral ports (ip(7)), and of those of the traces (session/tasks/pace.ts). */
const SOURCE_PORTS = { first: 65_000, count: 500 };

export type FlowsOptions = {
  readonly address: IpAddress;
  readonly port: number;
  /** What the first connection said; null while it says nothing. */
  readonly first: () => ConnectAttempt | 'opened' | null;
  /** Settles when that is known to the end. */
  readonly settled: Promise<unknown>;
  /** Of an answer, as far as is known. */
  readonly rttMs: number | null;
  /** How long is waited for a connection, and how long one that opened is watched for an early end. */
  readonly timeoutMs: number;
  readonly watchMs: number;
};

export type FlowsPorts = {
  readonly connector: Connector;
  readonly prober: Prober | null;
  readonly clock: Clock;
  readonly random: () => number;
};

/**
 * Makes several attempts at one port, each from a source port of its own, and asks those again and again that fail where
 * others do not. Where the first connection opened and all is well they take one round trip. By SYNs where an engine can
 * send them, else by whole connections; those that were accepted and dropped are asked for by whole connections, too.
 */
export async function flows(
  options: FlowsOptions,
  ports: FlowsPorts,
  signal: AbortSignal,
): Promise<FlowsEvidence | null> {
  const { address, port } = options;
  const { clock, prober } = ports;
  const startedAt = clock.isoNow();
  const startedMs = clock.nowMs();
  const isLogin = LOGIN_PORTS.has(port);
  const method = synMethod(prober);
  const knocked =
    prober === null || method === null
      ? NOTHING
      : await knockOn(
          prober,
          { ...options, count: isLogin ? LOGINS : SYNS, canBare: method === 'raw' },
          ports.random,
          signal,
        );
  if (method !== null) await options.settled;
  const isAgain = method === null || isDropped(options);
  const count = isLogin ? LOGINS : CONNECTIONS;
  const connected = isAgain && !signal.aborted ? await connectAgain({ ...options, count }, ports, signal) : [];
  const attempts = [...knocked.attempts, ...connected];
  if (attempts.length === 0) return null;
  return {
    startedAt,
    durationMs: roundMs(clock.nowMs() - startedMs),
    equivalent: flowsCommand(address, port),
    method: method ?? 'sockets',
    address,
    port,
    attempts,
    ...(knocked.stray !== null && { stray: knocked.stray }),
  };
}

/** Which engine sends SYNs and tells their answers apart; null for none. */
function synMethod(prober: Prober | null): 'raw' | 'kernel' | null {
  if (prober === null || prober.lacks.syn !== undefined) return null;
  const method = methodFor(prober, 'syn');
  return method === 'raw' || method === 'kernel' ? method : null;
}

function isDropped({ first }: FlowsOptions): boolean {
  const said = first();
  return said !== null && said !== 'opened' && said.dropped !== null;
}

type Knocked = { readonly attempts: readonly FlowAttempt[]; readonly stray: Stray | null };

const NOTHING: Knocked = { attempts: [], stray: null };

type KnockOptions = FlowsOptions & { readonly count: number; readonly canBare: boolean };

async function knockOn(
  prober: Prober,
  options: KnockOptions,
  random: () => number,
  signal: AbortSignal,
): Promise<Knocked> {
  const { first, count, canBare } = options;
  const offset = Math.floor(random() * SOURCE_PORTS.count);
  const sourcePorts = Array.from(
    { length: count },
    (_, index) => SOURCE_PORTS.first + ((offset + index * 7) % SOURCE_PORTS.count),
  );
  const attempts: FlowAttempt[] = [];
  let stray: Stray | null = null;
  const round = async (ports: readonly number[], bare: boolean): Promise<void> => {
    const heard = await Promise.all(
      ports.map((sourcePort) =>
        knock(prober, { ...options, sourcePort, bare, onStray: (from) => (stray ??= from) }, signal),
      ),
    );
    if (!signal.aborted) attempts.push(...heard);
  };
  for (let tries = 0; tries < SILENT_TRIES && !signal.aborted; tries += 1) {
    const due = dueAgain(attempts, sourcePorts, first());
    if (due.length === 0) break;
    await round(due, false);
    // An ICMP error may be one of few that a router has left.
    if (attempts.some(({ icmp }) => icmp !== null)) break;
    if (tries === 0 && canBare && attempts.every(({ state }) => state === 'filtered')) {
      await round(
        sourcePorts.slice(0, 2).map((sourcePort) => sourcePort + 1),
        true,
      );
    }
  }
  return { attempts, stray };
}

/** Which source ports are still worth a SYN. */
function dueAgain(
  attempts: readonly FlowAttempt[],
  sourcePorts: readonly number[],
  first: ReturnType<FlowsOptions['first']>,
): readonly number[] {
  const usual = attempts.filter(({ how }) => how === 'syn');
  if (usual.length === 0) return sourcePorts;
  const firstState = first === null ? 'filtered' : first === 'opened' ? 'open' : first.state;
  const states = new Set([...usual.map(({ state }) => state), firstState]);
  // All alike: silence is asked once more, as packets get lost.
  if (states.size === 1) {
    const isAgain = firstState === 'filtered' && usual.length === sourcePorts.length;
    return isAgain ? sourcePorts : [];
  }
  return sourcePorts.filter((sourcePort) => {
    const tried = usual.filter((attempt) => attempt.sourcePort === sourcePort);
    const isSilent = tried.every(({ state }) => state === 'filtered');
    return tried.length < (isSilent ? SILENT_TRIES : OTHER_TRIES);
  });
}
