import { echoedAddresses } from '../analysis/read.ts';
import type { IpAddress } from '../domain/address.ts';
import type { ConnectAttempt, ConnectEvidence, ConnectState, Evidence, RouteEvidence } from '../domain/evidence.ts';
import type { ProbeName } from '../domain/outcome.ts';
import type { ProbeEvent } from '../domain/probe-event.ts';
import { transportOf } from '../domain/target.ts';
import { alive } from '../probe/alive.ts';
import { connect } from '../probe/connect.ts';
import { late } from '../probe/late.ts';
import { neighbour } from '../probe/neighbour.ts';
import { ping } from '../probe/ping.ts';
import { resolve } from '../probe/resolve.ts';
import { route } from '../probe/route.ts';
import { sockets } from '../probe/sockets.ts';
import { trace } from '../probe/trace.ts';
import type { SessionOptions } from './session-options.ts';
import type { SessionPorts } from './session-ports.ts';

/** An absent host is reported by its router after three solicitations, a second apart; the answer needs its way back. */
const LATE_PATIENCE_MS = 2950;
/** Incomplete fails after about 3.1 s; a stale entry passes delay (5 s) and three unicast probes first. */
const NEIGHBOUR_SETTLE_MS = 9500;
/** Quiet for this long, the probes that a silent host needs start beside the echoes. */
const QUIET_MS = 250;
const CONNECT_TIMEOUT_MS = 2000;
const ALIVE_TIMEOUT_MS = 1500;
/** High UDP ports on which nothing listens as a rule, away from where traces end (traceroute(8)). */
const HIGH_PORTS = { first: 40000, count: 20000 };
const ECHO_INTERVAL_MS = 25;
const EXTENDED_COUNT = 100;
const ECHO_PATIENCE_MS = 1600;
/** Long enough for a peer that ends a connection at once, short enough not to be felt beside the echoes. */
const DROP_WATCH_MS = 250;
const MAX_HOPS = 30;
const HOSTS_GRACE_MS = 500;

/** An answer of the host itself, or of something that answers for it. */
const PROVES_HOST: ReadonlySet<ConnectState> = new Set(['open', 'closed']);

