import { type Family, familyOf, type IpAddress } from '../../domain/address.ts';
import type { ServerAnswer } from '../../domain/evidence.ts';
import { type PairedQuestions, SLOW_LOOKUP_MS, type SystemLookup } from '../../domain/name-evidence.ts';
import type { Clock, Resolver, SystemAnswer } from '../../domain/ports.ts';
import { roundMs } from '../../domain/statistics.ts';
import type { Target } from '../../domain/target.ts';
import type { OnEvent } from '../../evidence/probe-event.ts';
import { type ResolveEvidence, resolveCommand } from '../../evidence/resolve.ts';
import { createLookups } from './lookups.ts';
import { type Answers, sourceOf, verdictOnName, waitUntilMs } from './resolve-decision.ts';

export type ResolveOptions = {
  readonly target: Target;
  readonly families: readonly Family[];
  /** How long the servers may still answer once the hosts file has explained the system's answer; else a fifth of it. */
  readonly graceMs: number;
  /** How long a look-up by the system that takes its time is waited for, from the start of the probe. */
  readonly patienceMs: number;
};

/** How often the system is asked in all where the first look-up takes long. */
const SLOW_LOOKUPS = 3;
/** By then all of them have taken longer than a quick one, or are over. */
const ALL_SLOW_MS = 2 * SLOW_LOOKUP_MS + 100;

/**
 * Looks the target's name up as every program does, and beside it asks every configured server and the hosts file, so
 * that a failure can be told by its cause. Ends when the cause is known; at the latest four seconds after the start,
 * when no server has said a word. The addresses of a name whose look-up takes long are told as soon as a server has
 * given them, and the look-up is waited for to know how long it takes. Never rejects for what the network did.
 */
