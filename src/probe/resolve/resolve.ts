import { type Family, familyOf, type IpAddress } from '../../domain/address.ts';
import type { ServerAnswer } from '../../domain/evidence.ts';
import type { Clock, Resolver } from '../../domain/ports.ts';
import { roundMs } from '../../domain/statistics.ts';
import type { Target } from '../../domain/target.ts';
import type { OnEvent } from '../../evidence/probe-event.ts';
import type { ResolveEvidence } from '../../evidence/resolve.ts';
import { type Answers, sourceOf, verdictOnName, waitUntilMs } from './resolve-decision.ts';

export type ResolveOptions = {
  readonly target: Target;
  readonly families: readonly Family[];
  /** How long the servers may still answer once the hosts file has explained the system's answer; else a fifth of it. */
  readonly graceMs: number;
};

/**
 * Looks the target's name up as every program does, and beside it asks every configured server and the hosts file, so
 * that a failure can be told by its cause. Ends when the cause is known; at the latest four seconds after the start,
 * when no server has said a word. Never rejects for what the network did.
 */
export async function resolve(
  options: ResolveOptions,
  ports: { readonly resolver: Resolver; readonly clock: Clock },
  signal: AbortSignal,
  onEvent: OnEvent,
): Promise<ResolveEvidence> {
  const { target, families, graceMs } = options;
  const { resolver, clock } = ports;
  const startedAt = clock.isoNow();
  const startedMs = clock.nowMs();
  const elapsedMs = (): number => roundMs(clock.nowMs() - startedMs);
  const host = target.host;
  const common = { startedAt, host, equivalent: `getent ahosts ${host}` };
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
  let answers: Answers = { system: null, hostsFile: [], servers: [] };
  const [servers, hostsFile] = await Promise.all([resolver.servers(), resolver.hostsFile(host)]);
  answers = { ...answers, hostsFile, servers: servers.map(() => null) };
  const changes = createChanges();
  const inFamilies = (address: IpAddress): boolean => families.includes(familyOf(address));

  const system = resolver.system(host, families, until).then((answer) => {
    if (answer.kind === 'cancelled') return;
    const said = answer.kind === 'error' ? answer : { ...answer, addresses: answer.addresses.filter(inFamilies) };
    answers = { ...answers, system: { answer: said, atMs: elapsedMs() } };
    if (said.kind === 'addresses' && said.addresses.length > 0) {
      onEvent({ kind: 'addresses', addresses: said.addresses });
    }
    changes.tell();
  });
  const asked = servers.map(async (address, index) => {
    const answer = await resolver.ask(address, host, families, until);
    const settled = { answer, atMs: elapsedMs() };
    answers = { ...answers, servers: answers.servers.map((each, at) => (at === index ? settled : each)) };
    onEvent({ kind: 'server', answer });
    changes.tell();
  });
  const everyone = Promise.all([system, ...asked]);
  // A rejection is a bug of a port and is thrown below; until then it must not end the process unseen.
  everyone.catch(() => undefined);

  for (;;) {
    const changed = changes.next();
    const waitMs = waitUntilMs(answers, graceMs) - elapsedMs();
    if (waitMs <= 0 || signal.aborted) break;
    await nextChange(changed, waitMs, clock, until);
  }
  enough.abort();
  await everyone;

  const { status, addresses } = verdictOnName(answers, inFamilies);
  const systemAnswer = answers.system?.answer;
  const given = systemAnswer?.kind === 'addresses' && systemAnswer.addresses.length > 0;
  if (addresses.length > 0 && !given) onEvent({ kind: 'addresses', addresses });
  const serverAnswers = answers.servers.flatMap((each) => each?.answer ?? []);
  return {
    ...common,
    durationMs: elapsedMs(),
    equivalent: equivalentOf(host, families, servers, serverAnswers),
    status,
    addresses,
    source: sourceOf(addresses, answers),
    servers: serverAnswers,
    hostsFile: answers.hostsFile.filter(inFamilies),
  };
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

function equivalentOf(
  host: string,
  families: readonly Family[],
  servers: readonly IpAddress[],
  answers: readonly ServerAnswer[],
): string {
  const [only] = families;
  const getent = families.length === 1 ? `getent ahostsv${only ?? 4}` : 'getent ahosts';
  const server = answers.find(({ rcode }) => rcode !== null)?.address ?? servers[0];
  const types = families.map((family) => `${host} ${family === 6 ? 'AAAA' : 'A'}`).join(' ');
  return `${getent} ${host}${server === undefined ? '' : `; dig +search @${server} ${types}`}`;
}
