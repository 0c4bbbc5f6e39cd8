import type { IpAddress } from '../../domain/address.ts';
import type { ConnectAttempt } from '../../domain/evidence.ts';
import type { Connector } from '../../domain/ports.ts';
import { isProofOfLife } from '../../domain/proof-of-life.ts';
import type { OnEvent } from '../../evidence/probe-event.ts';
import { MOST_ADDRESSES, wasCut } from './connect.ts';

/** Where a machine that filters echo most likely answers after all: SSH, HTTP, HTTPS, SMB, RDP. */
const WELL_KNOWN_TCP = [22, 80, 443, 445, 3389];

type AliveOptions = {
  readonly addresses: readonly IpAddress[];
  /** Left out: the attempt at it is evidence already. */
  readonly askedPort: number | null;
  /** A UDP port on which nothing listens, outside 33434 to 33534 where traces end (traceroute(8)). */
  readonly highPort: number;
  readonly timeoutMs: number;
};

/**
 * Looks for any answer that proves a machine up: the well-known TCP ports and one high UDP port, at every address (the
 * first eight) at once. Ends as soon as each has one proof or nothing left to wait for, and gives the attempts that were
 * answered or waited out by then.
 */
export async function alive(
  options: AliveOptions,
  ports: { readonly connector: Connector },
  signal: AbortSignal,
  onEvent: OnEvent,
): Promise<readonly ConnectAttempt[]> {
  const { askedPort, highPort, timeoutMs } = options;
  const addresses = options.addresses.slice(0, MOST_ADDRESSES);
  const enough = new AbortController();
  const within = AbortSignal.any([signal, enough.signal]);
  const knocks = [
    ...WELL_KNOWN_TCP.filter((port) => port !== askedPort).map((port) => ({ port, protocol: 'tcp' }) as const),
    { port: highPort, protocol: 'udp' } as const,
  ];
  const unproven = new Set(addresses);
  const knock = async (address: IpAddress, { port, protocol }: (typeof knocks)[number]) => {
    onEvent({ kind: 'attempt-started', address, port, protocol });
    const attempt = await ports.connector.connect({ address, port, protocol, timeoutMs, watchMs: 0 }, within);
    if (wasCut(attempt, within)) return null;
    onEvent({ kind: 'attempt', attempt });
    if (isProofOfLife(attempt)) settle(address);
    return attempt;
  };
  const settle = (address: IpAddress): void => {
    unproven.delete(address);
    if (unproven.size === 0) enough.abort();
  };
  const pending = addresses.map(async (address) => {
    const attempts = await Promise.all(knocks.map((each) => knock(address, each)));
    // Answered everywhere without a proof: nothing more to wait for at this address.
    settle(address);
    return attempts;
  });
  const settled = await Promise.all(pending);
  return settled.flat().filter((attempt) => attempt !== null);
}
