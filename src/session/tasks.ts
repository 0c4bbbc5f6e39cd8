import { lastingCode } from '../analysis/hops.ts';
import { distanceFromTtl } from '../analysis/ping-distance.ts';
import { echoedAddresses } from '../analysis/read.ts';
import type { IpAddress } from '../domain/address.ts';
import type { ConnectAttempt, ConnectEvidence, ConnectState, Evidence, RouteEvidence } from '../domain/evidence.ts';
import type { ProbeName } from '../domain/outcome.ts';
import type { SocketSource } from '../domain/ports.ts';
import type { ProbeEvent } from '../domain/probe-event.ts';
import { methodFor, type Prober } from '../domain/prober.ts';
import { isProofOfLife } from '../domain/proof-of-life.ts';
import { transportOf } from '../domain/target.ts';
import { alive } from '../probe/alive.ts';
import { connect } from '../probe/connect.ts';
import { hopEchoes } from '../probe/hop-echoes.ts';
import { late } from '../probe/late.ts';
import { mtu } from '../probe/mtu.ts';
import { neighbour } from '../probe/neighbour.ts';
import { ping } from '../probe/ping.ts';
import { resetTtl } from '../probe/reset-ttl.ts';
import { resolve } from '../probe/resolve.ts';
import { route } from '../probe/route.ts';
import { sockets } from '../probe/sockets.ts';
import { trace } from '../probe/trace.ts';
import { usualProtocol } from '../probe/trace-vehicle.ts';
import { aborted } from './aborted.ts';
import { deferred } from './deferred.ts';
import { hopEchoesPlan } from './hop-echoes-plan.ts';
import { listenersShown } from './listeners-shown.ts';
import { once } from './once.ts';
import {
  ALIVE_TIMEOUT_MS,
  CONNECT_TIMEOUT_MS,
  DROP_WATCH_MS,
  ECHO_INTERVAL_MS,
  ECHO_PATIENCE_MS,
  EXTENDED_COUNT,
  HIGH_PORTS,
  HOSTS_GRACE_MS,
  LATE_PATIENCE_MS,
  MAX_HOPS,
  NEIGHBOUR_SETTLE_MS,
  PORT_QUIET_MS,
  PORT_TRACE_MARGIN_MS,
  PORT_TRACE_MS,
  PROCESS_START_MS,
  QUIET_MS,
  RESET_TIMEOUT_MS,
  TRACE_PORTS,
} from './pace.ts';
import type { SessionOptions } from './session-options.ts';
import type { SessionPorts } from './session-ports.ts';

/** An answer of the host itself, or of something that answers for it. */
const PROVES_HOST: ReadonlySet<ConnectState> = new Set(['open', 'closed']);

