import type { Family, IpAddress } from '../domain/address.ts';
import { familyOf } from '../domain/address.ts';
import type { ConnectAttempt } from '../domain/evidence.ts';
import { isProofOfLife } from '../domain/proof-of-life.ts';
import type { Reading } from '../domain/reading.ts';

type AliveContext = {
  readonly askedPort: number | null;
  /** All addresses of the target, the one that the walk is about first. */
  readonly addresses: readonly IpAddress[];
  /** Those that answered an echo: alive, whatever their ports say. */
  readonly echoed: readonly IpAddress[];
  /** Families in which this machine has a global address and a route; empty where unknown. */
  readonly usableFamilies: readonly Family[];
};

/** The attempt that best proves the machine at the address up: an accepted connection before a refusal; null for none. */
export function proofOf(attempts: readonly ConnectAttempt[], address: IpAddress): ConnectAttempt | null {
  const proofs = attempts.filter((attempt) => attempt.address === address && isProofOfLife(attempt));
  return proofs.find(({ state }) => state === 'open') ?? proofs[0] ?? null;
}

/** Reads who is up of those that were asked, out of every attempt at every port, and the echoes. */
export function readAlive(attempts: readonly ConnectAttempt[], context: AliveContext): Reading<'alive'> {
  const { addresses, echoed, usableFamilies } = context;
  const isUp = (address: IpAddress): boolean => echoed.includes(address) || proofOf(attempts, address) !== null;
  const wasAsked = (address: IpAddress): boolean => attempts.some((attempt) => isQuestion(attempt, address));
  const isUsable = (address: IpAddress): boolean =>
    usableFamilies.length === 0 || usableFamilies.includes(familyOf(address));

  const judged = addresses.filter((address) => isUp(address) || wasAsked(address));
  const kept = judged.filter((address) => isUp(address) || isUsable(address));
  const counted = kept.length > 0 ? kept : judged;
  const up = counted.filter(isUp);
  const down = counted.filter((address) => !isUp(address));
  // A drop on the way out shows a datagram EPERM, and TCP mere silence.
  if (up.length === 0 && attempts.some((attempt) => addresses.includes(attempt.address) && wasKeptIn(attempt))) {
    return { outcome: 'blocked', where: { hop: 0, address: null }, confidence: 'certain' };
  }
  return { outcome: outcomeOf(up, down), where: null, confidence: counted.length === 0 ? 'possible' : 'certain' };
}

/** A probe that left this machine: what never left asked nobody. */
function isQuestion(attempt: ConnectAttempt, address: IpAddress): boolean {
  return attempt.address === address && attempt.state !== 'local-error';
}

function wasKeptIn({ state, protocol, error }: ConnectAttempt): boolean {
  return state === 'local-error' && (error === 'EPERM' || (error === 'EACCES' && protocol === 'udp'));
}

function outcomeOf(up: readonly IpAddress[], down: readonly IpAddress[]): Reading<'alive'>['outcome'] {
  if (up.length === 0) return down.length === 0 ? 'unavailable' : 'silent';
  if (down.length === 0) return 'answers';
  const upFamilies = new Set(up.map(familyOf));
  const downFamilies = new Set(down.map(familyOf));
  if ([...downFamilies].some((family) => upFamilies.has(family))) return 'partly';
  return downFamilies.has(6) ? 'ipv6-broken' : 'ipv4-broken';
}
