import type { IpAddress } from '../../domain/address.ts';
import type { SessionPorts } from './session-ports.ts';

/** The first address that this machine has a way to, else the first: what a client would try. */
export async function choose(
  addresses: readonly IpAddress[],
  { machine }: SessionPorts,
  signal: AbortSignal,
): Promise<IpAddress | null> {
  const first = addresses[0] ?? null;
  if (addresses.length < 2) return first;
  const ways = await Promise.all(addresses.map((address) => machine.route(address, signal)));
  return addresses.find((_, index) => ways[index]?.kind === 'route') ?? first;
}