export type Tasks = {
  /** Starts everything whose inputs are known, and what a quiet host will need once it is quiet. */
  startEarly(): void;
  /** Settles when the probe's evidence is there, or when the signal has aborted it. */
  need(probe: ProbeName): Promise<void>;
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
  const { target, families } = options;
  const { clock, prober } = ports;
  let evidence: Evidence = {};
  let primary: IpAddress | null = null;
  const running = new Map<ProbeName, Promise<void>>();
  const addressesKnown = deferred<readonly IpAddress[]>();
  /** Fires on the first sign of life: then a quiet host's probes are not needed. */
  const answered = new AbortController();
  const troubled = deferred<void>();
  /** Packet manners: a router that already reported the host gets few more probes to report on. */
  let firstErrorFrom: IpAddress | null = null;
  let aliveAttempts: readonly ConnectAttempt[] = [];
  /** Anything heard from beyond the link makes waiting for the neighbour table pointless. */
  const heard = new AbortController();

  const jobs: Record<ProbeName, () => Promise<void>> = {
    resolve: async () => {
      const found = await resolve({ target, families, graceMs: HOSTS_GRACE_MS }, ports, signal, (event) => {
        notify.progress('resolve', event);
        if (event.kind === 'addresses') addressesKnown.resolve(event.addresses);
      });
      evidence = { ...evidence, resolve: cut(found) };
      addressesKnown.resolve(found.addresses);
    },
    route: async () => {
      const addresses = await addressesKnown.promise;
      const to = addresses.length > 0 ? await choose(addresses) : await chooseResolver();
      if (to === null) return;
      const found = typeof to === 'string' ? await route({ to, families, others: addresses }, ports, signal) : to;
      evidence = { ...evidence, route: cut(found) };
    },
    neighbour: async () => {
      await job('route');
      const before = evidence.route;
      if (before === undefined || before.status !== 'ok') return;
      if (primary !== null && prober !== null) await Promise.race([job('trace'), aborted(signal)]);
      const until = AbortSignal.any([signal, heard.signal]);
      const found = await neighbour({ route: before, settleMs: NEIGHBOUR_SETTLE_MS }, ports, until);
      evidence = { ...evidence, route: cut(found) };
    },
    ping: async () => {
      const address = await chosen();
      if (address === null) return;
      const others = (await addressesKnown.promise).filter((other) => other !== address && target.port === null);
      scheduleQuiet();
      const found = await ping(
        {
          address,
          others,
          count: options.count,
          intervalMs: ECHO_INTERVAL_MS,
          extendTo: Math.max(EXTENDED_COUNT, options.count),
          patienceMs: ECHO_PATIENCE_MS,
        },
        ports,
        signal,
        (event) => {
          notify.progress('ping', event);
          if (event.kind === 'echo-answered') answered.abort();
          if (event.kind === 'echo-error') {
            firstErrorFrom ??= ports.machine.owns(event.error.from) ? null : event.error.from;
            troubled.resolve();
          }
        },
      );
      const lateEcho = evidence.ping?.late;
      evidence = { ...evidence, ping: cut(lateEcho === undefined ? found : { ...found, late: lateEcho }) };
    },
    connect: async () => {
      const addresses = await addressesKnown.promise;
      if (addresses.length === 0 || target.port === null) return;
      const found = await connect(
        {
          addresses,
          port: target.port,
          protocol: transportOf(target.scheme),
          timeoutMs: CONNECT_TIMEOUT_MS,
          watchMs: DROP_WATCH_MS,
        },
        ports,
        signal,
        (event) => {
          notify.progress('connect', event);
          if (event.kind === 'attempt' && PROVES_HOST.has(event.attempt.state)) answered.abort();
        },
      );
      evidence = { ...evidence, connect: cut({ ...found, attempts: [...found.attempts, ...aliveAttempts] }) };
    },
    alive: async () => {
      const address = await chosen();
      if (address === null) return;
      if (firstErrorFrom !== null) await job('trace');
      const addresses =
        target.port === null
          ? (await addressesKnown.promise).filter((each) => !echoedAddresses(evidence).includes(each))
          : [address];
      const highPort = HIGH_PORTS.first + Math.floor(ports.random() * HIGH_PORTS.count);
      const startedAt = clock.isoNow();
      const startedMs = clock.nowMs();
      aliveAttempts = await alive(
        { addresses, askedPort: target.port, highPort, timeoutMs: ALIVE_TIMEOUT_MS },
        ports,
        signal,
        (event) => notify.progress('alive', event),
      );
      const connected: ConnectEvidence = evidence.connect ?? {
        startedAt,
        durationMs: Math.round(clock.nowMs() - startedMs),
        equivalent: `nc -vz -w 2 ${address} 443`,
        icmpSeen: ports.connector.icmpSeen,
        sideError: null,
        attempts: [],
      };
      if (target.port !== null && evidence.connect === undefined) return; // the asked port adds them when it is done
      evidence = { ...evidence, connect: cut({ ...connected, attempts: [...connected.attempts, ...aliveAttempts] }) };
    },
    trace: async () => {
      const address = await chosen();
      if (address === null) return;
      const found = await trace(
        { address, maxHops: MAX_HOPS, knownErrorFrom: firstErrorFrom },
        ports,
        signal,
        (event) => {
          notify.progress('trace', event);
          if (event.kind === 'hop' && !ports.machine.owns(event.address)) heard.abort();
        },
      );
      evidence = { ...evidence, trace: cut(found) };
    },
    late: async () => {
      const address = await chosen();
      if (address === null || prober === null) return;
      const found = await late({ address, patienceMs: LATE_PATIENCE_MS }, { prober, clock }, signal);
      await job('ping');
      if (evidence.ping !== undefined && found !== null)
        evidence = { ...evidence, ping: { ...evidence.ping, late: found } };
    },
    sockets: async () => {
      const address = await chosen();
      if (address === null || target.port === null || !ports.machine.owns(address)) return;
      const found = await sockets(
        { targetAddress: address, port: target.port, protocol: transportOf(target.scheme) },
        ports,
        signal,
      );
      if (found !== undefined) evidence = { ...evidence, sockets: cut(found) };
    },
  };

  /** Runs a probe once; whoever needs it waits for the same run. */
  function job(probe: ProbeName): Promise<void> {
    const known = running.get(probe);
    if (known !== undefined) return known;
    notify.started(probe);
    const run = jobs[probe]().then(() => notify.finished(probe));
    running.set(probe, run);
    return run;
  }

  async function chosen(): Promise<IpAddress | null> {
    const addresses = await addressesKnown.promise;
    if (addresses.length === 0) return null;
    await choose(addresses);
    return primary;
  }

  /** The first address that this machine has a way to, else the first: what a client would try. */
  const choose = once(async (addresses: readonly IpAddress[]): Promise<IpAddress | null> => {
    primary = addresses[0] ?? null;
    if (addresses.length > 1) {
      const ways = await Promise.all(addresses.map((address) => ports.machine.route(address, signal)));
      primary = addresses.find((_, index) => ways[index]?.kind === 'route') ?? primary;
    }
    if (primary !== null) notify.chosen(primary);
    return primary;
  });

  /** Where a name has no address, the way in question is the one to the resolvers: the best of them. */
  async function chooseResolver(): Promise<RouteEvidence | null> {
    const servers = await ports.resolver.servers();
    const ways = await Promise.all(servers.map((to) => route({ to, families: [4, 6] }, ports, signal)));
    return (
      ways.find(({ status }) => status === 'ok') ?? ways.find(({ status }) => status === 'local') ?? ways[0] ?? null
    );
  }

  /** After a while without a reply, or at the first error, starts what a quiet host needs. */
  function scheduleQuiet(): void {
    const quiet = clock.sleep(QUIET_MS, AbortSignal.any([signal, answered.signal]));
    void Promise.race([quiet, troubled.promise]).then(() => {
      if (signal.aborted || answered.signal.aborted) return;
      start('alive');
      if (prober === null) return;
      // A router that has already reported the host has said its last word, and its next errors are few. Otherwise this
      // echo goes ahead of the trace: a router that looks for the host answers only the first of the packets it holds.
      if (firstErrorFrom === null) start('late');
      start('trace');
    });
  }

  function start(probe: ProbeName): void {
    // A rejection is a bug and is seen by whoever needs the probe; an unneeded one must not end the process.
    job(probe).catch(() => undefined);
  }

  /** Marks what the deadline or the user ended early. */
  function cut<E extends { readonly cutShort?: true }>(found: E): E {
    return signal.aborted ? { ...found, cutShort: true } : found;
  }

  function startEarly(): void {
    start('resolve');
    start('route');
    start('ping');
    if (target.port !== null) {
      start('connect');
      start('sockets');
    }
  }

  return {
    startEarly,
    need: async (probe) => {
      await Promise.race([job(probe), aborted(signal)]);
    },
    evidence: () => evidence,
    address: () => primary,
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((settle) => {
    if (signal.aborted) settle();
    else signal.addEventListener('abort', () => settle(), { once: true });
  });
}

function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let settle: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolvePromise) => {
    settle = resolvePromise;
  });
  return { promise, resolve: (value) => settle(value) };
}

function once<A, R>(run: (argument: A) => Promise<R>): (argument: A) => Promise<R> {
  let result: Promise<R> | null = null;
  return (argument) => {
    result ??= run(argument);
    return result;
  };
}
