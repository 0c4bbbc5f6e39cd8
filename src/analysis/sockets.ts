import type { Family, IpAddress } from '../domain/address.ts';
import { familyOf } from '../domain/address.ts';
import type { Listener, SocketsEvidence } from '../domain/evidence.ts';
import type { OutcomeOf } from '../domain/outcome.ts';
import type { Reading } from '../domain/reading.ts';

export type SocketsContext = {
  readonly address: IpAddress;
  readonly family: Family;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** What the attempt at the port came to, as far as it tells what the socket itself did; null where it does not. */
  readonly attempt: 'refused' | 'silent' | null;
};

/** Reads whether the machine that was looked at has a socket that should answer at the asked address and port. */
export function readSockets(evidence: SocketsEvidence | undefined, context: SocketsContext): Reading<'sockets'> {
  if (evidence === undefined || evidence.listening === null) {
    const outcome = evidence?.unavailable?.reason === 'not-permitted' ? 'not-permitted' : 'no-vantage';
    return { outcome, where: null, confidence: 'certain' };
  }
  const atPort = evidence.listening.filter(
    ({ port, protocol }) => port === context.port && protocol === context.protocol,
  );
  const { outcome, isSure } = judge(atPort, context, evidence.listenOverflows ?? 0);
  // A machine that does not own the address may not be the one that was asked: NAT, a virtual address, a container's host.
  return { outcome, where: null, confidence: isSure && evidence.ownsTarget === true ? 'certain' : 'likely' };
}

type Judgement = { readonly outcome: OutcomeOf<'sockets'>; readonly isSure: boolean };

function judge(atPort: readonly Listener[], context: SocketsContext, overflows: number): Judgement {
  const serving = mostExact(
    atPort.filter((listener) => serves(listener, context)),
    context,
  );
  if (serving.length > 0) {
    // What a socket of both families takes, the kernel does not refuse.
    const isDoubtful = serving.every((listener) => !isFamilyKnown(listener, context));
    if (isDoubtful && context.attempt === 'refused') return { outcome: 'other-family', isSure: false };
    if (context.attempt === 'silent' && overflows > 0 && serving.some(seemsFull)) {
      return { outcome: 'queue-full', isSure: false };
    }
    const full = serving.filter(isFull);
    // Sockets that share a port (SO_REUSEPORT) share its connections: one full queue fails only some of them.
    const isSure =
      serving.every((listener) => isFamilyKnown(listener, context)) &&
      (full.length === 0 || full.length === serving.length);
    return { outcome: full.length > 0 ? 'queue-full' : 'listening', isSure };
  }
  if (atPort.length === 0) return { outcome: 'not-listening', isSure: true };
  return { outcome: elsewhere(atPort, context), isSure: true };
}

/** Where the listeners are bound that cannot answer at the asked address. */
function elsewhere(atPort: readonly Listener[], { address, family }: SocketsContext): OutcomeOf<'sockets'> {
  if (!isLoopback(address) && atPort.every((listener) => isLoopback(listener.address))) return 'loopback-only';
  const sameFamily = atPort.filter((listener) => listener.family === family && !isWildcard(listener.address));
  const others = isLoopback(address) ? sameFamily : sameFamily.filter((listener) => !isLoopback(listener.address));
  return others.length > 0 ? 'other-address' : 'other-family';
}

/** Whether the kernel hands the socket what arrives for the address. */
function serves({ address, family, v6Only }: Listener, context: SocketsContext): boolean {
  if (family === context.family) return isWildcard(address) || withoutZone(address) === withoutZone(context.address);
  return family === 6 && isWildcard(address) && v6Only !== true;
}

/** The kernel prefers the socket that is bound to the very address to one that takes all. */
function mostExact(serving: readonly Listener[], { address }: SocketsContext): readonly Listener[] {
  const exact = serving.filter((listener) => withoutZone(listener.address) === withoutZone(address));
  return exact.length > 0 ? exact : serving;
}

/** Whether it is known, not assumed, that an IPv6 socket takes IPv4. */
function isFamilyKnown(listener: Listener, { family }: SocketsContext): boolean {
  return listener.family === family || listener.v6Only !== null;
}

/** Linux lets one more wait than the backlog says, and drops what comes then (sk_acceptq_is_full). */
export function isFull({ acceptQueue, backlog }: Listener): boolean {
  return acceptQueue !== null && backlog !== null && acceptQueue > backlog;
}

/** Without the limit: some wait although a program that accepts leaves none, and that machine has turned others away. */
function seemsFull({ acceptQueue, backlog }: Listener): boolean {
  return acceptQueue !== null && acceptQueue > 0 && backlog === null;
}

function isWildcard(address: IpAddress): boolean {
  return address === '0.0.0.0' || address === '::';
}

export function isLoopback(address: IpAddress): boolean {
  return familyOf(address) === 6 ? address === '::1' : address.startsWith('127.');
}

function withoutZone(address: IpAddress): string {
  return address.split('%')[0] ?? address;
}
