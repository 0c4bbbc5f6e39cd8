import type { Family } from '../domain/address.ts';
import { familyOf } from '../domain/address.ts';
import { bindScopeOf } from '../domain/bind-scope.ts';
import type { ConnectAttempt } from '../domain/evidence.ts';
import type { OutcomeOf } from '../domain/outcome.ts';
import type { Reading } from '../domain/reading.ts';
import { transportOf } from '../domain/target.ts';
import type { ConnectEvidence } from '../evidence/connect.ts';
import type { Evidence } from '../evidence/kinds.ts';
import type { Context } from './context.ts';
import { firstAttempt, readFlows } from './flows.ts';

type ConnectContext = {
  /** The asked port; null where none was asked for. */
  readonly port: number | null;
  readonly protocol: 'tcp' | 'udp';
  /** Families in which this machine has a global address and a route; empty where unknown. */
  readonly usableFamilies: readonly Family[];
};

/** Errors by which the kernel says that this machine has no way in the whole family. */
const NO_WAY = new Set(['ENETUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT']);

/** Reads the attempts at the asked port; those at other ports only prove the host up. */
export function readConnect(evidence: ConnectEvidence | undefined, context: ConnectContext): Reading<'connect'> {
  const asked = (evidence?.attempts ?? []).filter(
    ({ port, protocol }) => port === context.port && protocol === context.protocol,
  );
  const attempts = usable(asked, context.usableFamilies);
  const [first] = attempts;
  if (evidence === undefined || first === undefined) {
    return { outcome: 'not-asked', where: null, confidence: context.port === null ? 'certain' : 'possible' };
  }
  const open = attempts.filter(({ state }) => state === 'open');
  if (open.length === attempts.length) {
    const dropped = open.every((attempt) => attempt.dropped !== null);
    return { outcome: dropped ? 'dropped' : 'open', where: null, confidence: 'certain' };
  }
  // A name of loopback leads to two sockets, and to no network that could be broken: a program tries both.
  if (open.length > 0 && attempts.every(({ address }) => bindScopeOf(address) === 'loopback')) {
    const dropped = open.every((attempt) => attempt.dropped !== null);
    return { outcome: dropped ? 'dropped' : 'open', where: null, confidence: 'certain' };
  }
  return open.length > 0 ? readMixed(attempts) : readFailed(first, evidence, context.usableFamilies);
}

/** Leaves aside what fails only because this machine does not have the family, unless nothing else is left. */
function usable(attempts: readonly ConnectAttempt[], families: readonly Family[]): readonly ConnectAttempt[] {
  const kept = attempts.filter((attempt) => {
    if (attempt.state === 'open') return true;
    if (families.length > 0 && !families.includes(familyOf(attempt.address))) return false;
    return families.length > 0 || attempt.state !== 'local-error' || !NO_WAY.has(attempt.error ?? '');
  });
  return kept.length > 0 ? kept : attempts;
}

/** Some addresses open and some not: a whole family, or some of one. */
function readMixed(attempts: readonly ConnectAttempt[]): Reading<'connect'> {
  const failing = attempts.filter(({ state }) => state !== 'open');
  const failingFamilies = new Set(failing.map(({ address }) => familyOf(address)));
  const openFamilies = new Set(
    attempts.filter(({ state }) => state === 'open').map(({ address }) => familyOf(address)),
  );
  const isWholeFamily = [...failingFamilies].every((family) => !openFamilies.has(family));
  // Silence of a UDP service is no failure that can be told.
  const confidence = failing.some(({ protocol, state }) => protocol === 'udp' && state === 'filtered')
    ? 'possible'
    : 'certain';
  const outcome = !isWholeFamily ? 'partly' : failingFamilies.has(6) ? 'ipv6-broken' : 'ipv4-broken';
  return { outcome, where: whereOf(failing), confidence };
}

/** Nothing opened: the first address decides, as it does for a client. */
function readFailed(first: ConnectAttempt, evidence: ConnectEvidence, families: readonly Family[]): Reading<'connect'> {
  if (evidence.sideError === 'EPERM' || evidence.sideError === 'EACCES') {
    return { outcome: 'blocked', where: THIS_MACHINE, confidence: 'certain' };
  }
  if (first.state === 'local-error') {
    return { outcome: localOutcome(first, families), where: THIS_MACHINE, confidence: 'certain' };
  }
  const isHeard = first.icmp !== null || evidence.icmpSeen;
  return { outcome: remoteOutcome(first), where: whereOf([first]), confidence: isHeard ? 'certain' : 'likely' };
}

const THIS_MACHINE = { hop: 0, address: null } as const;

function localOutcome({ error, address, protocol }: ConnectAttempt, families: readonly Family[]): OutcomeOf<'connect'> {
  // The kernel has one word for "no port is left" and "no address of this family to send from".
  if (error === 'EADDRNOTAVAIL') {
    return families.length > 0 && !families.includes(familyOf(address)) ? 'unreachable' : 'no-ports-left';
  }
  // Only a datagram is told of a firewall by EACCES: TCP gets it from a prohibit route, and EINVAL from a blackhole one.
  if (error === 'EACCES') return protocol === 'tcp' ? 'no-route' : 'blocked';
  if (error === 'EINVAL') return 'no-route';
  return error === 'EPERM' ? 'blocked' : 'unreachable';
}

function remoteOutcome({ state, protocol }: ConnectAttempt): OutcomeOf<'connect'> {
  switch (state) {
    case 'closed':
      return protocol === 'udp' ? 'udp-closed' : 'closed';
    case 'filtered':
      return protocol === 'udp' ? 'udp-silent' : 'filtered';
    case 'rejected':
      return 'rejected';
    case 'unreachable':
    case 'local-error':
      return 'unreachable';
    case 'open':
      return 'open';
  }
}

function whereOf(attempts: readonly ConnectAttempt[]): Reading['where'] {
  const from = attempts.find(({ icmp }) => icmp !== null)?.icmp?.from;
  return from === undefined ? null : { hop: null, address: from };
}

/** What one attempt says for itself, where others may say otherwise. */
const OF_ONE: ReadonlySet<OutcomeOf<'connect'>> = new Set([
  'open',
  'dropped',
  'closed',
  'filtered',
  'rejected',
  'unreachable',
]);

/** Reads the attempts at the asked port, the further ones that they made necessary, and what became of one that opened. */
export function readPort(evidence: Evidence, context: Context): Reading<'connect'> {
  const reading = readConnect(evidence.connect, {
    port: context.target.port,
    protocol: transportOf(context.target.scheme),
    usableFamilies: evidence.route?.usableFamilies ?? [],
  });
  const outcome = refined(reading.outcome, evidence, context);
  return outcome === null ? reading : { outcome, where: null, confidence: 'likely' };
}

function refined(outcome: OutcomeOf<'connect'>, evidence: Evidence, context: Context): OutcomeOf<'connect'> | null {
  const { kind } = readFlows(evidence, context);
  if (OF_ONE.has(outcome) && kind === 'partly') return 'partly';
  if (OF_ONE.has(outcome) && kind === 'by-flow') return 'flow-dependent';
  if (outcome === 'open' && firstAttempt(evidence, context)?.ending?.acknowledged === false) return 'stalled';
  if (outcome === 'open' && kind === 'retried') return 'retried';
  const isSilent = outcome === 'filtered' || outcome === 'udp-silent';
  return isSilent && strayOf(evidence, context) !== null ? 'other-address' : null;
}

/** Who answered in place of the address that was asked. */
export function strayOf(evidence: Evidence, context: Context) {
  return evidence.flows?.stray ?? firstAttempt(evidence, context)?.stray ?? null;
}
