import { isWorthWatching } from '../../analysis/codes/witnessed.ts';
import type { IpAddress } from '../../domain/address.ts';
import type { FindingCode } from '../../domain/finding-code.ts';
import type { ProbeName } from '../../domain/outcome.ts';
import type { SocketSource } from '../../domain/ports.ts';
import type { Evidence } from '../../evidence/kinds.ts';
import type { ProbeEvent } from '../../evidence/probe-event.ts';
import type { Known, TaskContext } from './context.ts';
import { SESSION_PROBES } from './probes.ts';
import type { SessionOptions } from './session-options.ts';
import type { SessionPorts } from './session-ports.ts';
import { createSigns } from './signs.ts';
import { WITNESS_MS, witnessed } from './witness.ts';

export type Tasks = {
  /** Starts everything whose inputs are known, and what a quiet host will need once it is quiet. */
  startEarly(): void;
  /** Reads the target's sockets from there from now on, and forgets what was read before. */
  lookAt(source: SocketSource): void;
  /** Settles when the probe's evidence is there, or when the signal has aborted it. */
  need(probe: ProbeName): Promise<void>;
  /** Has the kernel that can tell more of it watched, where there is one and time is left for it. */
  testify(code: FindingCode): Promise<void>;
  evidence(): Evidence;
  address(): IpAddress | null;
};

type Notify = {
  readonly started: (probe: ProbeName) => void;
  readonly progress: (probe: ProbeName, event: ProbeEvent) => void;
  readonly finished: (probe: ProbeName) => void;
  readonly chosen: (address: IpAddress) => void;
};

/** The probes of one session, each run at most once, and what they have brought so far. */
export function createTasks(options: SessionOptions, ports: SessionPorts, signal: AbortSignal, notify: Notify): Tasks {
  const { target } = options;
  const { clock } = ports;
  const deadlineMs = clock.nowMs() + options.deadlineMs - options.elapsedMs;
  /** One for the whole run: Node warns when a signal has more than ten listeners. */
  const over = aborted(signal);
  const running = new Map<ProbeName, Promise<void>>();
  const signs = createSigns();
  const known: Known = {
    evidence: {},
    primary: null,
    firstErrorFrom: null,
    expiredFrom: null,
    rttMs: null,
    aliveAttempts: [],
    asked: null,
    countersBefore: null,
    given: null,
    isOwnFault: false,
  };

  const settleAddress = once(async (addresses: readonly IpAddress[]) => {
    // The first stands for it while the ways are looked up: its port may answer before.
    known.primary = addresses[0] ?? null;
    known.primary = await choose(addresses, ports, signal);
    if (known.primary !== null) notify.chosen(known.primary);
  });

  const context: TaskContext = {
    options,
    target,
    ports,
    signal,
    over,
    known,
    signs,
    job,
    leftMs: () => deadlineMs - clock.nowMs(),
    progress: notify.progress,
    // A rejection is a bug and is seen by whoever needs the probe; an unneeded one must not end the process.
    start: (probe) => void job(probe).catch(() => undefined),
    chosen: async () => {
      await settleAddress(await signs.addressesKnown.promise);
      return known.primary;
    },
    record: (found) => {
      const marked = Object.entries(found).map(([key, value]) => [
        key,
        signal.aborted ? { ...value, cutShort: true } : value,
      ]);
      known.evidence = { ...known.evidence, ...Object.fromEntries(marked) };
    },
  };

  function job(probe: ProbeName): Promise<void> {
    const run = running.get(probe);
    if (run !== undefined) return run;
    notify.started(probe);
    const begun = SESSION_PROBES[probe].run(context).then(() => notify.finished(probe));
    running.set(probe, begun);
    return begun;
  }

  return {
    startEarly: () => {
      const early: readonly ProbeName[] = ['resolve', 'route', 'ping'];
      for (const probe of target.port === null ? early : [...early, 'connect' as const, 'sockets' as const]) {
        context.start(probe);
      }
      if (Object.values(options.flow.nodes).some((node) => node.kind === 'probe' && node.probe === 'proxy')) {
        context.start('proxy');
      }
    },
    lookAt: (source) => {
      known.given = source;
      running.delete('sockets');
      running.delete('bound');
      const { sockets: _, ...others } = known.evidence;
      known.evidence = others;
    },
    need: async (probe) => {
      await Promise.race([job(probe), over]);
    },
    testify: async (code) => {
      if (!isWorthWatching(code) || context.leftMs() < WITNESS_MS) return;
      known.isOwnFault = code === 'local-firewall';
      if (witnessed(context)?.witness !== undefined) await Promise.race([job('witness'), over]);
    },
    evidence: () => known.evidence,
    address: () => known.primary,
  };
}

/** Settles once the signal has aborted. */
function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((settle) => {
    if (signal.aborted) settle();
    else signal.addEventListener('abort', () => settle(), { once: true });
  });
}

/** The same run for whoever asks, whatever they ask it with after the first. */
function once<A, R>(run: (argument: A) => Promise<R>): (argument: A) => Promise<R> {
  let result: Promise<R> | null = null;
  return (argument) => {
    result ??= run(argument);
    return result;
  };
}

/** The first address that this machine has a way to, else the first: what a client would try. */
async function choose(
  addresses: readonly IpAddress[],
  { machine }: SessionPorts,
  signal: AbortSignal,
): Promise<IpAddress | null> {
  const first = addresses[0] ?? null;
  if (addresses.length < 2) return first;
  const ways = await Promise.all(addresses.map((address) => machine.route(address, signal)));
  return addresses.find((_, index) => ways[index]?.kind === 'route') ?? first;
}