export type Tasks = {
  /** Starts everything whose inputs are known, and what a quiet host will need once it is quiet. */
  startEarly(): void;
  /** Reads the target's sockets from there from now on, and forgets what was read before. */
  lookAt(source: SocketSource): void;
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
  const deadlineMs = clock.nowMs() + options.deadlineMs - options.elapsedMs;
  const leftMs = () => deadlineMs - clock.nowMs();
  /** One for the whole run: Node warns when a signal has more than ten listeners. */
  const over = aborted(signal);
  let evidence: Evidence = {};
  let primary: IpAddress | null = null;
  const running = new Map<ProbeName, Promise<void>>();
  const addressesKnown = deferred<readonly IpAddress[]>();
  /** Fires on the first sign of life: then a quiet host's probes are not needed. */
  const answered = new AbortController();
  const troubled = deferred<void>();
  /** The first echo that was answered: small packets pass. */
  const firstReply = deferred<{ readonly rttMs: number }>();
  /** Packet manners: a router that already reported the host gets few more probes to report on. */
  let firstErrorFrom: IpAddress | null = null;
  let aliveAttempts: readonly ConnectAttempt[] = [];
  /** What the asked port of the address that the walk is about said; null while it says nothing. */
  let asked: ConnectAttempt | null = null;
  const portAnswered = deferred<void>();
  /** The first answer that shows the host up, whatever its port does. */
  const isUp = deferred<{ readonly rttMs: number }>();
  /** The asked port lets in: what keeps others out is not looked for. */
  const opened = new AbortController();
  /** What a person said of where the target's sockets are to be read. */
  let given: SocketSource | null = null;
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
      if (primary !== null && prober !== null) await Promise.race([job('trace'), over]);
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
          if (event.kind === 'echo-answered') {
            answered.abort();
            firstReply.resolve(event);
            start('mtu');
            isUp.resolve(event);
          }
          if (isWorthPlacing(event) && prober !== null && isServed()) start('trace');
          if (event.kind === 'echo-error') {
            firstErrorFrom ??= ports.machine.owns(event.error.from) ? null : event.error.from;
            troubled.resolve();
          }
        },
      );
      const lateEcho = evidence.ping?.late;
      evidence = { ...evidence, ping: cut(lateEcho === undefined ? found : { ...found, late: lateEcho }) };
      if (lastingCode(evidence, options) !== null && isServed()) start('hops');
    },
    connect: async () => {
      const addresses = await addressesKnown.promise;
      if (addresses.length === 0 || target.port === null) return;
      schedulePortTrace();
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
          if (event.kind !== 'attempt') return;
          if (PROVES_HOST.has(event.attempt.state)) answered.abort();
          if (event.attempt.address !== primary) return;
          asked = event.attempt;
          if (asked.state === 'open') opened.abort();
          portAnswered.resolve();
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
        (event) => {
          notify.progress('alive', event);
          if (event.kind !== 'attempt' || event.attempt.address !== address) return;
          if (isProofOfLife(event.attempt)) isUp.resolve({ rttMs: event.attempt.ms });
        },
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
        {
          address,
          protocol: usualProtocol(prober),
          maxHops: MAX_HOPS,
          knownErrorFrom: firstErrorFrom,
          gateway: evidence.route?.gateway ?? null,
        },
        ports,
        signal,
        (event) => {
          notify.progress('trace', event);
          if (event.kind === 'hop' && !ports.machine.owns(event.address)) heard.abort();
        },
      );
      evidence = { ...evidence, trace: cut(found) };
      notify.progress('trace', { kind: 'traced', trace: found });
    },
    'port-trace': async () => {
      const address = await chosen();
      const { port } = target;
      if (address === null || port === null || prober === null || ports.machine.owns(address)) return;
      const protocol = transportOf(target.scheme);
      if (asked?.state === 'closed' && (protocol === 'udp' || !(await isResetStrange(address, port, prober)))) return;
      const longestMs = Math.min(PORT_TRACE_MS, leftMs() - PORT_TRACE_MARGIN_MS);
      if (longestMs <= 0) return;
      const sourcePort = TRACE_PORTS.first + Math.floor(ports.random() * TRACE_PORTS.count);
      const knownErrorFrom = firstErrorFrom ?? asked?.icmp?.from ?? null;
      const beside = Promise.race([job('trace'), clock.sleep(longestMs, signal)]);
      const found = await trace(
        { address, protocol, port, sourcePort, maxHops: MAX_HOPS, knownErrorFrom, longestMs },
        ports,
        AbortSignal.any([signal, opened.signal]),
        () => undefined,
      );
      if (opened.signal.aborted) return;
      await beside;
      evidence = { ...evidence, portTrace: cut(found) };
    },
    late: async () => {
      const address = await chosen();
      if (address === null || prober === null) return;
      const found = await late({ address, patienceMs: LATE_PATIENCE_MS }, { prober, clock }, signal);
      await job('ping');
      if (evidence.ping !== undefined && found !== null)
        evidence = { ...evidence, ping: { ...evidence.ping, late: found } };
    },
    hops: async () => {
      const address = await chosen();
      if (address === null || prober === null) return;
      await Promise.all([job('ping'), job('trace')]);
      const plan = hopEchoesPlan(lastingCode(evidence, options), leftMs());
      if (plan === null || (evidence.trace?.hops.length ?? 0) < 2) return;
      const trace = evidence.trace ?? null;
      const routers = distanceFromTtl(evidence.ping?.replyTtl ?? -1);
      const distance = routers === null ? null : routers + 1;
      const found = await hopEchoes(
        { address, trace, distance, ...plan },
        { prober, clock, random: ports.random },
        signal,
        (event) => notify.progress('hops', event),
      );
      evidence = { ...evidence, hopEchoes: cut(found) };
    },
    mtu: async () => {
      const address = await chosen();
      const first = await Promise.race([firstReply.promise, job('ping').then(() => null)]);
      if (address === null || first === null) return;
      await job('route');
      const interfaceMtu = evidence.route?.mtu ?? null;
      const found = await mtu({ address, interfaceMtu, rttMs: first.rttMs }, ports, signal, (event) =>
        notify.progress('mtu', event),
      );
      evidence = { ...evidence, mtu: cut(found) };
    },
    bound: () => job('sockets'),
    sockets: async () => {
      const address = await chosen();
      if (address === null || target.port === null) return;
      const asked = given;
      const source = asked ?? ports.targetSockets ?? (ports.machine.owns(address) ? ports.localSockets : null);
      if (source === null) return;
      const found = await sockets(
        { targetAddress: address, port: target.port, protocol: transportOf(target.scheme) },
        { source, clock },
        signal,
      );
      // Meanwhile somebody may have said where to look instead.
      if (found === undefined || asked !== given) return;
      evidence = { ...evidence, sockets: cut(found) };
      notify.progress('sockets', { kind: 'listeners', listening: listenersShown(found, target.port) });
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
    void Promise.race([quiet, troubled.promise]).then(async () => {
      if (signal.aborted || answered.signal.aborted) return;
      // A router that has already reported the host has said its last word, and its next errors are few. Otherwise this
      // echo goes ahead of the rest: a router that looks for the host answers only the first of the packets it holds.
      if (prober !== null && firstErrorFrom === null) {
        start('late');
        if (methodFor(prober, 'echo') === 'system') await clock.sleep(PROCESS_START_MS, signal);
      }
      start('alive');
      if (prober !== null) start('trace');
    });
  }

  /** Whether nothing worse than loss or delay is known: a port that does not let in is another question. */
  function isServed(): boolean {
    return target.port === null || asked?.state === 'open';
  }

  /** Echoes beyond the count are sent because one was lost, and one slow reply makes the others likely to be slow. */
  function isWorthPlacing(event: ProbeEvent): boolean {
    if (event.kind === 'echo-sent') return event.sequence >= options.count;
    return event.kind === 'echo-answered' && event.rttMs > options.thresholds.slowMs;
  }

  /** Starts the trace to a port that refuses, or says nothing for a while, once the host is known to be up. */
  function schedulePortTrace(): void {
    if (target.port === null) return;
    const startedMs = clock.nowMs();
    const wait = async (): Promise<void> => {
      const { rttMs } = await isUp.promise;
      const quietMs = Math.max(PORT_QUIET_MS, 2 * rttMs + 100) - (clock.nowMs() - startedMs);
      await Promise.race([portAnswered.promise, clock.sleep(Math.max(0, quietMs), signal)]);
      const state = asked?.state ?? 'filtered';
      const isWorthIt = state === 'filtered' || state === 'rejected' || state === 'closed';
      if (isWorthIt && !signal.aborted && primary !== null && !ports.machine.owns(primary)) start('port-trace');
    };
    void wait();
  }

  /** Whether the RST of a closed port came from another distance than the echo reply of the host. */
  async function isResetStrange(address: IpAddress, port: number, by: Prober): Promise<boolean> {
    const [ttl] = await Promise.all([
      resetTtl({ address, port, timeoutMs: RESET_TIMEOUT_MS }, by, signal),
      job('ping'),
      job('connect'),
    ]);
    const echoTtl = evidence.ping?.replyTtl ?? null;
    if (ttl === null || evidence.connect === undefined) return false;
    evidence = { ...evidence, connect: { ...evidence.connect, resetTtl: ttl } };
    return echoTtl !== null && distanceFromTtl(ttl) !== distanceFromTtl(echoTtl);
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

  function lookAt(source: SocketSource): void {
    given = source;
    running.delete('sockets');
    running.delete('bound');
    const { sockets: _, ...others } = evidence;
    evidence = others;
  }

  return {
    startEarly,
    lookAt,
    need: async (probe) => {
      await Promise.race([job(probe), over]);
    },
    evidence: () => evidence,
    address: () => primary,
  };
}