export async function resolve(
  options: ResolveOptions,
  ports: { readonly resolver: Resolver; readonly clock: Clock },
  signal: AbortSignal,
  onEvent: OnEvent,
): Promise<ResolveEvidence> {
  const { target, families, graceMs, patienceMs } = options;
  const { resolver, clock } = ports;
  const startedAt = clock.isoNow();
  const startedMs = clock.nowMs();
  const elapsedMs = (): number => roundMs(clock.nowMs() - startedMs);
  const host = target.host;
  const common = { startedAt, host, equivalent: resolveCommand(host, [4, 6], null) };
  if (target.literal !== null) {
    const addresses = [target.literal];
    onEvent({ kind: 'addresses', addresses });
    return {
      ...common,
      durationMs: elapsedMs(),
      status: 'literal',
      addresses,
      source: 'literal',
      servers: [],
      hostsFile: [],
    };
  }

  const enough = new AbortController();
  const until = AbortSignal.any([signal, enough.signal]);
  const [servers, hostsFile, setup] = await Promise.all([
    resolver.servers(),
    resolver.hostsFile(host),
    resolver.setup(),
  ]);
  let answers: Answers = { system: null, hostsFile, servers: servers.map(() => null) };
  const changes = createChanges();
  const inFamilies = (address: IpAddress): boolean => families.includes(familyOf(address));
  const lookups = createLookups({ host, families }, resolver, inFamilies, elapsedMs, until);
  const lookUp = async (): Promise<void> => {
    await lookups.start();
    answers = { ...answers, system: lookups.answer() };
    tellAddresses(answers.system?.answer);
    changes.tell();
  };
  let isTold = false;
  const tellAddresses = (answer: SystemAnswer | undefined): void => {
    if (isTold || answer?.kind !== 'addresses' || answer.addresses.length === 0) return;
    isTold = true;
    onEvent({ kind: 'addresses', addresses: answer.addresses });
  };
  const asked = servers.map(async (address, index) => {
    const answer = await resolver.ask(address, host, families, until);
    const settled = { answer, atMs: elapsedMs() };
    answers = { ...answers, servers: answers.servers.map((each, at) => (at === index ? settled : each)) };
    onEvent({ kind: 'server', answer });
    changes.tell();
  });
  const running: Promise<unknown>[] = [lookUp(), ...asked];
  const open = (): boolean => lookups.isOpen() && !signal.aborted;
  // A rejection is a bug of a port and is thrown below; until then it must not end the process unseen.
  for (const each of running) each.catch(() => undefined);
  const watched = watchSlowness();

  for (;;) {
    const changed = changes.next();
    const waitMs = waitUntilMs(answers, graceMs) - elapsedMs();
    if (waitMs <= 0 || signal.aborted) break;
    await nextChange(changed, waitMs, clock, until);
  }
  const paired = resolver.isTimed && open() ? await waitForSlowOnes() : null;
  enough.abort();
  await Promise.all([...running, watched]);

  const { status, addresses } = verdictOnName(answers, inFamilies);
  if (addresses.length > 0) tellAddresses({ kind: 'addresses', addresses });
  const serverAnswers = answers.servers.flatMap((each) => each?.answer ?? []);
  return {
    ...common,
    durationMs: elapsedMs(),
    equivalent: resolveCommand(host, families, askedOf(serverAnswers) ?? servers[0] ?? null),
    status,
    addresses,
    source: sourceOf(addresses, answers),
    servers: serverAnswers,
    hostsFile: answers.hostsFile.filter(inFamilies),
    system: await withOwnErrors(lookups.told(), serverAnswers),
    ...(paired !== null && { paired }),
    ...(setup !== null && { setup }),
  };

  /** One slow look-up may be chance: asked again beside it, to tell how often. */
  async function watchSlowness(): Promise<void> {
    await clock.sleep(SLOW_LOOKUP_MS, AbortSignal.any([until, settledSignal()]));
    const isDenied = answers.servers.some((each) => each?.answer.rcode === 'NXDOMAIN');
    if (until.aborted || !open() || !resolver.isTimed || isDenied) return;
    const more = Array.from({ length: SLOW_LOOKUPS - 1 }, lookUp);
    for (const each of more) each.catch(() => undefined);
    running.push(...more);
  }

  /** Aborts when the first look-up is over. */
  function settledSignal(): AbortSignal {
    const settled = new AbortController();
    void running[0]?.then(
      () => settled.abort(),
      () => settled.abort(),
    );
    return settled.signal;
  }

  /** Waits for look-ups that take their time, where the name has addresses; meanwhile asks as the C library does. */
  async function waitForSlowOnes(): Promise<PairedQuestions | null> {
    const provisional = verdictOnName(answers, inFamilies);
    if (provisional.addresses.length === 0 || patienceMs <= elapsedMs()) return null;
    tellAddresses({ kind: 'addresses', addresses: provisional.addresses });
    const quick = families.length > 1 ? quickServer(answers) : null;
    let paired: PairedQuestions | null = null;
    const together =
      quick === null
        ? Promise.resolve()
        : resolver.askTogether(quick.address, quick.name ?? host.replace(/\.$/u, ''), until).then((found) => {
            paired = found;
          });
    // Once the first is over, those that began later are waited for until it is known of each that it is slow.
    const untilMs = (): number => (lookups.answer() === null ? patienceMs : Math.min(patienceMs, ALL_SLOW_MS));
    for (;;) {
      const changed = changes.next();
      const waitMs = untilMs() - elapsedMs();
      if (waitMs <= 0 || !open()) break;
      await nextChange(changed, waitMs, clock, until);
    }
    const restMs = Math.min(patienceMs - elapsedMs(), SLOW_LOOKUP_MS);
    if (restMs > 0) await Promise.race([together, clock.sleep(restMs, until)]);
    return paired;
  }

  /** What getaddrinfo itself says where it fails on a name that a server knows. */
  async function withOwnErrors(
    told: readonly SystemLookup[],
    said: readonly ServerAnswer[],
  ): Promise<readonly SystemLookup[]> {
    const [first, ...others] = told;
    const isContradicted = first?.state === 'error' && said.some(({ addresses: known }) => known.length > 0);
    if (first === undefined || !isContradicted || (first.ms ?? SLOW_LOOKUP_MS) >= SLOW_LOOKUP_MS) return told;
    const error = await resolver.systemError(host, families, signal);
    return error === null ? told : [{ ...first, error }, ...others];
  }
}

/** The first server that answered each question by itself quickly. */
function quickServer({ servers }: Answers): ServerAnswer | null {
  const isQuick = ({ ms }: { readonly ms: number | null }): boolean => ms !== null && ms < SLOW_LOOKUP_MS;
  const quick = servers.find(
    (each) => each !== null && each.answer.addresses.length > 0 && (each.answer.records ?? []).every(isQuick),
  );
  return quick?.answer ?? null;
}

/** Wakes whoever waits when something new is known. */
function createChanges(): { readonly tell: () => void; readonly next: () => Promise<void> } {
  let wake = (): void => undefined;
  return {
    tell: () => wake(),
    next: () =>
      new Promise((settle) => {
        wake = settle;
      }),
  };
}

async function nextChange(changed: Promise<void>, waitMs: number, clock: Clock, signal: AbortSignal): Promise<void> {
  const woken = new AbortController();
  await Promise.race([changed, clock.sleep(waitMs, AbortSignal.any([signal, woken.signal]))]);
  woken.abort();
}

function askedOf(answers: readonly ServerAnswer[]): IpAddress | null {
  return answers.find(({ rcode }) => rcode !== null)?.address ?? null;
}
