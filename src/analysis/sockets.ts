import { type Family, familyOf, type IpAddress, withoutZone } from '../domain/address.ts';
import { bindScopeOf } from '../domain/bind-scope.ts';
import type { Listener } from '../domain/evidence.ts';
import type { OutcomeOf } from '../domain/outcome.ts';
import type { Reading } from '../domain/reading.ts';
import { isQueueFull } from '../domain/socket.ts';
import type { SocketsEvidence } from '../evidence/sockets.ts';
import { isForwarder } from './forwarding.ts';

export type SocketsContext = {
  readonly address: IpAddress;
  readonly family: Family;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** What the attempt at the port came to, as far as it tells what the socket itself did; null where it does not. */
  readonly attempt: 'refused' | 'silent' | null;
  /** Whether the attempts were this machine's own, at one of its own addresses. */
  readonly isLocal: boolean;
  /** How the attempt at the port ended; null where there was none. `dropped`: let in, and ended at once. */
  readonly ending: 'open' | 'dropped' | 'failed' | null;
};

const LOOPBACK_DEVICE = 'lo';

/** Reads whether the machine that was looked at has a socket that should answer at the asked address and port. */
export function readSockets(evidence: SocketsEvidence | undefined, context: SocketsContext): Reading<'sockets'> {
  if (evidence === undefined || evidence.listening === null) {
    const outcome = evidence?.unavailable?.reason === 'not-permitted' ? 'not-permitted' : 'no-vantage';
    return { outcome, where: null, confidence: 'certain' };
  }
  const atPort = evidence.listening.filter(
    ({ port, protocol }) => port === context.port && protocol === context.protocol,
  );
  const { outcome, isSure } = judge(atPort, context, evidence);
  // A machine that does not own the address may not be the one that was asked: NAT, a virtual address, a container's host.
  return { outcome, where: null, confidence: isSure && evidence.ownsTarget === true ? 'certain' : 'likely' };
}

type Judgement = { readonly outcome: OutcomeOf<'sockets'>; readonly isSure: boolean };

function judge(atPort: readonly Listener[], context: SocketsContext, evidence: SocketsEvidence): Judgement {
  if (atPort.length === 0) return { outcome: 'not-listening', isSure: true };
  const byInterface = (listener: Listener) => takesFrom(listener, context, evidence.targetInterfaces ?? null);
  const serving = mostExact(
    atPort.filter((listener) => serves(listener, context) && byInterface(listener) !== 'no'),
    context,
  );
  if (serving.length > 0 && serving.every((listener) => failsBehind(listener, context)))
    return { outcome: 'forwarded', isSure: false };
  if (serving.length === 0) return { outcome: elsewhere(atPort, context), isSure: true };
  // What a socket takes, the kernel does not refuse: one of which that is not known does not take it.
  if (context.attempt === 'refused') {
    if (serving.every((listener) => !isFamilyKnown(listener, context)))
      return { outcome: 'other-family', isSure: false };
    if (serving.every((listener) => byInterface(listener) === 'unknown'))
      return { outcome: 'other-address', isSure: false };
  }
  const isKnown = serving.every((listener) => isFamilyKnown(listener, context) && byInterface(listener) === 'yes');
  // A full queue is silent. Sockets that share a port (SO_REUSEPORT) share its connections: one fails only some of them.
  const full = context.attempt === 'refused' ? [] : serving.filter(isQueueFull);
  if (full.length > 0) return { outcome: 'queue-full', isSure: isKnown && full.length === serving.length };
  if (context.attempt !== 'silent') return { outcome: 'listening', isSure: isKnown };
  const mayBeFull = serving.filter((listener) => !hasRoom(listener, evidence.listenOverflows ?? null));
  const outcome = mayBeFull.some(isWaitedFor) ? 'queue-full' : 'listening';
  return { outcome, isSure: isKnown && mayBeFull.length === 0 };
}

/** Where the listeners are bound that cannot answer at the asked address. */
function elsewhere(atPort: readonly Listener[], context: SocketsContext): OutcomeOf<'sockets'> {
  const { address, family } = context;
  if (!isLoopback(address) && atPort.every(isForLoopback)) return 'loopback-only';
  const sameFamily = atPort.filter((listener) => listener.family === family && !isWildcard(listener.address));
  const others = isLoopback(address) ? sameFamily : sameFamily.filter((listener) => !isForLoopback(listener));
  // It would serve the address, and takes nothing that comes by another interface.
  const isOnOtherInterface = atPort.some((listener) => serves(listener, context));
  return isOnOtherInterface || others.length > 0 ? 'other-address' : 'other-family';
}

/** Whether the listener passes on what it gets, and the attempt failed as it does where nobody takes it behind. */
function failsBehind(listener: Listener, { ending }: SocketsContext): boolean {
  if (ending === null || ending === 'open') return false;
  return isForwarder(listener, ending === 'dropped') && !isQueueFull(listener);
}

function isForLoopback({ address, interface: device }: Listener): boolean {
  return isLoopback(address) || device === LOOPBACK_DEVICE;
}

/** Whether the socket takes what comes for the address by the interface that it comes by. */
function takesFrom(
  { interface: device, address }: Listener,
  { isLocal }: SocketsContext,
  targetInterfaces: readonly string[] | null,
): 'yes' | 'no' | 'unknown' {
  // Where it cannot be read, a socket that is bound to one is the exception.
  if (device === null || device === undefined || isLinkLocal(address)) return 'yes';
  // A machine talks with all of its own addresses by loopback.
  if (isLocal) return device === LOOPBACK_DEVICE ? 'yes' : 'no';
  if (targetInterfaces === null) return 'unknown';
  return targetInterfaces.includes(device) ? 'yes' : 'no';
}

/** Whether the kernel hands the socket what arrives for the address, by its address. */
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

/** Whether it is known that the accept queue of a listener turned nobody away. A datagram needs none. */
function hasRoom(listener: Listener, overflows: number | null): boolean {
  const { protocol, acceptQueue, backlog } = listener;
  if (protocol === 'udp' || overflows === 0) return true;
  return acceptQueue !== null && (backlog !== null || acceptQueue === 0);
}

/** Some wait, although a program that accepts leaves none. */
function isWaitedFor({ acceptQueue }: Listener): boolean {
  return acceptQueue !== null && acceptQueue > 0;
}

function isWildcard(address: IpAddress): boolean {
  return address === '0.0.0.0' || address === '::';
}

export function isLoopback(address: IpAddress): boolean {
  return familyOf(address) === 6 ? address === '::1' : address.startsWith('127.');
}

function isLinkLocal(address: IpAddress): boolean {
  return bindScopeOf(withoutZone(address)) === 'link-local';
}
